// Commands with --memory: killed anywhere they go on to the same bytes, and they keep within their budget.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "matcher/io/csv_sink.hpp"
#include "matcher/model/date.hpp"

namespace {

using namespace matcher;

struct Ended {
  int status = 0;
  long peak_kib = 0;
  double seconds = 0;
};

class PartitionedProgram : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              (std::string("partitioned_program_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // Persons that share names and dates, so that all parts have work and matches.
  void write_table(const std::string& name, std::uint64_t seed, int rows) const {
    std::mt19937_64 random(seed);
    auto sink = open_csv_sink(folder_ / name).value();
    const std::vector<Column> columns = {{"id", CellType::kInteger},      {"uuid", CellType::kText},
                                         {"first_name", CellType::kText}, {"last_name", CellType::kText},
                                         {"birthdate", CellType::kText},  {"hh_id", CellType::kText}};
    ASSERT_TRUE(sink->begin(columns));
    for (int row = 0; row < rows; ++row) {
      constexpr std::string_view kConsonants = "bdfgklmnprst";  // each sounds of its own
      const std::string first = {kConsonants[random() % 12], 'a', kConsonants[random() % 12], 'o'};
      const std::string last = "Family" + std::string(1, static_cast<char>('a' + random() % 20));
      const std::string uuid = "00000000-0000-4000-8000-" + std::to_string(100000000000 + row / 3);
      const std::string date = format_iso_date(static_cast<std::int32_t>(random() % 3000));
      const std::array<Cell, 6> cells = {
          Cell{.type = CellType::kInteger, .integer = row}, Cell{.type = CellType::kText, .text = uuid},
          Cell{.type = CellType::kText, .text = first},     Cell{.type = CellType::kText, .text = last},
          Cell{.type = CellType::kText, .text = date},      Cell{.type = CellType::kText, .text = uuid}};
      ASSERT_TRUE(sink->write(cells));
    }
    ASSERT_TRUE(sink->finish());
  }

  // Starts the program; its output is thrown away.
  [[nodiscard]] pid_t start(std::vector<std::string> arguments) const {
    const pid_t child = ::fork();
    if (child != 0) return child;
    std::vector<char*> argv;
    std::string program = MATCHER_PROGRAM;
    argv.push_back(program.data());
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    if (::chdir(folder_.c_str()) != 0) ::_exit(126);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  [[nodiscard]] static Ended wait_for(pid_t child) {
    Ended ended;
    rusage usage{};
    const auto begin = std::chrono::steady_clock::now();
    ::wait4(child, &ended.status, 0, &usage);
    ended.peak_kib = usage.ru_maxrss;
    ended.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return ended;
  }
  [[nodiscard]] Ended run(std::vector<std::string> arguments) const { return wait_for(start(std::move(arguments))); }

  [[nodiscard]] std::string content(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::filesystem::path folder_;
};

// Fifty times: kill at a random moment, then go on, maybe to be killed again. The result is that of a run in memory.
TEST_F(PartitionedProgram, KilledAtRandomPoints_ResumesToTheSameBytes) {
  write_table("left.csv", 1, 30000);
  write_table("right.csv", 2, 30000);
  const std::vector<std::string> plain = {"match", "left.csv", "right.csv", "-a", "A4", "-t", "80", "-q"};
  auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> all = plain;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  ASSERT_EQ(run(with({"-o", "memory.csv"})).status, 0);
  const std::string expected = content("memory.csv");
  ASSERT_GT(std::count(expected.begin(), expected.end(), '\n'), 1000);
  const Ended whole = run(with({"--memory", "64M", "-o", "whole.csv"}));
  ASSERT_EQ(whole.status, 0);
  ASSERT_TRUE(content("whole.csv") == expected);

  std::mt19937_64 random(3);
  int killed = 0;
  int resumed = 0;
  std::vector<std::string> arguments = with({"--memory", "64M", "-o", "killed.csv"});
#ifdef ASSAY_SANITIZE
  constexpr int kKills = 10;  // as many as the sanitizers' time allows
#else
  constexpr int kKills = 50;
#endif
  while (killed < kKills) {
    const pid_t child = start(arguments);
    const double share = static_cast<double>(random() % 1000) / 1000.0;
    std::this_thread::sleep_for(std::chrono::duration<double>(whole.seconds * share));
    ::kill(child, SIGKILL);
    const Ended ended = wait_for(child);
    if (WIFSIGNALED(ended.status)) {
      ++killed;
      if (std::filesystem::exists(folder_ / "killed.csv")) {  // killed after all was done
        ASSERT_TRUE(content("killed.csv") == expected);
      }
      arguments = with({"--memory", "64M", "--resume", "-o", "killed.csv"});
      resumed += std::filesystem::exists(folder_ / "killed.csv.work" / "matcher-journal.jsonl") ? 1 : 0;
      continue;
    }
    ASSERT_EQ(ended.status, 0) << "after " << killed << " kills";
    ASSERT_TRUE(content("killed.csv") == expected) << "after " << killed << " kills";
    std::filesystem::remove(folder_ / "killed.csv");
    arguments = with({"--memory", "64M", "-o", "killed.csv"});
  }
  ASSERT_EQ(run(arguments).status, 0);
  EXPECT_TRUE(content("killed.csv") == expected);
  EXPECT_GE(resumed, kKills / 2) << "most kills came before there was anything to go on with";
  EXPECT_FALSE(std::filesystem::exists(folder_ / "killed.csv.work"));
}

TEST_F(PartitionedProgram, ResidentMemory_StaysWithinTheBudget) {
#ifdef ASSAY_SANITIZE
  GTEST_SKIP() << "the sanitizers need memory of their own";
#endif
  write_table("left.csv", 1, 400000);
  write_table("right.csv", 2, 400000);
  const Ended in_memory = run({"match", "left.csv", "right.csv", "-q", "-o", "memory.csv"});
  ASSERT_EQ(in_memory.status, 0);
  ASSERT_GT(in_memory.peak_kib, 64 * 1024) << "the tables are too small to tell anything";
  for (const char* threads : {"1", "2"}) {
    const Ended ended =
        run({"match", "left.csv", "right.csv", "-q", "--memory", "64M", "--threads", threads, "-o", "budget.csv"});
    ASSERT_EQ(ended.status, 0);
    EXPECT_LE(ended.peak_kib, 64 * 1024) << threads << " threads";
    EXPECT_TRUE(content("budget.csv") == content("memory.csv"));
  }
}

// Each command once in memory and once within 64 MB: the same bytes, and less memory than in memory.
TEST_F(PartitionedProgram, OtherCommands_StayWithinTheBudgetToo) {
#ifdef ASSAY_SANITIZE
  GTEST_SKIP() << "the sanitizers need memory of their own";
#endif
  write_table("left.csv", 1, 350000);
  write_table("right.csv", 2, 350000);
  using Words = std::vector<std::string>;
  struct Case {
    Words command;
    Words outputs;  // named by what they begin with
  };
  const std::vector<Case> cases = {
      {{"dedupe", "left.csv", "-a", "A4", "-t", "80", "-o", "@c.csv", "--pairs", "@p.csv", "--conflicts", "@x.csv"},
       {"c.csv", "p.csv", "x.csv"}},
      {{"household", "left.csv", "right.csv", "-t", "80", "-o", "@h.csv"}, {"h.csv"}},
      {{"cascade", "left.csv", "right.csv", "--levels", "3,11", "-o", "@l.csv"},
       {"l_L03.csv", "l_L11.csv", "l_summary.txt"}}};
  for (const Case& one : cases) {
    const auto words = [&](const std::string& prefix, const Words& more) {
      Words result = one.command;
      for (std::string& word : result) {
        if (word.front() == '@') word = prefix + word.substr(1);
      }
      result.insert(result.end(), more.begin(), more.end());
      return result;
    };
    const Ended in_memory = run(words("m_", {"-q"}));
    ASSERT_EQ(in_memory.status, 0) << one.command.front();
    EXPECT_GT(in_memory.peak_kib, 64 * 1024) << one.command.front() << ": the tables are too small to tell anything";
    const Ended budgeted = run(words("b_", {"-q", "--memory", "64M"}));
    ASSERT_EQ(budgeted.status, 0) << one.command.front();
    EXPECT_LE(budgeted.peak_kib, 64 * 1024) << one.command.front();
    for (const std::string& output : one.outputs) {
      EXPECT_TRUE(content("b_" + output) == content("m_" + output)) << output;
      EXPECT_GT(content("b_" + output).size(), 50U) << output;
    }
  }
}

TEST_F(PartitionedProgram, CascadeKilledOverAndOver_ResumesToTheSameBytes) {
  write_table("left.csv", 1, 20000);
  write_table("right.csv", 2, 20000);
  std::vector<std::string> arguments = {"cascade", "left.csv", "right.csv", "--levels", "3,10,11", "-t", "80", "-q"};
  auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> all = arguments;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  ASSERT_EQ(run(with({"-o", "memory.csv"})).status, 0);
  const Ended whole = run(with({"--memory", "64M", "-o", "whole.csv"}));
  ASSERT_EQ(whole.status, 0);
  int kills = 0;
  for (bool is_done = false; !is_done;) {
    const pid_t child = start(with({"--memory", "64M", "--resume", "-o", "killed.csv"}));
    std::this_thread::sleep_for(std::chrono::duration<double>(whole.seconds * 0.3));
    if (kills < 8) ::kill(child, SIGKILL);
    const Ended ended = wait_for(child);
    kills += WIFSIGNALED(ended.status) ? 1 : 0;
    is_done = !WIFSIGNALED(ended.status);
    if (!is_done) continue;
    ASSERT_EQ(ended.status, 0) << "after " << kills << " kills";
  }
  EXPECT_GE(kills, 1);
  for (const char* level : {"_L03.csv", "_L11.csv", "_summary.txt"}) {
    EXPECT_TRUE(content(std::string("killed") + level) == content(std::string("memory") + level)) << level;
  }
  EXPECT_FALSE(std::filesystem::exists(folder_ / "killed.csv.work"));
}

TEST_F(PartitionedProgram, InputChangedBeforeResume_IsRefused) {
  write_table("left.csv", 1, 20000);
  write_table("right.csv", 2, 20000);
  const std::vector<std::string> arguments = {"match", "left.csv", "right.csv", "-q", "--memory", "64M", "-o", "x.csv"};
  const pid_t child = start(arguments);
  // Until the journal says what it is about: a run that was killed before that has nothing to resume.
  const auto journal = folder_ / "x.csv.work" / "matcher-journal.jsonl";
  std::error_code absent;
  while (std::filesystem::file_size(journal, absent) == 0 || absent) std::this_thread::yield();
  ::kill(child, SIGKILL);
  static_cast<void>(wait_for(child));
  if (!std::filesystem::exists(folder_ / "x.csv.work")) GTEST_SKIP() << "the run was over before it was killed";
  write_table("right.csv", 9, 20001);
  std::vector<std::string> resumed = arguments;
  resumed.push_back("--resume");
  EXPECT_EQ(WEXITSTATUS(run(resumed).status), 2);
  EXPECT_EQ(run(arguments).status, 0);
}

}  // namespace
