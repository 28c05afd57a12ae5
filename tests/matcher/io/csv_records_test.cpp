// CSV text to records: quotes, line ends, and what is refused.
#include "matcher/io/csv_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using matcher::CsvRecords;
using testing::ElementsAre;
using testing::HasSubstr;

using Records = std::vector<std::vector<std::string>>;

Records read_all(std::string_view text) {
  CsvRecords records(text, "t.csv");
  Records all;
  while (records.next().value()) all.emplace_back(records.fields().begin(), records.fields().end());
  return all;
}

std::string error_of(std::string_view text) {
  CsvRecords records(text, "t.csv");
  while (true) {
    const auto more = records.next();
    if (!more) return more.error().message;
    if (!*more) return "no error";
  }
}

TEST(CsvRecords, PlainText_SplitsAtCommasAndLineEnds) {
  EXPECT_EQ(read_all("a,b\nc,\n,d\n"), (Records{{"a", "b"}, {"c", ""}, {"", "d"}}));
}

TEST(CsvRecords, LastLineWithoutLineEnd_IsARecord) {
  EXPECT_EQ(read_all("a,b\nc,d"), (Records{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(read_all("a,"), (Records{{"a", ""}}));
}

TEST(CsvRecords, Crlf_IsNotPartOfFields) {
  EXPECT_EQ(read_all("a,b\r\n\"c\",d\r\n"), (Records{{"a", "b"}, {"c", "d"}}));
}

TEST(CsvRecords, ByteOrderMark_IsTextEverywhere) {
  EXPECT_EQ(read_all("\xEF\xBB\xBF"
                     "a\n\xEF\xBB\xBF"
                     "b\n"),
            (Records{{"\xEF\xBB\xBF"
                      "a"},
                     {"\xEF\xBB\xBF"
                      "b"}}));
}

TEST(CsvRecords, BlankLines_AreSkipped) {
  EXPECT_EQ(read_all("\n\r\na\n\n\nb\n\r\n"), (Records{{"a"}, {"b"}}));
}

TEST(CsvRecords, QuotedField_KeepsCommasQuotesAndLineEnds) {
  EXPECT_EQ(read_all("\"a,b\",\"say \"\"hi\"\"\",\"x\r\ny\"\n\"\",\"\"\"\"\n"),
            (Records{{"a,b", "say \"hi\"", "x\r\ny"}, {"", "\""}}));
}

TEST(CsvRecords, Lines_CountThoseInsideQuotes) {
  CsvRecords records("h\n\"a\nb\"\n\nc\n", "t.csv");
  std::vector<std::size_t> lines;
  while (records.next().value()) lines.push_back(records.line());
  EXPECT_THAT(lines, ElementsAre(1, 2, 5));
}

TEST(CsvRecords, QuoteNeverClosed_NamesTheLineItOpensOn) {
  EXPECT_THAT(error_of("a,b\nc,\"d\ne,f\n"), HasSubstr("t.csv:2: field 2 opens a quote that is never closed"));
}

TEST(CsvRecords, QuoteInsideUnquotedText_IsRefused) {
  EXPECT_THAT(error_of("a\nO\"Brien\n"), HasSubstr("t.csv:2: field 1 has a quote inside unquoted text"));
}

TEST(CsvRecords, TextAfterClosingQuote_IsRefused) {
  EXPECT_THAT(error_of("\"a\"b,c\n"), HasSubstr("t.csv:1: field 1 has text after its closing quote"));
}

TEST(Printable, LongOrBinaryValue_BecomesOneShortLine) {
  EXPECT_EQ(matcher::printable("a\nb\x01"), "a?b?");
  EXPECT_EQ(matcher::printable(std::string(50, 'x')), std::string(40, 'x') + "...");
  EXPECT_EQ(matcher::printable(std::string(39, 'x') + "\xC3\xA9\xC3\xA9"), std::string(39, 'x') + "...");
}

}  // namespace
