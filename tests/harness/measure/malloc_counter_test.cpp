// The preloaded malloc counter against series of allocations that are known exactly.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

namespace {

struct Counts {
  unsigned long long allocations = 0;
  unsigned long long bytes = 0;
  long long live = 0;
  long long peak = 0;
  unsigned long long failures = 0;
  long long expected_peak = 0;
};

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::string text;
  char buffer[256];
  while (pipe && std::fgets(buffer, sizeof buffer, pipe.get()) != nullptr) text += buffer;
  return text;
}

class MallocCounter : public ::testing::Test {
 protected:
  void SetUp() override {
#ifdef ASSAY_SANITIZE
    GTEST_SKIP() << "the sanitizers have a malloc of their own, which cannot be preloaded over";
#endif
    ASSERT_TRUE(std::filesystem::exists(ASSAY_MALLOC_COUNTER)) << ASSAY_MALLOC_COUNTER;
  }

  static Counts counted(const std::string& series) {
    const std::string text = output_of("LD_PRELOAD='" ASSAY_MALLOC_COUNTER "' '" ASSAY_ALLOCATION_SERIES "' " + series);
    Counts counts;
    EXPECT_EQ(std::sscanf(text.c_str(), "%llu %llu %lld %lld %llu %lld", &counts.allocations, &counts.bytes,
                          &counts.live, &counts.peak, &counts.failures, &counts.expected_peak),
              6)
        << text;
    return counts;
  }

  // Everything freed again: nothing is live, and the peak is the largest sum that was held.
  static void expect(const std::string& series, unsigned long long allocations, unsigned long long bytes) {
    const Counts counts = counted(series);
    EXPECT_EQ(counts.allocations, allocations);
    EXPECT_EQ(counts.bytes, bytes);
    EXPECT_EQ(counts.live, 0);
    EXPECT_EQ(counts.peak, counts.expected_peak);
    EXPECT_GE(counts.peak, 0);
    EXPECT_EQ(counts.failures, 0U);
  }
};

TEST_F(MallocCounter, Malloc_CountsCallsBytesAndPeak) {
  expect("plain", 3, 100 + 5000 + 1);
}

TEST_F(MallocCounter, Calloc_CountsTheProduct) {
  expect("zeroed", 1, 7 * 13);
}

TEST_F(MallocCounter, Realloc_IsAnAllocationOfTheNewSize) {
  expect("resized", 3, 50 + 3000 + 10);
}

TEST_F(MallocCounter, ReallocToNothing_IsAFree) {
  expect("nothing", 1, 64);
}

TEST_F(MallocCounter, AlignedFamily_IsCounted) {
  expect("aligned", 4, 300 + 256 + 70 + 40);
}

TEST_F(MallocCounter, OperatorNew_EndsInMallocAndIsCounted) {
  expect("objects", 3, 8 + 1000 + 256);
}

TEST_F(MallocCounter, CallsFromInsideTheCLibrary_AreCounted) {
  expect("text", 1, 13);
}

TEST_F(MallocCounter, FourThreads_LoseNoCount) {
  const Counts counts = counted("threads");
  EXPECT_EQ(counts.allocations, 400'000U);
  EXPECT_EQ(counts.bytes, 400'000U * 32U);
  EXPECT_EQ(counts.live, 0);
}

TEST_F(MallocCounter, RefusedRequests_AreFailuresAndNoAllocations) {
  const Counts counts = counted("refused");
  EXPECT_EQ(counts.allocations, 0U);
  EXPECT_EQ(counts.bytes, 0U);
  EXPECT_EQ(counts.failures, 2U);
}

TEST_F(MallocCounter, MemoryThatIsKept_StaysLive) {
  const Counts counts = counted("leaked");
  EXPECT_EQ(counts.live, counts.expected_peak);
  EXPECT_GE(counts.live, 777);
}

TEST_F(MallocCounter, NotPreloaded_GivesNoCountsInsteadOfZero) {
  EXPECT_EQ(output_of("'" ASSAY_ALLOCATION_SERIES "' plain"), "absent\n");
}

}  // namespace
