// What lies inside the timed windows: with a clock that only the plugin's calls move, nothing but the plugin.
#include "harness/worker/session.hpp"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/stub_plugins/calls.hpp"
#include "tests/stub_plugins/launch.hpp"

namespace assay::worker {
namespace {

using testing::ElementsAre;

// Stands still unless a call of the plugin moves it; both leave their names in one list.
class FakeClock final : public measure::Clock {
 public:
  std::int64_t wall_ns() override {
    events.emplace_back("clock");
    return now;
  }
  std::int64_t cpu_ns() override {
    events.emplace_back("cpu clock");
    return cpu;
  }
  void spend(const std::string& call, std::int64_t nanoseconds) {
    events.push_back(call);
    now += nanoseconds;
    cpu += 2 * nanoseconds;
  }

  std::vector<std::string> events;
  std::int64_t now = 1'000'000'000;
  std::int64_t cpu = 5'000'000;
};

// stub.recording in this process; each of its calls costs what `cost` says.
class SessionTest : public testing::Test {
 protected:
  void SetUp() override {
    module_ = ::dlopen(test::stub_module("recording").c_str(), RTLD_NOW | RTLD_LOCAL);
    ASSERT_NE(module_, nullptr) << ::dlerror();
    const auto entry = reinterpret_cast<assay_plugin_v1_fn>(::dlsym(module_, ASSAY_PLUGIN_SYMBOL));
    const auto* const calls = static_cast<const stub::Calls*>(entry()->extension(stub::kCallsExtension));
    calls_ = const_cast<stub::Calls*>(calls);  // the ABI has no writable extensions; the object is one
    *calls_ = {&SessionTest::called, this};
  }
  void TearDown() override {
    *calls_ = {};
    ::dlclose(module_);
  }

  static void called(void* context, const char* call) {
    auto& self = *static_cast<SessionTest*>(context);
    self.clock_.spend(call, self.cost_.contains(call) ? self.cost_.at(call) : 0);
  }

  Outcome<Session> open() {
    isolate::WorkerTask task = test::stub_task("recording");
    task.memory_limit_bytes = 0;     // limits would hold for this process
    task.keep_freed_memory = false;  // likewise
    return Session::open(task, state_, clock_);
  }

  // The calls of the plugin alone.
  std::vector<std::string> plugin_calls() const {
    std::vector<std::string> calls;
    for (const std::string& event : clock_.events) {
      if (event != "clock" && event != "cpu clock") calls.push_back(event);
    }
    return calls;
  }

  void* module_ = nullptr;
  stub::Calls* calls_ = nullptr;
  FakeClock clock_;
  std::map<std::string, std::int64_t> cost_{{"prepare", 700}, {"run", 11'000}, {"collect", 13}, {"reset", 900'000}};
  isolate::SharedState state_;
};

TEST_F(SessionTest, Sample_ReportsWhatTheCallsCostAndNothingElse) {
  auto session = open();
  ASSERT_TRUE(session) << session.error().message;
  const auto reply = session->sample({});
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->prepare_ns, 700);
  EXPECT_EQ(reply->run_ns, 11'000);
  EXPECT_EQ(reply->collect_ns, 13);
  EXPECT_EQ(reply->cpu_ns, 2 * (700 + 11'000));
}

TEST_F(SessionTest, Sample_ReadsTheClockRightBeforeAndRightAfterEachCall) {
  auto session = open();
  ASSERT_TRUE(session) << session.error().message;
  clock_.events.clear();
  ASSERT_TRUE(session->sample({}));
  EXPECT_THAT(clock_.events, ElementsAre("clock", "cpu clock", "clock", "prepare", "clock", "clock", "run", "clock",
                                         "cpu clock", "clock", "collect", "clock", "reset", "clock"));
}

TEST_F(SessionTest, Iterations_AddUpAndStartAfreshEachTime) {
  auto session = open();
  ASSERT_TRUE(session) << session.error().message;
  isolate::Command command;
  command.iterations = 3;
  const auto reply = session->sample(command);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->iterations, 3u);
  EXPECT_EQ(reply->prepare_ns, 3 * 700);
  EXPECT_EQ(reply->run_ns, 3 * 11'000);
  EXPECT_EQ(reply->collect_ns, 3 * 13);
  EXPECT_EQ(reply->window_ns, 3 * (700 + 11'000 + 13 + 900'000));
  EXPECT_THAT(plugin_calls(), ElementsAre("prepare", "run", "collect", "reset", "prepare", "run", "collect", "reset",
                                          "prepare", "run", "collect", "reset"));
}

TEST_F(SessionTest, SeveralRuns_TimeTheLastOnly) {
  auto session = open();
  ASSERT_TRUE(session) << session.error().message;
  isolate::Command command;
  command.runs = 2;
  const auto reply = session->sample(command);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->run_ns, 11'000);
  EXPECT_EQ(reply->collect_ns, 13);
  EXPECT_THAT(plugin_calls(), ElementsAre("prepare", "run", "collect", "run", "collect", "reset"));
}

TEST_F(SessionTest, Count_ReadsNoClockBetweenPrepareAndRun) {
  auto session = open();
  ASSERT_TRUE(session) << session.error().message;
  clock_.events.clear();
  isolate::Command command;
  command.count = 1;
  const auto reply = session->sample(command);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_THAT(clock_.events, ElementsAre("clock", "prepare", "run", "clock", "collect", "clock", "reset", "clock"));
  EXPECT_EQ(reply->prepare_ns + reply->run_ns, 0);
  EXPECT_EQ(reply->syscalls.known, 0u);  // the task asked for none
}

TEST_F(SessionTest, Finish_TearsDownOnceAndLast) {
  auto session = open();
  ASSERT_TRUE(session) << session.error().message;
  ASSERT_TRUE(session->sample({}));
  const auto finished = session->finish();
  ASSERT_TRUE(finished) << finished.error().message;
  EXPECT_THAT(plugin_calls(), ElementsAre("prepare", "run", "collect", "reset", "teardown"));
}

TEST_F(SessionTest, Phase_IsIdleBetweenSamples) {
  auto session = open();
  ASSERT_TRUE(session) << session.error().message;
  EXPECT_EQ(state_.phase.load(), isolate::Phase::kIdle);
  ASSERT_TRUE(session->sample({}));
  EXPECT_EQ(state_.phase.load(), isolate::Phase::kIdle);
}

}  // namespace
}  // namespace assay::worker
