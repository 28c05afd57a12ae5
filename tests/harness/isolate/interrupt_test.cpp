// Ctrl-C in the middle of a run: exit code 130, a journal that reads, and no worker left.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/inotify.h>

#include <algorithm>
#include <csignal>
#include <sstream>

#include "harness/core/files.hpp"
#include "tests/stub_plugins/launch.hpp"

namespace assay {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
namespace fs = std::filesystem;

class InterruptTest : public testing::Test {
 protected:
  void SetUp() override {
    test::people(test::kFewPeople);
    fs::create_directories(plugins());
    fs::create_directories(run());
    for (const char* stub : {"correct", "twin"}) {
      const fs::path module = test::stub_module(stub);
      fs::create_symlink(module, plugins() / module.filename());
    }
    changes_ = isolate::Descriptor(::inotify_init1(IN_CLOEXEC));
    ASSERT_GE(::inotify_add_watch(changes_.get(), run().c_str(), IN_CREATE | IN_MODIFY), 0);
  }

  [[nodiscard]] fs::path plugins() const { return folder_.path() / "plugins"; }
  [[nodiscard]] fs::path run() const { return folder_.path() / "run"; }

  // Returns once the journal holds an event of this name, or false if nothing is written for ten seconds.
  bool wait_for_event(const std::string& name) {
    for (;;) {
      const auto journal = read_file(run() / "journal.jsonl");
      if (journal && journal->find("\"event\":\"" + name + "\"") != std::string::npos) return true;
      pollfd ready{changes_.get(), POLLIN, 0};
      if (::poll(&ready, 1, 10'000) != 1) return false;
      char events[4096];
      if (::read(changes_.get(), events, sizeof events) <= 0) return false;
    }
  }

  test::Folder folder_;
  isolate::Descriptor changes_;
};

std::vector<Json> read_journal(const fs::path& file) {
  std::vector<Json> events;
  std::istringstream lines(*read_file(file));
  for (std::string line; std::getline(lines, line);) events.push_back(Json::parse(line));
  return events;
}

TEST_F(InterruptTest, SignalInTheMiddle_ExitsWith130AndLeavesAReadableJournal) {
  const isolate::Descriptor output = *isolate::make_memory_file("output");
  auto assay = test::start_assay(
      {"run", "stubs", "--budget", "60", "--no-report", "--plugins", plugins().string(), "-o", run().string()},
      output.get());
  ASSERT_TRUE(assay) << assay.error().message;
  ASSERT_TRUE(wait_for_event("sample")) << test::content(output.get());
  const std::vector<test::Process> workers = test::workers_of(assay->pid());
  EXPECT_EQ(workers.size(), 3u);  // baseline, candidate, control

  ASSERT_EQ(::kill(assay->pid(), SIGINT), 0);
  const isolate::Ending ending = assay->wait(seconds(5));
  EXPECT_FALSE(ending.killed);
  EXPECT_FALSE(ending.signalled);
  EXPECT_EQ(ending.code, 130);
  for (const test::Process& worker : workers) EXPECT_TRUE(worker.ends_within(milliseconds(1000)));

  const std::vector<Json> events = read_journal(run() / "journal.jsonl");
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events.front()["event"], "run_started");
  EXPECT_EQ(events.back()["event"], "run_interrupted");
  const auto run_json = read_json(run() / "run.json");
  ASSERT_TRUE(run_json) << run_json.error().message;
  EXPECT_EQ((*run_json)["interrupted"], true);
  EXPECT_TRUE((*run_json)["finished_utc"].is_null());
}

}  // namespace
}  // namespace assay
