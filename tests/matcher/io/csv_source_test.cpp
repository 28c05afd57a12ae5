// CSV text in blocks of any size: the rows, bad rows and errors of the whole text.
#include "matcher/io/csv_source.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "matcher/io/csv_reader.hpp"

namespace {

using matcher::CsvFormat;
using matcher::OnError;

std::string shown(const matcher::PersonsTable& table) {
  std::string out;
  const matcher::PersonsView view = table.view();
  for (std::size_t row = 0; row < table.id.size(); ++row) {
    out += std::to_string(table.id[row]) + ' ' + std::string(view.first_name.text_or_empty(row)) + ' ' +
           std::string(view.last_name.text_or_empty(row)) + '\n';
  }
  return out;
}

std::string shown(const matcher::ReadReport& report) {
  std::string out;
  for (const matcher::BadRow& bad : report.examples) out += bad.reason + '\n';
  return out;
}

std::string by_blocks(std::string_view text, const CsvFormat& format, std::size_t block_bytes) {
  const auto source =
      matcher::csv_source_of(std::make_unique<matcher::MemoryStream>(text), "t.csv", format, block_bytes);
  matcher::PersonsTable table;
  for (bool more = true; more;) {
    const auto answer = source->read(table, 2);
    if (!answer) return answer.error().message;
    more = *answer;
  }
  return shown(table) + shown(source->report());
}

std::string whole(std::string_view text, const CsvFormat& format) {
  const auto read = matcher::parse_persons_csv(text, "t.csv", format, 1);
  if (!read) return read.error().message;
  return shown(read->table) + shown(read->report);
}

void expect_same_in_blocks(std::string_view text) {
  for (const OnError on_error : {OnError::kFail, OnError::kReport}) {
    CsvFormat format;
    format.on_error = on_error;
    const std::string expected = whole(text, format);
    for (std::size_t block_bytes = 1; block_bytes <= text.size() + 1; ++block_bytes) {
      EXPECT_EQ(by_blocks(text, format, block_bytes), expected) << "blocks of " << block_bytes;
    }
  }
}

TEST(CsvSource, Rows_AreThoseOfTheWholeText) {
  expect_same_in_blocks(
      "id,first_name,last_name,birthdate\n1,Ann,\"L\"\"e\ne\",2001-02-28\n\n2,Bo,Roe,\nx,y,z,\n3,C,D,");
}

TEST(CsvSource, BlockEndsBetweenReturnAndLineFeedAfterAQuote_IsALineEnd) {
  expect_same_in_blocks("id,first_name,birthdate,last_name\r\n1,Ann,,\"Lee\"\r\n2,\"Bo\nb\",,\"R\noe\"\r\n3,C,,D\r\n");
}

TEST(CsvSource, BlockEndsWithinALineWithABadQuote_TheWholeLineIsLeftOut) {
  expect_same_in_blocks("id,first_name,last_name,birthdate\n1,A\"nn,Lee,\n2,\"B\"o,7,Roe,\n3,\"C,D,\n4,E,F,\n");
}

TEST(CsvSource, BlockBeginsWithAByteOrderMark_ItIsText) {
  expect_same_in_blocks(
      "first_name,last_name,birthdate,id\n\xEF\xBB\xBF"
      "A,B,,1\n\xEF\xBB\xBF"
      "C,D,,2\n");
}

TEST(CsvSource, HeaderAfterBlankLinesAndWithLineEndInside_IsRead) {
  expect_same_in_blocks("\n\r\n\nid,\"a\nb\",first_name,last_name,birthdate\n1,x,Ann,Lee,\n");
}

}  // namespace
