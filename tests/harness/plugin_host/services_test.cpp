// What the host offers a plugin: exact counts of allocations and counters, cancellation, nothing it cannot keep.
#include "harness/plugin_host/services.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace assay::plugin_host {
namespace {

class ServicesTest : public testing::Test {
 protected:
  void* alloc(std::uint64_t bytes, std::uint64_t alignment = 0) {
    return host()->alloc(host()->context, bytes, alignment);
  }
  void free(void* pointer, std::uint64_t bytes) { host()->free(host()->context, pointer, bytes); }
  const assay_host* host() const { return services_.table(); }

  std::atomic<std::uint32_t> cancelled_{0};
  Services services_{cancelled_, 3};
};

TEST_F(ServicesTest, Table_IsCompleteAndCarriesTheThreadBudget) {
  EXPECT_EQ(host()->struct_size, sizeof(assay_host));
  EXPECT_EQ(host()->thread_budget, 3u);
  EXPECT_NE(host()->log, nullptr);
  EXPECT_EQ(host()->extension(host()->context, "assay.unheard-of/1"), nullptr);
}

TEST_F(ServicesTest, CacheFolder_IsOfferedOnlyWhereThereIsOne) {
  EXPECT_EQ(host()->extension(host()->context, ASSAY_EXTENSION_CACHE_FOLDER), nullptr);
  const Services with(cancelled_, 1, "/some/folder");
  const void* const folder = with.table()->extension(with.table()->context, ASSAY_EXTENSION_CACHE_FOLDER);
  ASSERT_NE(folder, nullptr);
  EXPECT_STREQ(static_cast<const char*>(folder), "/some/folder");
  EXPECT_EQ(with.table()->extension(with.table()->context, "assay.cache-folder/2"), nullptr);
  EXPECT_EQ(with.table()->extension(with.table()->context, nullptr), nullptr);
}

TEST_F(ServicesTest, Allocations_AreCountedAndTheirPeakRemembered) {
  void* const first = alloc(100);
  void* const second = alloc(50);
  free(first, 100);
  const ServiceCounts counts = services_.counts();
  EXPECT_EQ(counts.allocations, 2u);
  EXPECT_EQ(counts.allocated_bytes, 150u);
  EXPECT_EQ(counts.live_bytes[ASSAY_SPACE_HOST], 50);
  EXPECT_EQ(counts.peak_bytes[ASSAY_SPACE_HOST], 150);
  free(second, 50);
  EXPECT_EQ(services_.counts().live_bytes[ASSAY_SPACE_HOST], 0);
}

TEST_F(ServicesTest, Alignment_IsKept) {
  for (const std::uint64_t alignment : {0u, 1u, 16u, 64u, 4096u}) {
    void* const pointer = alloc(10, alignment);
    ASSERT_NE(pointer, nullptr) << alignment;
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(pointer) % (alignment == 0 ? 16 : alignment), 0u) << alignment;
    free(pointer, 10);
  }
}

TEST_F(ServicesTest, ImpossibleRequests_GiveNullAndCountNothing) {
  EXPECT_EQ(alloc(10, 48), nullptr);
  EXPECT_EQ(alloc(UINT64_MAX, 64), nullptr);
  free(nullptr, 10);
  EXPECT_EQ(services_.counts().allocations, 0u);
  EXPECT_EQ(services_.counts().live_bytes[ASSAY_SPACE_HOST], 0);
}

TEST_F(ServicesTest, ResetCounts_KeepsWhatIsLiveAndRestartsThePeakFromIt) {
  void* const kept = alloc(100);
  free(alloc(900), 900);
  services_.reset_counts();
  const ServiceCounts counts = services_.counts();
  EXPECT_EQ(counts.allocations, 0u);
  EXPECT_EQ(counts.live_bytes[ASSAY_SPACE_HOST], 100);
  EXPECT_EQ(counts.peak_bytes[ASSAY_SPACE_HOST], 100);
  free(kept, 100);
}

TEST_F(ServicesTest, NotedMemory_IsKeptApartBySpace) {
  host()->note_memory(host()->context, ASSAY_SPACE_DEVICE, 4096);
  host()->note_memory(host()->context, ASSAY_SPACE_DEVICE, -4096);
  host()->note_memory(host()->context, ASSAY_SPACE_PINNED, 128);
  host()->note_memory(host()->context, 99, 1);
  const ServiceCounts counts = services_.counts();
  EXPECT_EQ(counts.live_bytes[ASSAY_SPACE_DEVICE], 0);
  EXPECT_EQ(counts.peak_bytes[ASSAY_SPACE_DEVICE], 4096);
  EXPECT_EQ(counts.live_bytes[ASSAY_SPACE_PINNED], 128);
}

TEST_F(ServicesTest, Counters_AddUpAndUnknownOnesAreIgnored) {
  host()->count(host()->context, ASSAY_COUNTER_CANDIDATES, 5);
  host()->count(host()->context, ASSAY_COUNTER_CANDIDATES, 7);
  host()->count(host()->context, ASSAY_COUNTER_COUNT, 1);
  host()->count(host()->context, -1, 1);
  EXPECT_EQ(services_.counts().counters[ASSAY_COUNTER_CANDIDATES], 12u);
  EXPECT_EQ(services_.counts().counters[ASSAY_COUNTER_ROUND_TRIPS], 0u);
}

TEST_F(ServicesTest, DevicePhases_AddUpAndOthersAreIgnored) {
  EXPECT_FALSE(services_.counts().device_ns);
  host()->phase(host()->context, "device", 5);
  host()->phase(host()->context, "gather", 100);
  host()->phase(host()->context, nullptr, 100);
  host()->phase(host()->context, "device", 7);
  EXPECT_EQ(services_.counts().device_ns, 12);
  services_.reset_counts();
  EXPECT_FALSE(services_.counts().device_ns);
}

TEST_F(ServicesTest, Cancellation_IsSeenThroughTheFlag) {
  EXPECT_EQ(host()->is_cancelled(host()->context), 0);
  cancelled_ = 1;
  EXPECT_EQ(host()->is_cancelled(host()->context), 1);
}

TEST_F(ServicesTest, ManyThreads_LoseNoCount) {
  constexpr int kThreads = 4;
  constexpr std::uint64_t kRounds = 10'000;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([this] {
      for (std::uint64_t round = 0; round < kRounds; ++round) {
        free(alloc(8), 8);
        host()->count(host()->context, ASSAY_COUNTER_CANDIDATES, 1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const ServiceCounts counts = services_.counts();
  EXPECT_EQ(counts.allocations, kThreads * kRounds);
  EXPECT_EQ(counts.live_bytes[ASSAY_SPACE_HOST], 0);
  EXPECT_EQ(counts.counters[ASSAY_COUNTER_CANDIDATES], kThreads * kRounds);
}

}  // namespace
}  // namespace assay::plugin_host
