// What one row becomes: nulls, texts, dates, columns by name.
#include "matcher/mysql/mysql_source.hpp"

#include <gmock/gmock.h>

#include "matcher/model/date.hpp"
#include "tests/matcher/mysql/private_server.hpp"

namespace {

using matcher::ErrorKind;
using matcher::MysqlSource;
using matcher::MysqlSourceOptions;
using matcher::PersonsTable;
using testing::HasSubstr;

class MysqlSourceTest : public MysqlTest {
 protected:
  void create(
      std::string_view values,
      std::string_view columns = "id INT PRIMARY KEY, first_name VARCHAR(99), last_name VARCHAR(99), birthdate DATE") {
    sql(fmt::format("CREATE TABLE t ({})", columns));
    if (!values.empty()) sql(fmt::format("INSERT INTO t VALUES {}", values));
  }
  // Reads all rows of t; an error ends the test's table with its text in error_.
  PersonsTable read(const MysqlSourceOptions& options = {}) {
    PersonsTable table;
    error_.clear();
    auto source = MysqlSource::open(endpoint(), kRoot, options);
    if (!source) {
      error_ = source.error().message;
      return table;
    }
    const auto more = (*source)->read(table, 1000);
    if (!more) error_ = more.error().message;
    skipped_ = (*source)->report().bad_rows;
    return table;
  }
  std::string error_;
  std::uint64_t skipped_ = 0;
};

TEST_F(MysqlSourceTest, EveryColumn_IsReadByName) {
  create("('BC', '1970-01-02', 'CC', 'Lovelace', 77, -5, 'x', 'Ada', 'u1', 'King')",
         "barangay_code CHAR(9), birthdate DATE, city_code CHAR(9), last_name VARCHAR(9), hh_id BIGINT, id INT PRIMARY "
         "KEY, "
         "extra TEXT, first_name VARCHAR(9), uuid VARCHAR(36), middle_name TEXT");
  const PersonsTable table = read();
  ASSERT_EQ(error_, "");
  const auto view = table.view();
  ASSERT_EQ(view.row_count, 1U);
  EXPECT_EQ(view.id[0], -5);
  EXPECT_EQ(view.uuid[0], "u1");
  EXPECT_EQ(view.first_name[0], "Ada");
  EXPECT_EQ(view.middle_name[0], "King");
  EXPECT_EQ(view.last_name[0], "Lovelace");
  EXPECT_EQ(view.hh_id[0], "77");
  EXPECT_EQ(view.barangay_code[0], "BC");
  EXPECT_EQ(view.city_code[0], "CC");
  EXPECT_EQ(view.birthdate.days[0], 1);
}

TEST_F(MysqlSourceTest, NullAndEmptyText_StayApart) {
  create("(1, NULL, '', NULL)");
  const PersonsTable table = read();
  ASSERT_EQ(error_, "");
  const auto view = table.view();
  EXPECT_FALSE(view.first_name.valid(0));
  ASSERT_TRUE(view.last_name.valid(0));
  EXPECT_EQ(view.last_name[0], "");
  EXPECT_FALSE(view.birthdate.valid(0));
}

TEST_F(MysqlSourceTest, TextInAnyCharacterSet_ArrivesAsUtf8) {
  create(
      "(1, 'Jos\xc3\xa9 ''Pepe'' O\"B\\\\n', 'Nu\xc3\xb1"
      "ez', NULL), (2, '\xf0\x9f\x98\x80', 'x', NULL)",
      "id INT PRIMARY KEY, first_name VARCHAR(99) CHARACTER SET utf8mb4, last_name VARCHAR(99) CHARACTER SET latin1, "
      "birthdate DATE");
  const PersonsTable table = read();
  ASSERT_EQ(error_, "");
  EXPECT_EQ(table.view().first_name[0], "Jos\xc3\xa9 'Pepe' O\"B\\n");
  EXPECT_EQ(table.view().last_name[0],
            "Nu\xc3\xb1"
            "ez");
  EXPECT_EQ(table.view().first_name[1], "\xf0\x9f\x98\x80");
}

TEST_F(MysqlSourceTest, OptionalColumnsMissing_AreAbsent) {
  create("(1, 'a', 'b', '2000-01-01')");
  const PersonsTable table = read();
  ASSERT_EQ(error_, "");
  EXPECT_TRUE(table.view().middle_name.is_absent());
  EXPECT_TRUE(table.view().uuid.is_absent());
}

TEST_F(MysqlSourceTest, OptionalColumnWithoutRows_IsDeclared) {
  create("", "id INT, first_name TEXT, middle_name TEXT, last_name TEXT, birthdate DATE");
  const PersonsTable table = read();
  ASSERT_EQ(error_, "");
  EXPECT_FALSE(table.view().middle_name.is_absent());
  EXPECT_TRUE(table.view().uuid.is_absent());
}

TEST_F(MysqlSourceTest, RequiredColumnMissing_NamesItAndWhatWasFound) {
  create("", "id INT, first_name TEXT, surname TEXT, birthdate DATE");
  read();
  EXPECT_EQ(error_,
            "localhost/d/t: column 'last_name' is missing (found: id, first_name, surname, birthdate); add it or "
            "say which column is the last_name");
}

TEST_F(MysqlSourceTest, Mapping_FindsColumnsByOtherNamesInAnyCase) {
  create("(4, 'a', 'b', '2000-01-01', 'm')", "`Person``s Id` INT, given TEXT, surname TEXT, born DATE, second TEXT");
  MysqlSourceOptions options;
  options.columns.id = "person`s id";
  options.columns.first_name = "GIVEN";
  options.columns.last_name = "surname";
  options.columns.birthdate = "born";
  options.columns.middle_name = "second";
  const PersonsTable table = read(options);
  ASSERT_EQ(error_, "");
  EXPECT_EQ(table.view().id[0], 4);
  EXPECT_EQ(table.view().first_name[0], "a");
  EXPECT_EQ(table.view().middle_name[0], "m");

  options.columns.middle_name = "secnod";
  read(options);
  EXPECT_THAT(error_, HasSubstr("column 'secnod' is missing"));
  options.columns.middle_name = "";
  EXPECT_TRUE(read(options).view().middle_name.is_absent());
  EXPECT_EQ(error_, "");
}

TEST_F(MysqlSourceTest, UnfitColumnTypes_AreRefused) {
  create("", "id VARCHAR(9), first_name TEXT, last_name TEXT, birthdate DATE, uuid BINARY(16)");
  read();
  EXPECT_THAT(error_, HasSubstr("column 'id' is not of a whole-number type"));
  sql("ALTER TABLE t MODIFY id BIGINT");
  read();
  EXPECT_THAT(error_, HasSubstr("column 'uuid' holds bytes, not text"));
}

TEST_F(MysqlSourceTest, UuidType_IsReadAsText) {
  create("(1, 'a', 'b', NULL, '123e4567-e89b-12d3-a456-426655440000')",
         "id INT, first_name TEXT, last_name TEXT, birthdate DATE, uuid UUID");
  const PersonsTable table = read();
  ASSERT_EQ(error_, "");
  EXPECT_EQ(table.view().uuid[0], "123e4567-e89b-12d3-a456-426655440000");
}

TEST_F(MysqlSourceTest, IdWithoutSigned64BitValue_IsRefused) {
  create("(18446744073709551615, 'a', 'b', NULL)",
         "id BIGINT UNSIGNED, first_name TEXT, last_name TEXT, birthdate DATE");
  read();
  EXPECT_THAT(error_, HasSubstr("id '18446744073709551615' is not a signed 64-bit whole number"));
  sql("UPDATE t SET id = NULL");
  read();
  EXPECT_THAT(error_, HasSubstr("a row has no id (NULL)"));
}

TEST_F(MysqlSourceTest, DateTimeAndText_GiveTheirDate) {
  for (const char* type : {"DATETIME(3)", "TIMESTAMP", "VARCHAR(40)"}) {
    sql("DROP TABLE IF EXISTS t");
    create("(1, 'a', 'b', '1987-06-05 04:03:02')",
           fmt::format("id INT, first_name TEXT, last_name TEXT, birthdate {} NULL", type));
    const PersonsTable table = read();
    ASSERT_EQ(error_, "") << type;
    EXPECT_EQ(table.view().birthdate.days[0], matcher::parse_iso_date("1987-06-05")) << type;
  }
}

TEST_F(MysqlSourceTest, ZeroAndImpossibleDates_NameTheIdOrAreCounted) {
  sql("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
  create(
      "(1, 'a', 'b', '2000-01-01'), (7, 'c', 'd', '0000-00-00'), (8, 'e', 'f', '2001-02-31'), (9, 'g', 'h', "
      "'2001-00-00')");
  read();
  EXPECT_THAT(error_, HasSubstr("localhost/d/t: id 7: birthdate '0000-00-00' is not a calendar date"));
  MysqlSourceOptions lenient;
  lenient.on_bad_date = MysqlSourceOptions::OnBadDate::kSkip;
  const PersonsTable table = read(lenient);
  EXPECT_EQ(error_, "");
  EXPECT_EQ(table.view().row_count, 1U);
  EXPECT_EQ(table.view().first_name[0], "a");
  EXPECT_EQ(skipped_, 3U);
}

TEST_F(MysqlSourceTest, TextThatOnlyBeginsLikeADate_IsRefused) {
  create("(3, 'a', 'b', '2000-01-011')", "id INT, first_name TEXT, last_name TEXT, birthdate TEXT");
  read();
  EXPECT_THAT(error_, HasSubstr("id 3: birthdate '2000-01-011'"));
  sql("UPDATE t SET birthdate = ''");
  read();
  EXPECT_THAT(error_, HasSubstr("id 3: birthdate ''"));
}

TEST_F(MysqlSourceTest, TableMissing_IsAClearError) {
  read();
  EXPECT_THAT(error_, HasSubstr("localhost/d/t: cannot read: Table 'd.t' doesn't exist"));
}

}  // namespace
