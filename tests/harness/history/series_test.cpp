// Series: what belongs together, what stays apart, and what does not count.
#include "harness/history/series.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/history/made_entry.hpp"

namespace assay::history {
namespace {

using ::testing::ElementsAre;
using testing::made_entry;

bool every_case(const std::string& /*case_id*/) {
  return true;
}

std::vector<Series> series(const std::vector<Entry>& entries, Value value = Value::kRatio, bool across = false) {
  return series_of(entries, value, across, every_case);
}

TEST(SeriesOf, MetricsAndCases_AreSeriesOfTheirOwn) {
  const auto all = series({made_entry(0), made_entry(1, 0.8), made_entry(2, 0.7, "other")});
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].metric, "time/total");
  EXPECT_THAT(all[0].values(), ElementsAre(0.9, 0.8));
  EXPECT_EQ(all[0].points[1].entry.run, "run-1");
  EXPECT_EQ(all[1].metric, "memory/allocations");
  EXPECT_EQ(all[1].kind, "exact");
  EXPECT_EQ(all[2].case_id, "other");
  EXPECT_THAT(all[2].values(), ElementsAre(0.7));
}

TEST(SeriesOf, WantedCases_AreTheOnlyOnes) {
  const auto wanted = [](const std::string& id) { return id == "other"; };
  EXPECT_EQ(series_of({made_entry(0), made_entry(1, 0.9, "other")}, Value::kRatio, false, wanted).size(), 2U);
}

TEST(SeriesOf, MachineClasses_StayApartUnlessAsked) {
  Entry elsewhere = made_entry(1);
  elsewhere.machine_class = "another processor";
  const std::vector<Entry> entries{made_entry(0), elsewhere, made_entry(2)};
  const auto apart = series(entries);
  ASSERT_EQ(apart.size(), 4U);
  EXPECT_EQ(apart[0].points.size(), 2U);
  EXPECT_THAT(apart[2].machine_classes, ElementsAre("another processor"));
  const auto together = series(entries, Value::kRatio, true);
  ASSERT_EQ(together.size(), 2U);
  EXPECT_EQ(together[0].points.size(), 3U);
  EXPECT_EQ(together[0].machine_classes.size(), 2U);
}

TEST(SeriesOf, Value_IsTheOneAskedFor) {
  EXPECT_THAT(series({made_entry(0)}, Value::kBaseline)[0].values(), ElementsAre(1e6));
  EXPECT_THAT(series({made_entry(0)}, Value::kCandidate)[0].values(), ElementsAre(9e5));
}

TEST(SeriesOf, WhatWasNotMeasured_CountsAndIsNoPoint) {
  Entry crashed = made_entry(1);
  crashed.metrics[0].ratio.reset();
  Entry none = made_entry(2);
  none.metrics[0].ratio = 0.0;
  const auto all = series({crashed, none, made_entry(3)});
  EXPECT_EQ(all[0].unmeasured, 2U);
  EXPECT_THAT(all[0].values(), ElementsAre(0.9));
}

TEST(MedianMargin, OneNoisyRun_DoesNotWidenIt) {
  std::vector<Entry> entries{made_entry(0), made_entry(1), made_entry(2)};
  entries[1].metrics[0].margin = 0.09;
  entries[2].metrics[0].margin = 0.03;
  const auto all = series(entries);
  EXPECT_EQ(all[0].median_margin(), 0.03);
  EXPECT_FALSE(all[1].median_margin());
}

}  // namespace
}  // namespace assay::history
