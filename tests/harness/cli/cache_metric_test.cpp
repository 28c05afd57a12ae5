// Hit rates as a metric: what a variant's cache missed, held against a variant that keeps less or nothing.
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>

#include "harness/cli/analysis.hpp"
#include "tests/harness/store/sample_record.hpp"

namespace assay::cli {
namespace {

using Counters = std::map<std::string, std::uint64_t>;

MeasuredMetric misses(const Counters& baseline, const Counters& candidate) {
  store::CaseRecord record = testing::sample_record({});
  record.baseline.counters = baseline;
  record.candidate.counters = candidate;
  EXPECT_TRUE(analyse(record));
  return measured_metric(record, "count/cache_misses").value();
}

TEST(CacheMisses, OfTwoCaches_AreRequestsWithoutHits) {
  const MeasuredMetric measured =
      misses({{"cache_requests", 200}, {"cache_hits", 100}}, {{"cache_requests", 200}, {"cache_hits", 180}});
  ASSERT_TRUE(measured.measured);
  EXPECT_EQ(measured.counts.baseline, 100U);
  EXPECT_EQ(measured.counts.candidate, 20U);
  EXPECT_EQ(measured.counts.ratio, 0.2);
}

// The ratio is 1 - hit rate: 90 % of hits are a tenth of the misses.
TEST(CacheMisses, AgainstAVariantThatKeepsNothing_AreAShareOfAllRequests) {
  const MeasuredMetric measured = misses({}, {{"cache_requests", 200}, {"cache_hits", 180}});
  ASSERT_TRUE(measured.measured);
  EXPECT_EQ(measured.counts.baseline, 200U);
  EXPECT_EQ(measured.counts.candidate, 20U);
  EXPECT_EQ(misses({{"cache_requests", 8}}, {}).counts.candidate, 8U) << "either way round";
}

TEST(CacheMisses, CacheThatHadEverything_MissedNothing) {
  const MeasuredMetric measured = misses({}, {{"cache_requests", 1}, {"cache_hits", 1}});
  ASSERT_TRUE(measured.measured);
  EXPECT_EQ(measured.counts.candidate, 0U);
  EXPECT_EQ(measured.counts.ratio, 0.0);
}

TEST(CacheMisses, WithoutACacheOnEitherSide_AreNoMetric) {
  EXPECT_FALSE(misses({{"candidates", 5}}, {{"candidates", 5}}).measured);
}

// A plugin may count nonsense; a record must not hold more hits than requests as a huge number of misses.
TEST(CacheMisses, MoreHitsThanRequests_AreNone) {
  EXPECT_EQ(misses({}, {{"cache_requests", 2}, {"cache_hits", 3}}).counts.candidate, 0U);
}

}  // namespace
}  // namespace assay::cli
