// Dates in formats of the user's.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "matcher/model/date.hpp"

namespace {

using matcher::DateFormat;

constexpr std::int32_t kDate = 18687;  // 2021-03-01

std::optional<std::int32_t> parsed(const char* pattern, std::string_view text) {
  const auto format = DateFormat::of(pattern);
  EXPECT_TRUE(format) << pattern;
  return format ? format->parse(text) : std::nullopt;
}

TEST(DateFormat, GoodDates_AreReadInEveryFormat) {
  EXPECT_EQ(DateFormat().parse("2021-03-01"), kDate);
  EXPECT_EQ(parsed("yyyy-mm-dd", "2021-03-01"), kDate);
  EXPECT_EQ(parsed("dd.mm.yyyy", "01.03.2021"), kDate);
  EXPECT_EQ(parsed("mm/dd/yyyy", "03/01/2021"), kDate);
  EXPECT_EQ(parsed("yyyymmdd", "20210301"), kDate);
  EXPECT_EQ(parsed("ddmmyyyy", "01032021"), kDate);
  EXPECT_EQ(parsed("yyyy-mm-dd 00:00:00", "2021-03-01 00:00:00"), kDate);
}

TEST(DateFormat, ImpossibleDates_AreNone) {
  EXPECT_EQ(parsed("dd.mm.yyyy", "29.02.2021"), std::nullopt);
  EXPECT_EQ(parsed("dd.mm.yyyy", "31.04.2021"), std::nullopt);
  EXPECT_EQ(parsed("dd.mm.yyyy", "00.01.2021"), std::nullopt);
  EXPECT_EQ(parsed("yyyymmdd", "20211301"), std::nullopt);
  EXPECT_EQ(parsed("yyyymmdd", "20210001"), std::nullopt);
  EXPECT_NE(parsed("yyyymmdd", "20240229"), std::nullopt);
  EXPECT_EQ(parsed("yyyymmdd", "19000229"), std::nullopt);
}

TEST(DateFormat, OtherText_IsNone) {
  for (const char* text : {"", "1.3.2021", "01.03.21", "01-03-2021", "01.03.2021 ", " 1.03.2021", "+1.03.2021",
                           "aa.bb.cccc", "01.03.-021", "2021-03-01"}) {
    EXPECT_EQ(parsed("dd.mm.yyyy", text), std::nullopt) << text;
  }
  EXPECT_EQ(parsed("dd.mm.yyyy", std::string("01.03.2021\0", 11)), std::nullopt);
  EXPECT_EQ(parsed("yyyy-mm-dd 00:00:00", "2021-03-01 00:00:01"), std::nullopt);
}

TEST(DateFormat, PatternWithoutAllDigits_IsRefused) {
  for (const char* pattern : {"", "yy-mm-dd", "yyyy-m-d", "YYYY-MM-DD", "yyyy-mm", "yyyy-mm-dd-dd", "%Y-%m-%d"}) {
    EXPECT_FALSE(DateFormat::of(pattern)) << pattern;
  }
}

TEST(DateFormat, Pattern_IsWhatWasGiven) {
  EXPECT_EQ(DateFormat().pattern(), "yyyy-mm-dd");
  EXPECT_EQ(DateFormat::of("dd.mm.yyyy")->pattern(), "dd.mm.yyyy");
}

}  // namespace
