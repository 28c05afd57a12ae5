// Formats of persons files: column names, delimiters, white space, ids, dates, encodings, compression, odd bytes.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "matcher/io/csv_reader.hpp"
#include "matcher/model/date.hpp"
#include "tests/matcher/io/packed.hpp"
#include "tests/matcher/io/scratch_folder.hpp"

namespace {

using namespace matcher;
using testing::HasSubstr;

constexpr const char* kHeader = "id,first_name,last_name,birthdate\n";

PersonsTable table_of(std::string_view text, const CsvFormat& format = {}) {
  auto read = parse_persons_csv(text, "t.csv", format, 2);
  EXPECT_TRUE(read) << read.error().message;
  return read ? std::move(read->table) : PersonsTable();
}

std::string error_of(std::string_view text, const CsvFormat& format) {
  const auto read = parse_persons_csv(text, "t.csv", format, 1);
  return read ? "no error" : read.error().message;
}

TEST(CsvFormat, MappedNames_AreThoseOfTheFile) {
  CsvFormat format;
  format.names.first_name = "given name";
  format.names.id = "nr";
  format.names.middle_name = "first_name";
  const PersonsTable table = table_of("nr,given name,last_name,birthdate,first_name\n4,Ana,Cruz,,Maria\n", format);
  EXPECT_EQ(table.view().id[0], 4);
  EXPECT_EQ(table.view().first_name[0], "Ana");
  EXPECT_EQ(table.view().middle_name[0], "Maria");
  EXPECT_THAT(error_of(kHeader, format), HasSubstr("column 'nr' is missing (found: id, first_name"));
}

TEST(CsvFormat, OtherDelimiters_LeaveCommasInFields) {
  for (const char delimiter : {';', '\t', '|'}) {
    CsvFormat format;
    format.delimiter = delimiter;
    std::string text = "id,first_name,last_name,birthdate\n1,A.B,C,\n";
    for (char& c : text) c = c == ',' ? delimiter : c == '.' ? ',' : c;
    EXPECT_EQ(table_of(text, format).view().first_name[0], "A,B");
  }
}

TEST(CsvFormat, Trim_TakesWhiteSpaceOffFieldsAndNames) {
  CsvFormat format;
  format.trim = true;
  const char* text = " id ,first_name\t, last_name,birthdate\n 7 ,\" Ana\t\",   , 2000-01-01 \n";
  const PersonsTable table = table_of(text, format);
  EXPECT_EQ(table.view().id[0], 7);
  EXPECT_EQ(table.view().first_name[0], "Ana");
  EXPECT_FALSE(table.view().last_name.valid(0)) << "nothing is left of it";
  EXPECT_TRUE(table.view().birthdate.valid(0));
  EXPECT_EQ(table_of(std::string(kHeader) + "1, Ana ,x,\n").view().first_name[0], " Ana ");
  EXPECT_THAT(error_of(text, {}), HasSubstr("column 'id' is missing"));
}

TEST(CsvFormat, TextIds_AreKeptBesideRowNumbers) {
  CsvFormat format;
  format.ids = IdKind::kText;
  const PersonsTable table = table_of(std::string(kHeader) + "P-9,a,b,\n007,a,b,\nP-9,a,b,\n", format);
  EXPECT_THAT(table.id, testing::ElementsAre(1, 2, 3));
  EXPECT_EQ(table.view().text_id[0], "P-9");
  EXPECT_EQ(table.view().text_id[1], "007");
  EXPECT_EQ(table.view().text_id[2], "P-9");
  EXPECT_THAT(error_of(std::string(kHeader) + ",a,b,\n", format), HasSubstr("t.csv:2: the id is empty"));
}

TEST(CsvFormat, Dates_AreReadInTheFormatGiven) {
  CsvFormat format;
  format.dates = *DateFormat::of("dd.mm.yyyy");
  EXPECT_EQ(table_of(std::string(kHeader) + "1,a,b,31.01.1970\n", format).view().birthdate.days[0], 30);
  EXPECT_THAT(error_of(std::string(kHeader) + "1,a,b,1970-01-31\n", format),
              HasSubstr("birthdate '1970-01-31' is not a calendar date of the form dd.mm.yyyy"));
}

TEST(CsvFormat, NoRows_StillHasItsColumns) {
  for (const char* text :
       {"id,first_name,last_name,birthdate,uuid", "id,first_name,last_name,birthdate,uuid\n\r\n\n"}) {
    const PersonsTable table = table_of(text);
    EXPECT_EQ(table.view().row_count, 0U);
    EXPECT_FALSE(table.view().first_name.is_absent());
    EXPECT_FALSE(table.view().uuid.is_absent());
    EXPECT_TRUE(table.view().hh_id.is_absent());
  }
}

TEST(CsvFormat, LastLineWithoutEnd_IsARow) {
  EXPECT_EQ(table_of(std::string(kHeader) + "1,a,b,").view().row_count, 1U);
  EXPECT_EQ(table_of(std::string(kHeader) + "1,a,b,2000-01-01\r\n2,c,d,2000-01-02").view().birthdate.days[1], 10958);
}

TEST(CsvFormat, OddBytes_AreKept) {
  const std::string nul("a\0b", 3);
  const std::string damaged = "\xFF\xC3(";
  const std::string longest(10000, 'x');
  const PersonsTable table =
      table_of(fmt::format("{}1,{},{},\n2,{},\"{}\",\n", kHeader, nul, damaged, longest, longest));
  EXPECT_EQ(table.view().first_name[0], nul);
  EXPECT_EQ(table.view().last_name[0], damaged);
  EXPECT_EQ(table.view().first_name[1], longest);
  EXPECT_EQ(table.view().last_name[1], longest);
}

TEST(CsvFormat, ByteOrderMark_BelongsToTheStartOnly) {
  EXPECT_EQ(table_of("\xEF\xBB\xBF" + std::string(kHeader) + "1,a,b,\n").view().row_count, 1U);
  EXPECT_THAT(error_of(std::string(kHeader) + "\xEF\xBB\xBF"
                                              "1,a,b,\n",
                       {}),
              HasSubstr("t.csv:2: id '"));
}

class CsvFile : public matcher_test::ScratchFolder {};

TEST_F(CsvFile, Compressed_ReadsAsPlain) {
  const std::string text = std::string(kHeader) + "1,a,b,2000-01-01\n";
  for (const std::string& bytes : {text, matcher_test::gzip(text), matcher_test::zstd(text)}) {
    save(folder_ / "in.csv", bytes);
    const auto read = read_persons_csv(folder_ / "in.csv", CsvFormat{}, 2);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->table.view().first_name[0], "a");
  }
}

TEST_F(CsvFile, Latin1_BecomesUtf8) {
  CsvFormat format;
  format.encoding = TextEncoding::kLatin1;
  for (const bool packed : {false, true}) {
    const std::string text = std::string(kHeader) +
                             "1,Pe\xF1"
                             "a,b,\n";
    save(folder_ / "in.csv", packed ? matcher_test::gzip(text) : text);
    const auto read = read_persons_csv(folder_ / "in.csv", format, 1);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->table.view().first_name[0],
              "Pe\xC3\xB1"
              "a");
  }
}

}  // namespace
