// Resident memory and noise of this process: readings move with what the process does.
#include "harness/measure/memory.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cstring>

#include "harness/measure/clock.hpp"
#include "harness/measure/noise.hpp"

namespace assay::measure {
namespace {

constexpr std::size_t kBytes = std::size_t{64} << 20;

// Fresh pages, touched, so that they are resident.
class TouchedPages {
 public:
  TouchedPages() : address_(::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
    if (address_ != MAP_FAILED) std::memset(address_, 1, kBytes);
  }
  TouchedPages(const TouchedPages&) = delete;
  TouchedPages& operator=(const TouchedPages&) = delete;
  ~TouchedPages() { ::munmap(address_, kBytes); }
  [[nodiscard]] bool there() const { return address_ != MAP_FAILED; }

 private:
  void* address_;
};

TEST(ReadResident, TouchedMemory_ShowsInNowAndPeak) {
  const auto before = read_resident();
  ASSERT_TRUE(before);
  EXPECT_GT(before->now_bytes, 0);
  EXPECT_GE(before->peak_bytes, before->now_bytes);
  const TouchedPages pages;
  ASSERT_TRUE(pages.there());
  const auto after = read_resident();
  ASSERT_TRUE(after);
  // The kernel may be a few pages per thread behind (SPLIT_RSS_COUNTING).
  EXPECT_NEAR(static_cast<double>(after->now_bytes - before->now_bytes), kBytes, kBytes / 16.0);
  EXPECT_GE(after->peak_bytes, after->now_bytes - 1'000'000);
}

TEST(ResetResidentPeak, AfterMemoryWasGivenBack_ForgetsTheOldPeak) {
  { const TouchedPages pages; }
  const auto before = read_resident();
  ASSERT_TRUE(before);
  if (!reset_resident_peak()) GTEST_SKIP() << "this kernel does not let a process reset its peak";
  const auto after = read_resident();
  ASSERT_TRUE(after);
  EXPECT_LT(after->peak_bytes, before->peak_bytes - static_cast<std::int64_t>(kBytes) / 2);
  EXPECT_NEAR(static_cast<double>(after->peak_bytes), static_cast<double>(after->now_bytes), 4e6);
}

TEST(ReadMallocCounts, WithoutPreload_IsNothing) {
  EXPECT_FALSE(read_malloc_counts());
}

TEST(ReadNoise, TouchedPages_AreMinorFaults) {
  const Noise before = read_noise();
  const TouchedPages pages;
  ASSERT_TRUE(pages.there());
  const Noise during = read_noise() - before;
  EXPECT_GE(during.minor_faults, 16);  // 64 MiB in pages of 4 KiB, or of 2 MiB where the kernel prefers them
  EXPECT_GE(during.major_faults, 0);
  EXPECT_GE(during.involuntary_switches, 0);
}

TEST(Noise, Difference_IsFieldByField) {
  const Noise difference = Noise{1000, 5, 70, 3} - Noise{400, 2, 50, 1};
  EXPECT_EQ(difference.run_queue_wait_ns, 600);
  EXPECT_EQ(difference.involuntary_switches, 3);
  EXPECT_EQ(difference.minor_faults, 20);
  EXPECT_EQ(difference.major_faults, 2);
}

TEST(Noise, UnknownWaitOnEitherSide_StaysUnknown) {
  EXPECT_FALSE((Noise{std::nullopt, 1, 1, 1} - Noise{400, 1, 1, 1}).run_queue_wait_ns);
  EXPECT_FALSE((Noise{400, 1, 1, 1} - Noise{std::nullopt, 1, 1, 1}).run_queue_wait_ns);
}

TEST(ReadNoise, WaitAndFaults_NeverRunBackwards) {
  Noise before = read_noise();
  for (int i = 0; i < 100; ++i) {
    const Noise now = read_noise();
    EXPECT_EQ(now.run_queue_wait_ns.has_value(), before.run_queue_wait_ns.has_value());
    EXPECT_GE(now.run_queue_wait_ns.value_or(0), before.run_queue_wait_ns.value_or(0));
    EXPECT_GE(now.minor_faults, before.minor_faults);
    before = now;
  }
}

TEST(SystemClock, Work_MovesBothClocksAndWallRunsAtLeastAsFast) {
  SystemClock clock;
  const std::int64_t wall = clock.wall_ns();
  const std::int64_t cpu = clock.cpu_ns();
  while (clock.cpu_ns() - cpu < 2'000'000) {
  }
  const std::int64_t used = clock.cpu_ns() - cpu;
  EXPECT_GE(clock.wall_ns() - wall, used);
}

}  // namespace
}  // namespace assay::measure
