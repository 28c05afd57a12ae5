// Every way a plugin can misbehave in a worker: classified right, in time, in words, and the host goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <ostream>
#include <utility>

#include "tests/stub_plugins/launch.hpp"

namespace assay::isolate {
namespace {

using testing::HasSubstr;

struct Misbehaviour {
  const char* stub;
  Fault fault;
  Phase phase;
  const char* words;  // the message must contain them
};

void PrintTo(const Misbehaviour& row, std::ostream* out) {
  *out << row.stub;
}

// Launch, one sample whose result is kept and watched, end: what went wrong first, if anything did.
WorkerResult<SampleReply> whole_life(const std::string& stub) {
  auto worker = WorkerHandle::launch(test::stub_task(stub), test::short_limits());
  if (!worker) return tl::unexpected(worker.error());
  Command command;
  command.keep_result = 1;
  auto reply = worker->sample(command);
  if (!reply) return reply;
  if (auto finished = worker->finish(); !finished) return tl::unexpected(finished.error());
  return reply;
}

class FaultTest : public testing::TestWithParam<Misbehaviour> {};

TEST_P(FaultTest, Stub_IsClassifiedInTime_AndTheNextPluginRuns) {
  const Misbehaviour& expected = GetParam();
#if defined(ASSAY_SANITIZE)
  if (std::string(expected.stub) == "missing_rows") {
    GTEST_SKIP() << "the sanitizer ends the worker before the kernel sees the read beyond the buffer";
  }
#endif
  test::people(test::kFewPeople);
  const auto begin = std::chrono::steady_clock::now();
  auto reply = whole_life(expected.stub);
  // On a busy machine the thread that edits may get no turn while the result is read, and then nothing has changed.
  for (int i = 0; reply && expected.fault == Fault::kResultChanged && i < 50; ++i) reply = whole_life(expected.stub);
  const auto took = std::chrono::steady_clock::now() - begin;

  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().fault, expected.fault)
      << to_string(reply.error().fault) << " instead of " << to_string(expected.fault);
  EXPECT_EQ(reply.error().phase, expected.phase)
      << to_string(reply.error().phase) << " instead of " << to_string(expected.phase);
  EXPECT_THAT(reply.error().message, HasSubstr(expected.words));
  EXPECT_THAT(reply.error().message, testing::Not(HasSubstr("\n")));
  EXPECT_LT(took, test::short_limits().limits.time + std::chrono::seconds(1));

  const auto correct = whole_life("correct");
  ASSERT_TRUE(correct) << correct.error().message;
  EXPECT_EQ(correct->rows, test::kFewPeople);
}

std::string name_of(const testing::TestParamInfo<Misbehaviour>& info) {
  return info.param.stub;
}

INSTANTIATE_TEST_SUITE_P(
    Run, FaultTest,
    testing::Values(Misbehaviour{"segfault", Fault::kSignal, Phase::kRun, "segmentation fault in run"},
                    Misbehaviour{"abort", Fault::kSignal, Phase::kRun, "the sky is up"},
                    Misbehaviour{"stack_overflow", Fault::kSignal, Phase::kRun, "segmentation fault in run"},
                    Misbehaviour{"hang", Fault::kTimeLimit, Phase::kRun, "did not return within 1.5 s in run"},
                    Misbehaviour{"hang_until_cancelled", Fault::kTimeLimit, Phase::kRun, "did not return within 1.5 s"},
                    Misbehaviour{"memory_hog", Fault::kOutOfMemory, Phase::kRun, "memory"},
                    Misbehaviour{"malloc_null", Fault::kOutOfMemory, Phase::kRun, "memory"},
                    Misbehaviour{"writes_input", Fault::kInputWritten, Phase::kRun, "wrote to its read-only input"},
                    Misbehaviour{"exit", Fault::kExited, Phase::kRun, "exit(0) in run"},
                    Misbehaviour{"child_left", Fault::kExited, Phase::kRun, "exit(3) in run"},
                    Misbehaviour{"output_flood", Fault::kOutputFlood, Phase::kRun, "wrote more than 1 MiB"},
                    Misbehaviour{"bad_status", Fault::kCallFailed, Phase::kRun, "status 5 without a message"},
                    Misbehaviour{"cancels", Fault::kCallFailed, Phase::kRun, "cancelled, although nobody asked for it"},
                    Misbehaviour{"long_message", Fault::kCallFailed, Phase::kRun, "run failed: mmmm"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Result, FaultTest,
    testing::Values(Misbehaviour{"null_table", Fault::kCallFailed, Phase::kCollect, "returned success but no table"},
                    Misbehaviour{"wrong_type", Fault::kGarbageResult, Phase::kReadResult,
                                 "'mixed': the contract says uint64, the plugin delivers float64"},
                    Misbehaviour{"falling_offsets", Fault::kGarbageResult, Phase::kReadResult, "before its start"},
                    Misbehaviour{"wild_pointer", Fault::kGarbageResult, Phase::kReadResult, "points outside memory"},
                    Misbehaviour{"absurd_rows", Fault::kGarbageResult, Phase::kReadResult, "cannot be in memory"},
                    Misbehaviour{"missing_rows", Fault::kGarbageResult, Phase::kReadResult, "points outside memory"},
                    Misbehaviour{"changes_result", Fault::kResultChanged, Phase::kReadResult, "changed after collect"}),
    name_of);

// What a wild write leaves in the shared state must not lead the host astray.
TEST(Names, ValuesNobodyGave_AreUnknown) {
  EXPECT_STREQ(to_string(static_cast<Phase>(11)), "unknown");
  EXPECT_STREQ(to_string(static_cast<Phase>(0xffffffff)), "unknown");
  EXPECT_STREQ(to_string(static_cast<Fault>(15)), "unknown");
  EXPECT_STREQ(to_string(Phase::kIdle), "idle");
  EXPECT_STREQ(to_string(Fault::kTimeLimit), "time limit");
}

TEST(Sample, AnswersThatDifferWithinIt_AreSeenThoughTheLastIsRight) {
  test::people(test::kFewPeople);
  for (const auto& [stub, differ] : {std::pair{"alternating", 1U}, std::pair{"correct", 0U}}) {
    auto worker = WorkerHandle::launch(test::stub_task(stub), test::short_limits());
    ASSERT_TRUE(worker) << worker.error().message;
    Command thrice;
    thrice.iterations = 3;
    const auto reply = worker->sample(thrice);
    ASSERT_TRUE(reply) << reply.error().message;
    EXPECT_EQ(reply->answers_differ, differ) << stub;
    EXPECT_EQ(reply->collected, 3U);
  }
}

// Kept a second time, the later result takes the place of the earlier one.
TEST(Sample, KeptTwice_HoldsTheLaterResult) {
  test::people(test::kFewPeople);
  auto worker = WorkerHandle::launch(test::stub_task("correct"), test::short_limits());
  ASSERT_TRUE(worker) << worker.error().message;
  Command kept;
  kept.keep_result = 1;
  const auto size = [&] {
    struct stat info {};
    EXPECT_EQ(::fstat(worker->result_descriptor(), &info), 0);
    return info.st_size;
  };
  ASSERT_TRUE(worker->sample(kept));
  const auto first = size();
  EXPECT_GT(first, 0);
  ASSERT_TRUE(worker->sample(kept));
  EXPECT_EQ(size(), first);
  kept.input = Input::kEmpty;
  ASSERT_TRUE(worker->sample(kept));
  EXPECT_LT(size(), first);
}

INSTANTIATE_TEST_SUITE_P(Teardown, FaultTest,
                         testing::Values(Misbehaviour{"thread_left", Fault::kThreadsLeft, Phase::kTeardown,
                                                      "left 1 thread(s) running after teardown"},
                                         Misbehaviour{"memory_left", Fault::kMemoryLeft, Phase::kTeardown,
                                                      "left 1000 bytes of host.alloc memory"},
                                         Misbehaviour{"teardown_crash", Fault::kSignal, Phase::kTeardown,
                                                      "segmentation fault in teardown"}),
                         name_of);

INSTANTIATE_TEST_SUITE_P(
    Load, FaultTest,
    testing::Values(Misbehaviour{"unsupported", Fault::kUnsupported, Phase::kLoad, "needs a machine of another kind"},
                    Misbehaviour{"old_abi", Fault::kUsage, Phase::kLoad, "was built for ABI 0.0, this host speaks 1.2"},
                    Misbehaviour{"missing_function", Fault::kUsage, Phase::kLoad, "function 'run' is missing"},
                    Misbehaviour{"double_id", Fault::kUsage, Phase::kLoad, "variant id 'stub.double_id' is used twice"},
                    Misbehaviour{"no_symbol", Fault::kUsage, Phase::kLoad, "does not export assay_plugin_v1"},
                    Misbehaviour{"not_built", Fault::kUsage, Phase::kLoad, "does not exist"},
                    Misbehaviour{"constructor_crash", Fault::kSignal, Phase::kLoad, "segmentation fault in load"},
                    Misbehaviour{"constructor_hang", Fault::kTimeLimit, Phase::kLoad,
                                 "did not return within 1.5 s in load"}),
    name_of);

}  // namespace
}  // namespace assay::isolate
