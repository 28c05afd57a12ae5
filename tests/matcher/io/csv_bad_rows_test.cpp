// Rows that cannot be read: what fail, skip and report make of them.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "matcher/io/csv_reader.hpp"

namespace {

using namespace matcher;
using testing::ElementsAre;
using testing::HasSubstr;

// One row of ten is bad, each time in another way; row i stands on line i + 2.
std::string tenth_bad(int rows) {
  const std::vector<std::string> bad = {"x,a,b,", "1,a,b", "1,a,b,2001-02-29", ",a,b,", "1,a\"b,c,", "1,a,b,,"};
  std::string text = "id,first_name,last_name,birthdate\n";
  for (int row = 0; row < rows; ++row) {
    const auto kind = static_cast<std::size_t>(row / 10) % bad.size();
    text += row % 10 == 9 ? bad[kind] + "\n" : fmt::format("{},a,b,2001-02-28\n", row);
  }
  return text;
}

Result<PersonsRead> read(const std::string& text, OnError on_error) {
  CsvFormat format;
  format.on_error = on_error;
  return parse_persons_csv(text, "t.csv", format, 2);
}

TEST(BadRows, Fail_NamesTheFirst) {
  const auto failed = read(tenth_bad(100), OnError::kFail);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::kBadInput);
  EXPECT_THAT(failed.error().message, HasSubstr("t.csv:11: id 'x' is not a 64-bit whole number"));
}

TEST(BadRows, Skip_CountsAllAndKeepsTen) {
  const auto skipped = read(tenth_bad(1000), OnError::kSkip);
  ASSERT_TRUE(skipped);
  EXPECT_EQ(skipped->table.view().row_count, 900U);
  EXPECT_EQ(skipped->report.bad_rows, 100U);
  ASSERT_EQ(skipped->report.examples.size(), 10U);
  EXPECT_EQ(skipped->report.examples.back().line, 101U);
}

TEST(BadRows, Report_KeepsLineAndReasonOfEach) {
  const auto reported = read(tenth_bad(1000), OnError::kReport);
  ASSERT_TRUE(reported);
  EXPECT_EQ(reported->table.view().row_count, 900U);
  EXPECT_EQ(reported->report.bad_rows, 100U);
  const std::vector<BadRow>& rows = reported->report.examples;
  ASSERT_EQ(rows.size(), 100U);
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].line, 10 * i + 11);
  const char* reasons[] = {"id 'x' is not", "has 3 fields, the header has 4", "'2001-02-29' is not a calendar date",
                           "id '' is not",  "field 2 has a quote inside",     "has 5 fields"};
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_THAT(rows[i].reason, HasSubstr(reasons[i % 6]));
}

TEST(BadRows, RowsBetween_KeepTheirValues) {
  const auto skipped = read(tenth_bad(25), OnError::kSkip);
  ASSERT_TRUE(skipped);
  std::vector<std::int64_t> ids(skipped->table.id);
  EXPECT_THAT(ids, ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23, 24));
  EXPECT_EQ(skipped->table.view().first_name[22], "a");
}

// Nothing after it has a quote, so the reader goes to the end of the text and comes back.
TEST(BadRows, QuoteNeverClosed_LosesOnlyItsLine) {
  const auto skipped = read("id,first_name,last_name,birthdate\n1,\"a,b,\n2,c,d,\n3,e,f,\nx,g,h,\n", OnError::kSkip);
  ASSERT_TRUE(skipped);
  EXPECT_THAT(skipped->table.id, ElementsAre(2, 3));
  ASSERT_EQ(skipped->report.bad_rows, 2U);
  EXPECT_EQ(skipped->report.examples[0].line, 2U);
  EXPECT_EQ(skipped->report.examples[1].line, 5U);
  EXPECT_THAT(skipped->report.examples[0].reason, HasSubstr("t.csv:2: field 2 opens a quote that is never closed"));
}

TEST(BadRows, EveryRowBad_IsATableWithoutRows) {
  const auto skipped = read("id,first_name,last_name,birthdate\nx,a,b,\ny,a,b,\n", OnError::kSkip);
  ASSERT_TRUE(skipped);
  EXPECT_EQ(skipped->table.view().row_count, 0U);
  EXPECT_FALSE(skipped->table.view().first_name.is_absent());
  EXPECT_EQ(skipped->report.bad_rows, 2U);
}

TEST(BadRows, BadHeader_IsAnErrorWhateverIsAsked) {
  for (const OnError on_error : {OnError::kFail, OnError::kSkip, OnError::kReport}) {
    EXPECT_FALSE(read("id,first_name,birthdate\n", on_error));
    EXPECT_FALSE(read("id,\"first\"name,last_name,birthdate\n", on_error));
  }
}

}  // namespace
