// Dates: ISO text to days since 1970-01-01 and back.
#include "matcher/model/date.hpp"

#include <gtest/gtest.h>

namespace {

using matcher::format_iso_date;
using matcher::parse_iso_date;

TEST(ParseIsoDate, Epoch_IsDayZero) {
  EXPECT_EQ(parse_iso_date("1970-01-01"), 0);
}

TEST(ParseIsoDate, DayBeforeEpoch_IsNegative) {
  EXPECT_EQ(parse_iso_date("1969-12-31"), -1);
}

TEST(ParseIsoDate, LeapDay_ExistsInLeapYearsOnly) {
  EXPECT_EQ(parse_iso_date("2000-02-29"), 11016);
  EXPECT_EQ(parse_iso_date("1900-02-29"), std::nullopt);
  EXPECT_EQ(parse_iso_date("2023-02-29"), std::nullopt);
}

TEST(ParseIsoDate, NotACalendarDate_IsNothing) {
  for (const char* text :
       {"", "1970-1-1", "1970-13-01", "1970-00-10", "1970-01-00", "1970-01-32", "1970/01-01", "1970-01/01",
        "01-01-1970", "1970-01-01 ", " 1970-01-01", "1970-01-0x", "197O-01-01", "+970-01-01"}) {
    EXPECT_EQ(parse_iso_date(text), std::nullopt) << "'" << text << "'";
  }
}

TEST(FormatIsoDate, EveryDayOfFourCenturies_IsReadBack) {
  std::int32_t previous = *parse_iso_date("1799-12-31");
  const std::int32_t last = *parse_iso_date("2200-01-01");
  for (std::int32_t day = previous + 1; day <= last; ++day) {
    ASSERT_EQ(parse_iso_date(format_iso_date(day)), day) << format_iso_date(day);
  }
}

}  // namespace
