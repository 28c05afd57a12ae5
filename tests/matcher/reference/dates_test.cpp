// Birthdates: exchanged days and months, neighbouring years, tiers.
#include "matcher/reference/dates.hpp"

#include <gtest/gtest.h>

#include "tests/matcher/reference/persons.hpp"

namespace {

using namespace matcher::reference;
using reference_test::date;

TEST(SwappedDate, DayAndMonth_AreExchanged) {
  EXPECT_EQ(swapped_date(date(2000, 12, 4)), date(2000, 4, 12));
  EXPECT_EQ(swapped_date(date(1912, 1, 2)), date(1912, 2, 1));
  EXPECT_EQ(swapped_date(date(2000, 7, 7)), date(2000, 7, 7));
}

TEST(SwappedDate, NoSuchMonth_HasNone) {
  EXPECT_EQ(swapped_date(date(1999, 1, 13)), std::nullopt);
  EXPECT_EQ(swapped_date(date(2000, 2, 29)), std::nullopt);
}

TEST(IsSameOrSwapped, OtherYear_IsNeither) {
  EXPECT_TRUE(is_same_or_swapped(date(2000, 12, 4), date(2000, 12, 4)));
  EXPECT_TRUE(is_same_or_swapped(date(2000, 12, 4), date(2000, 4, 12)));
  EXPECT_FALSE(is_same_or_swapped(date(2000, 12, 4), date(2001, 4, 12)));
  EXPECT_FALSE(is_same_or_swapped(date(1999, 1, 13), date(2000, 1, 1)));  // as if the 13th month were the next year's
}

TEST(YearsDifferByAtMostOne, CountsYearsNotDays) {
  EXPECT_TRUE(years_differ_by_at_most_one(date(1969, 1, 1), date(1970, 12, 31)));
  EXPECT_TRUE(years_differ_by_at_most_one(date(1970, 12, 31), date(1969, 1, 1)));
  EXPECT_FALSE(years_differ_by_at_most_one(date(1969, 12, 31), date(1971, 1, 1)));
}

TEST(TierPercent, EachTier_HasItsPercent) {
  EXPECT_EQ(tier_percent(date(1980, 3, 5), date(1980, 3, 5)), 100.0);
  EXPECT_EQ(tier_percent(date(1980, 3, 5), date(1980, 3, 6)), 90.0);
  EXPECT_EQ(tier_percent(date(1980, 3, 5), date(1980, 5, 3)), 85.0);
  EXPECT_EQ(tier_percent(date(1980, 3, 5), date(1980, 3, 7)), 70.0);
  EXPECT_EQ(tier_percent(date(1980, 3, 5), date(1980, 4, 7)), 50.0);
  EXPECT_EQ(tier_percent(date(1980, 3, 5), date(1981, 3, 5)), 40.0);
}

TEST(TierPercent, FirstTierThatFits_Counts) {
  EXPECT_EQ(tier_percent(date(1980, 12, 31), date(1981, 1, 1)), 90.0);  // the next day, not another year
  EXPECT_EQ(tier_percent(date(1981, 1, 1), date(1980, 12, 31)), 90.0);
  EXPECT_EQ(tier_percent(date(1980, 3, 31), date(1980, 4, 1)), 90.0);
}

}  // namespace
