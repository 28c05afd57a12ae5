// Counts without noise: equal, fewer, more, and what a zero or a missing side means.
#include "harness/stats/exact.hpp"

#include <gtest/gtest.h>

namespace assay::stats {
namespace {

TEST(CompareExact, OneAllocationLess_IsFewer) {
  const auto comparison = compare_exact(1000, 999);
  ASSERT_TRUE(comparison);
  EXPECT_EQ(comparison->outcome, ExactOutcome::kFewer);
  EXPECT_DOUBLE_EQ(comparison->ratio.value(), 0.999);
}

TEST(CompareExact, OneByteOfAnExbibyte_IsSeen) {
  // beyond 2^53, where doubles no longer tell neighbours apart
  EXPECT_EQ(compare_exact(1ULL << 60, (1ULL << 60) + 1)->outcome, ExactOutcome::kMore);
  EXPECT_EQ(compare_exact((1ULL << 60) + 1, 1ULL << 60)->outcome, ExactOutcome::kFewer);
}

TEST(CompareExact, EqualCounts_HaveRatioOne) {
  EXPECT_EQ(compare_exact(7, 7)->outcome, ExactOutcome::kEqual);
  EXPECT_EQ(compare_exact(7, 7)->ratio, 1.0);
}

TEST(CompareExact, ZeroBaseline_HasNoRatioUnlessEqual) {
  EXPECT_EQ(compare_exact(0, 0)->ratio, 1.0);
  EXPECT_EQ(compare_exact(0, 5)->outcome, ExactOutcome::kMore);
  EXPECT_EQ(compare_exact(0, 5)->ratio, std::nullopt);
  EXPECT_EQ(compare_exact(5, 0)->ratio, 0.0);
}

TEST(CompareExact, SideNotMeasured_IsAbsent) {
  EXPECT_FALSE(compare_exact(std::nullopt, 5));
  EXPECT_FALSE(compare_exact(5, std::nullopt));
}

}  // namespace
}  // namespace assay::stats
