// Pinned pool with its cap and fallback, and registration by page.
#include "matcher/gpu/device/host_memory.hpp"

#include <gmock/gmock.h>

#include "tests/matcher/gpu/device/fake_runtime.hpp"

namespace matcher::gpu {
namespace {

using ::testing::ElementsAre;

std::byte* at(std::uintptr_t address) {
  return reinterpret_cast<std::byte*>(address);
}

std::vector<std::pair<std::uintptr_t, std::size_t>> merged(std::vector<HostRange> ranges) {
  std::vector<std::pair<std::uintptr_t, std::size_t>> found;
  for (const HostRange& range : merge_by_page(std::move(ranges), 4096)) {
    found.emplace_back(reinterpret_cast<std::uintptr_t>(range.data), range.bytes);
  }
  return found;
}

TEST(PinnedPool, Cap_IsAQuarterOfTheMemory) {
  EXPECT_EQ(pinned_limit(std::size_t{128} << 30), std::size_t{32} << 30);
  EXPECT_GT(physical_memory_bytes(), 0u);
}

TEST(PinnedPool, GivenBack_IsReused) {
  fake::Runtime runtime;
  ResourceTracker tracker;
  const auto host = make_host_memory(HostMemoryChoice::kPinnedPool, tracker, 1 << 20);
  for (int i = 0; i < 10; ++i) host->give_back(host->staging(5000).value());
  EXPECT_EQ(runtime.count("cudaHostAlloc"), 1u);
  EXPECT_EQ(host->counters().staging_hits, 9u);
  EXPECT_EQ(host->counters().peak_pinned_bytes, 8192u);
}

TEST(PinnedPool, AboveTheCap_StaysPageableAndIsCounted) {
  fake::Runtime runtime;
  ResourceTracker tracker;
  const auto host = make_host_memory(HostMemoryChoice::kPinnedPool, tracker, 10000);
  const HostRange first = host->staging(8000).value();
  EXPECT_NE(first.data, nullptr);
  EXPECT_EQ(host->staging(4000).value().data, nullptr);
  EXPECT_EQ(host->counters().fallbacks, 1u);
  host->give_back(first);
  EXPECT_NE(host->staging(4000).value().data, nullptr);  // the idle block made room
  EXPECT_LE(runtime.pinned_memory.used(), 10000u);
}

TEST(PinnedPool, SystemRefusesToLock_StaysPageable) {
  fake::Runtime runtime({.pinned_bytes = 1000});
  ResourceTracker tracker;
  const auto host = make_host_memory(HostMemoryChoice::kPinnedPool, tracker, 1 << 20);
  EXPECT_EQ(host->staging(4000).value().data, nullptr);
  EXPECT_EQ(host->counters().fallbacks, 1u);
  EXPECT_EQ(cudaGetLastError(), cudaSuccess);
}

TEST(PinnedPool, NoDriver_IsAnErrorAndNoFallback) {
  fake::Runtime runtime({.driver_version = 0});
  ResourceTracker tracker;
  const auto host = make_host_memory(HostMemoryChoice::kPinnedPool, tracker, 1 << 20);
  EXPECT_EQ(host->staging(4000).error().failure, DeviceFailure::kNoDriver);
}

TEST(Registered, RangesOfOnePage_AreMerged) {
  EXPECT_THAT(merged({{at(0x3100), 0x100}, {at(0x1000), 0x800}, {at(0x1900), 0x100}, {at(0x1a00), 0}}),
              ElementsAre(std::pair(0x1000u, 0xa00u), std::pair(0x3100u, 0x100u)));
  EXPECT_THAT(merged({{at(0x1000), 0x1001}, {at(0x2800), 0x100}}), ElementsAre(std::pair(0x1000u, 0x1900u)));
  EXPECT_THAT(merged({{at(0x1000), 0x3000}, {at(0x1800), 0x100}}), ElementsAre(std::pair(0x1000u, 0x3000u)));
}

TEST(Registered, BeginToEnd_LocksTheRanges) {
  fake::Runtime runtime;
  ResourceTracker tracker;
  std::vector<std::byte> memory(20000);
  const auto host = make_host_memory(HostMemoryChoice::kRegistered, tracker);
  ASSERT_TRUE(host->begin({{memory.data(), 10000}, {memory.data() + 10000, 10000}}));
  EXPECT_EQ(runtime.kind_of(memory.data() + 15000, 100), fake::HostKind::kRegistered);
  EXPECT_EQ(host->staging(100).value().data, nullptr);
  host->end();
  EXPECT_EQ(runtime.live(), 0u);
}

TEST(Registered, ReadOnlyMapping_IsAskedForAsSuch) {
  fake::Runtime runtime;
  runtime.inject({.name = "cudaHostRegister", .occurrence = 1, .code = cudaErrorInvalidValue});
  ResourceTracker tracker;
  std::vector<std::byte> memory(100);
  const auto host = make_host_memory(HostMemoryChoice::kRegistered, tracker);
  ASSERT_TRUE(host->begin({{memory.data(), memory.size()}}));
  EXPECT_EQ(host->counters().registered_ranges, 1u);
  EXPECT_EQ(host->counters().fallbacks, 0u);
}

TEST(Registered, RefusedOrTakenBySomebodyElse_GoesOn) {
  fake::Runtime runtime;
  runtime.inject({.name = "cudaHostRegister", .occurrence = 2, .code = cudaErrorMemoryAllocation});
  ResourceTracker tracker;
  std::vector<std::byte> memory(100);
  const auto host = make_host_memory(HostMemoryChoice::kRegistered, tracker);
  const auto other = make_host_memory(HostMemoryChoice::kRegistered, tracker);
  ASSERT_TRUE(other->begin({{memory.data(), memory.size()}}));
  ASSERT_TRUE(host->begin({{memory.data(), memory.size()}}));  // no memory
  EXPECT_EQ(host->counters().fallbacks, 1u);
  ASSERT_TRUE(host->begin({{memory.data(), memory.size()}}));  // locked already
  EXPECT_EQ(host->counters().fallbacks, 1u);
  host->end();
  EXPECT_EQ(runtime.registered.live(), 1u);
}

}  // namespace
}  // namespace matcher::gpu
