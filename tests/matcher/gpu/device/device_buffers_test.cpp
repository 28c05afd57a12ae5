// Where device memory comes from, and what the pool counts and keeps.
#include "matcher/gpu/device/device_buffers.hpp"

#include <gmock/gmock.h>

#include "matcher/gpu/device/resources.hpp"
#include "tests/matcher/gpu/device/fake_runtime.hpp"

namespace matcher::gpu {
namespace {

using std::chrono::seconds;

class DeviceBuffersTest : public ::testing::Test {
 protected:
  std::unique_ptr<DeviceBuffers> make(DeviceBufferChoice choice, PoolLimits limits = {}) {
    stream = create_stream(tracker, "stream").value();
    return make_device_buffers(
        choice, tracker, [this] { return now; }, limits);
  }
  void take_and_give(DeviceBuffers& buffers, std::size_t bytes) {
    const auto block = buffers.take(bytes, stream.get(), "block");
    ASSERT_TRUE(block);
    ASSERT_TRUE(buffers.give_back(*block, stream.get()));
  }

  fake::Runtime runtime{{.device_bytes = 4096}};
  ResourceTracker tracker;
  Stream stream;
  std::chrono::steady_clock::time_point now{};
};

TEST_F(DeviceBuffersTest, PerTile_AllocatesAndFreesEachTime) {
  const auto buffers = make(DeviceBufferChoice::kPerTile);
  for (int i = 0; i < 5; ++i) take_and_give(*buffers, 100);
  EXPECT_EQ(runtime.count("cudaMalloc"), 5u);
  EXPECT_EQ(runtime.count("cudaFree"), 5u);
  EXPECT_EQ(buffers->counters().hit_rate(), 0);
}

TEST_F(DeviceBuffersTest, Pool_SecondTimeOn_AllocatesNothing) {
  const auto buffers = make(DeviceBufferChoice::kPool);
  for (int i = 0; i < 100; ++i) take_and_give(*buffers, 300 + static_cast<std::size_t>(i));
  EXPECT_EQ(runtime.count("cudaMalloc"), 1u);
  EXPECT_EQ(runtime.count("cudaFree"), 0u);
  EXPECT_EQ(buffers->counters().hit_rate(), 0.99);
}

TEST_F(DeviceBuffersTest, Pool_CountsRequestedAndReservedBytes) {
  const auto buffers = make(DeviceBufferChoice::kPool);
  take_and_give(*buffers, 300);
  take_and_give(*buffers, 10);
  EXPECT_EQ(buffers->counters().requested_bytes, 310u);
  EXPECT_EQ(buffers->counters().reserved_bytes, 512u + 256u);
}

TEST_F(DeviceBuffersTest, Pool_BlocksInUse_AreNotGivenTwice) {
  const auto buffers = make(DeviceBufferChoice::kPool);
  const auto first = buffers->take(100, stream.get(), "first").value();
  const auto second = buffers->take(100, stream.get(), "second").value();
  EXPECT_NE(first.data, second.data);
}

TEST_F(DeviceBuffersTest, Pool_IdleLongerThanItsTime_IsReleased) {
  const auto buffers = make(DeviceBufferChoice::kPool, {.time_to_live = seconds(10)});
  take_and_give(*buffers, 1000);
  now += seconds(9);
  take_and_give(*buffers, 100);
  EXPECT_EQ(buffers->counters().expired, 0u);
  now += seconds(2);
  take_and_give(*buffers, 100);
  EXPECT_EQ(buffers->counters().expired, 1u);
  EXPECT_EQ(runtime.device_memory.used(), 256u);
}

TEST_F(DeviceBuffersTest, Pool_WithoutRoom_LetsIdleBlocksOfOtherSizesGo) {
  const auto buffers = make(DeviceBufferChoice::kPool);
  take_and_give(*buffers, 2048);
  take_and_give(*buffers, 4096);
  EXPECT_EQ(runtime.device_memory.used(), 4096u);
}

TEST_F(DeviceBuffersTest, StreamOrdered_KeepsTheDriversPoolAndFreesInOrder) {
  const auto buffers = make(DeviceBufferChoice::kStreamOrdered);
  for (int i = 0; i < 5; ++i) take_and_give(*buffers, 3000);
  EXPECT_EQ(runtime.count("cudaMemPoolSetAttribute"), 1u);
  EXPECT_EQ(runtime.count("cudaMallocAsync"), 5u);
  EXPECT_EQ(runtime.count("cudaFreeAsync"), 5u);
}

TEST_F(DeviceBuffersTest, EverySource_DestroyedWithBlocksOut_LeavesNothing) {
  for (const auto choice :
       {DeviceBufferChoice::kPerTile, DeviceBufferChoice::kPool, DeviceBufferChoice::kStreamOrdered}) {
    auto buffers = make(choice);
    ASSERT_TRUE(buffers->take(100, stream.get(), "kept"));
    buffers.reset();
    ASSERT_EQ(cudaDeviceSynchronize(), cudaSuccess);
    EXPECT_EQ(runtime.device_memory.live(), 0u);
  }
}

}  // namespace
}  // namespace matcher::gpu
