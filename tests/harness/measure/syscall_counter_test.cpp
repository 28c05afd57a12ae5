// The tracer against series of system calls that are known exactly.
#include "harness/measure/syscall_counter.hpp"

#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <ctime>
#include <thread>

namespace assay::measure {
namespace {

void call_kernel(int times) {
  for (int i = 0; i < times; ++i) ::syscall(SYS_getppid);
}

class SyscallCounterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto started = SyscallCounter::start();
    if (!started) GTEST_SKIP() << started.error().message;
    counter_.emplace(std::move(*started));
  }
  std::optional<SyscallCounter> counter_;
};

TEST_F(SyscallCounterTest, KnownNumberOfCalls_IsCountedExactly) {
  for (const int times : {0, 1, 1000}) {
    const std::int64_t before = counter_->count();
    call_kernel(times);
    EXPECT_EQ(counter_->count() - before, times);
  }
}

TEST_F(SyscallCounterTest, ClockReadWithoutTheKernel_IsNoCall) {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  const std::int64_t before = counter_->count();
  for (int i = 0; i < 100; ++i) ::clock_gettime(CLOCK_MONOTONIC, &time);
  const std::int64_t calls = counter_->count() - before;
  EXPECT_TRUE(calls == 0 || calls == 100) << calls;  // all or none: some clock sources need the kernel
}

TEST_F(SyscallCounterTest, LaterThread_IsCountedToo) {
  const auto calls_of_thread = [&](int times) {
    const std::int64_t before = counter_->count();
    std::thread([times] { call_kernel(times); }).join();
    return counter_->count() - before;
  };
  static_cast<void>(calls_of_thread(0));  // the first start of a thread maps a stack
  EXPECT_NEAR(static_cast<double>(calls_of_thread(500) - calls_of_thread(0)), 500, 20);  // starting and joining vary
}

TEST_F(SyscallCounterTest, StartedProcess_IsCountedToo) {
  const std::int64_t before = counter_->count();
  const pid_t child = ::fork();
  if (child == 0) {
    call_kernel(300);
    ::_exit(7);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 7);
  EXPECT_GE(counter_->count() - before, 300);
  EXPECT_LT(counter_->count() - before, 400);
}

volatile std::sig_atomic_t handled = 0;

TEST_F(SyscallCounterTest, Signal_StillReachesItsHandler) {
  handled = 0;
  const auto old = std::signal(SIGUSR1, [](int) { handled = 1; });
  std::raise(SIGUSR1);
  std::signal(SIGUSR1, old);
  EXPECT_EQ(handled, 1);
}

TEST_F(SyscallCounterTest, SecondCounter_IsRefusedWithAReason) {
  const auto second = SyscallCounter::start();
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().message.find("tracing is refused"), std::string::npos) << second.error().message;
  const std::int64_t before = counter_->count();  // and the first goes on
  call_kernel(10);
  EXPECT_EQ(counter_->count() - before, 10);
}

TEST_F(SyscallCounterTest, EndOfCounter_LetsTheProcessGo) {
  counter_.reset();
  auto again = SyscallCounter::start();
  ASSERT_TRUE(again) << again.error().message;
  const std::int64_t before = again->count();
  call_kernel(5);
  EXPECT_EQ(again->count() - before, 5);
}

}  // namespace
}  // namespace assay::measure
