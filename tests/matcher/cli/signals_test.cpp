// Pause, go on and cancel by signal. A pipe as input holds the program between the start, when it sets its handlers,
// and the match, when it looks.
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "tests/matcher/cli/matcher_program.hpp"

namespace {

class Signals : public matcher_test::MatcherProgram {
 protected:
  void SetUp() override {
    MatcherProgram::SetUp();
    ASSERT_EQ(::mkfifo((folder_ / "pipe.csv").c_str(), 0600), 0);
  }

  // Leaves no process behind, whatever has failed.
  void TearDown() override {
    if (child_ > 0 && ::waitpid(child_, nullptr, WNOHANG) == 0) {
      ::kill(child_, SIGKILL);
      ::waitpid(child_, nullptr, 0);
    }
    MatcherProgram::TearDown();
  }

  // Starts `matcher match` and returns when it waits for its left table.
  void start() {
    child_ = ::fork();
    ASSERT_GE(child_, 0);
    if (child_ == 0) {
      if (::chdir(folder_.c_str()) != 0) ::_exit(99);
      ::execl(MATCHER_PROGRAM, "matcher", "match", "pipe.csv", "right.csv", "-q", "-o", "x.csv", nullptr);
      ::_exit(98);
    }
    pipe_ = ::open((folder_ / "pipe.csv").c_str(), O_WRONLY);  // returns when the program has opened its end
    ASSERT_GE(pipe_, 0);
  }
  void send_table() const {
    const std::string text = content_of("left.csv");
    ASSERT_EQ(::write(pipe_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    ::close(pipe_);
  }
  void signal(int number) const { ASSERT_EQ(::kill(child_, number), 0); }
  // Unpaused, the match takes a millisecond.
  [[nodiscard]] bool still_runs() const {
    for (int i = 0; i < 20; ++i) {
      if (::waitpid(child_, nullptr, WNOHANG) != 0) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
  }
  [[nodiscard]] int exit_code() const {
    int status = 0;
    EXPECT_EQ(::waitpid(child_, &status, 0), child_);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  pid_t child_ = -1;
  int pipe_ = -1;
};

TEST_F(Signals, Usr1_PausesAndGoesOn) {
  start();
  signal(SIGUSR1);
  send_table();
  ASSERT_TRUE(still_runs());
  EXPECT_FALSE(std::filesystem::exists(folder_ / "x.csv"));
  signal(SIGUSR1);
  EXPECT_EQ(exit_code(), 0);
  EXPECT_TRUE(std::filesystem::exists(folder_ / "x.csv"));
}

TEST_F(Signals, IntWhilePaused_CancelsAndLeavesNothing) {
  const std::size_t files = file_count();
  start();
  signal(SIGUSR1);
  send_table();
  ASSERT_TRUE(still_runs());
  signal(SIGINT);
  EXPECT_EQ(exit_code(), 130);
  EXPECT_EQ(file_count(), files);
}

// Although it waits for a table that does not come.
TEST_F(Signals, Term_CancelsAsInt) {
  start();
  signal(SIGTERM);
  EXPECT_EQ(exit_code(), 130);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "x.csv"));
}

}  // namespace
