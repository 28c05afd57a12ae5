// The host's end of a worker when nobody misbehaves, and when the worker is killed, cancelled or fed nonsense.
#include "harness/isolate/worker_handle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <future>

#include "tests/stub_plugins/launch.hpp"

namespace assay::isolate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

TEST(WorkerHandle, CorrectPlugin_SamplesUntilFinished) {
  auto worker = WorkerHandle::launch(test::stub_task("correct"), test::short_limits());
  ASSERT_TRUE(worker) << worker.error().message;
  const auto first = worker->sample({});
  const auto second = worker->sample({});
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->rows, test::kFewPeople);
  EXPECT_EQ(first->digest, second->digest);
  EXPECT_GT(first->run_ns, 0);
  EXPECT_TRUE(worker->finish());
}

TEST(WorkerHandle, AlteredInput_GivesAnotherAnswer_AndTheFirstAgainAfterwards) {
  auto worker = WorkerHandle::launch(test::stub_task("correct"), test::short_limits());
  ASSERT_TRUE(worker) << worker.error().message;
  Command altered;
  altered.input = Input::kAltered;
  const auto before = worker->sample({});
  const auto challenge = worker->sample(altered);
  const auto after = worker->sample({});
  ASSERT_TRUE(before && challenge && after);
  EXPECT_NE(before->digest, challenge->digest);
  EXPECT_EQ(before->digest, after->digest);
}

TEST(WorkerHandle, EmptyInput_GivesNoRows) {
  auto worker = WorkerHandle::launch(test::stub_task("correct"), test::short_limits());
  ASSERT_TRUE(worker) << worker.error().message;
  Command empty;
  empty.input = Input::kEmpty;
  const auto reply = worker->sample(empty);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->rows, 0u);
}

TEST(WorkerHandle, KilledFromOutside_IsASignalAndTheHostGoesOn) {
  LaunchOptions options = test::short_limits();
  options.limits.time = seconds(20);
  auto worker = WorkerHandle::launch(test::stub_task("hang"), options);
  ASSERT_TRUE(worker) << worker.error().message;
  const std::vector<test::Process> workers = test::workers_of(::getpid());
  ASSERT_EQ(workers.size(), 1u);
  auto reply = std::async(std::launch::async, [&] { return worker->sample({}); });
  workers[0].send(SIGKILL);
  ASSERT_EQ(reply.wait_for(seconds(5)), std::future_status::ready);
  const auto failed = reply.get();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().fault, Fault::kSignal);
  EXPECT_THAT(failed.error().message, HasSubstr("killed by signal 9"));

  auto next = WorkerHandle::launch(test::stub_task("correct"), test::short_limits());
  ASSERT_TRUE(next) << next.error().message;
  EXPECT_TRUE(next->sample({}));
}

class InterruptedTest : public testing::Test {
 protected:
  InterruptedTest() {
    options_.limits.time = seconds(20);
    options_.limits.grace = seconds(10);
    options_.interrupted = &interrupted_;
  }

  std::atomic<bool> interrupted_{false};
  LaunchOptions options_ = test::short_limits();
};

TEST_F(InterruptedTest, InTheMiddleOfARun_EndsWhatHonoursCancellation) {
  auto worker = WorkerHandle::launch(test::stub_task("hang_until_cancelled"), options_);
  ASSERT_TRUE(worker) << worker.error().message;
  auto sample = std::async(std::launch::async, [&] { return worker->sample({}); });
  ASSERT_EQ(sample.wait_for(milliseconds(200)), std::future_status::timeout);
  interrupted_ = true;
  ASSERT_EQ(sample.wait_for(seconds(3)), std::future_status::ready);
  const auto reply = sample.get();
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().fault, Fault::kCancelled);
  EXPECT_THAT(reply.error().message, HasSubstr("interrupted in run"));
}

TEST_F(InterruptedTest, BetweenTwoSamples_EndsTheIdleWorkerAtOnce) {
  auto worker = WorkerHandle::launch(test::stub_task("correct"), options_);
  ASSERT_TRUE(worker) << worker.error().message;
  ASSERT_TRUE(worker->sample({}));
  interrupted_ = true;
  const auto begin = std::chrono::steady_clock::now();
  const auto reply = worker->sample({});
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().fault, Fault::kCancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(3));
}

// Who floods the output does so until it is dead, so the time it gets to end in order is memory of ours.
TEST(WorkerHandle, OutputFlood_IsEndedWithoutGrace) {
  LaunchOptions options = test::short_limits();
  options.limits.time = seconds(20);
  options.limits.grace = seconds(10);
  auto worker = WorkerHandle::launch(test::stub_task("output_flood"), options);
  ASSERT_TRUE(worker) << worker.error().message;
  const auto begin = std::chrono::steady_clock::now();
  const auto reply = worker->sample({});
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().fault, Fault::kOutputFlood);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(3));
}

TEST(WorkerHandle, Destroyed_LeavesNoProcess) {
  std::vector<test::Process> workers;
  {
    auto worker = WorkerHandle::launch(test::stub_task("correct"), test::short_limits());
    ASSERT_TRUE(worker) << worker.error().message;
    workers = test::workers_of(::getpid());
    ASSERT_EQ(workers.size(), 1u);
  }
  EXPECT_TRUE(workers[0].ends_within(milliseconds(0)));
}

TEST(WorkerHandle, UnknownVariant_NamesTheOnesThatAreThere) {
  WorkerTask task = test::stub_task("correct");
  task.variant = "stub.incorrect";
  const auto worker = WorkerHandle::launch(task, test::short_limits());
  ASSERT_FALSE(worker);
  EXPECT_EQ(worker.error().fault, Fault::kUsage);
  EXPECT_THAT(worker.error().message, HasSubstr("no variant 'stub.incorrect'; it has: stub.correct"));
}

TEST(WorkerHandle, MissingDataset_SaysWhich) {
  WorkerTask task = test::stub_task("correct");
  task.dataset += "-gone";
  const auto worker = WorkerHandle::launch(task, test::short_limits());
  ASSERT_FALSE(worker);
  EXPECT_EQ(worker.error().fault, Fault::kUsage);
  EXPECT_THAT(worker.error().message, HasSubstr("-gone"));
}

TEST(WorkerHandle, MissingProgram_SaysWhich) {
  LaunchOptions options = test::short_limits();
  options.program = "/nowhere/assay-worker";
  const auto worker = WorkerHandle::launch(test::stub_task("correct"), options);
  ASSERT_FALSE(worker);
  EXPECT_THAT(worker.error().message, HasSubstr("cannot start '/nowhere/assay-worker'"));
}

}  // namespace
}  // namespace assay::isolate
