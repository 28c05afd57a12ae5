// What each way of waiting calls, and how polling backs off.
#include "matcher/gpu/device/stream_wait.hpp"

#include <gmock/gmock.h>

#include "matcher/gpu/device/resources.hpp"
#include "tests/matcher/gpu/device/fake_runtime.hpp"

namespace matcher::gpu {
namespace {

class StreamWaitTest : public ::testing::Test {
 protected:
  // A stream with so many operations before the event's mark.
  void queue(StreamWait& wait, int operations) {
    stream = create_stream(tracker, "stream").value();
    event = create_event(tracker, wait.event_use(), "event").value();
    memory = allocate_device(tracker, 1, "memory").value();
    for (int i = 0; i < operations; ++i) ASSERT_EQ(cudaMemsetAsync(memory.get(), 0, 1, stream.get()), cudaSuccess);
    ASSERT_EQ(cudaEventRecord(event.get(), stream.get()), cudaSuccess);
  }

  fake::Runtime runtime{{.progress = 0}};
  ResourceTracker tracker;
  Stream stream;
  Event event;
  DeviceMemory memory;
};

TEST_F(StreamWaitTest, EveryChoice_ReturnsWhenTheWorkIsDone) {
  for (const WaitChoice choice : {WaitChoice::kStream, WaitChoice::kBlockingEvent, WaitChoice::kPolling}) {
    const auto wait = make_stream_wait(choice);
    queue(*wait, 3);
    ASSERT_TRUE(wait->wait(stream.get(), event.get()));
    EXPECT_EQ(runtime.queued(), 0u);
    EXPECT_EQ(wait->counters().waits, 1u);
  }
}

TEST_F(StreamWaitTest, Polling_YieldsFirstThenSleepsLongerUpToALimit) {
  std::vector<std::chrono::nanoseconds> sleeps;
  const auto wait = make_stream_wait(WaitChoice::kPolling, {[] {}, [&](auto time) { sleeps.push_back(time); }});
  queue(*wait, 40);
  ASSERT_TRUE(wait->wait(stream.get(), event.get()));
  EXPECT_EQ(wait->counters().polls, 41u);
  EXPECT_EQ(wait->counters().yields, 32u);
  ASSERT_EQ(sleeps.size(), 8u);
  EXPECT_EQ(sleeps.front(), std::chrono::microseconds(2));
  EXPECT_EQ(sleeps[1], std::chrono::microseconds(4));
  EXPECT_EQ(sleeps.back(), std::chrono::microseconds(50));
}

TEST_F(StreamWaitTest, Polling_OfALostDevice_EndsWithTheError) {
  const auto wait = make_stream_wait(WaitChoice::kPolling);
  queue(*wait, 3);
  runtime.inject({.name = "cudaEventQuery", .occurrence = 2, .code = cudaErrorIllegalAddress, .lose_device = true});
  EXPECT_EQ(wait->wait(stream.get(), event.get()).error().failure, DeviceFailure::kDeviceLost);
}

}  // namespace
}  // namespace matcher::gpu
