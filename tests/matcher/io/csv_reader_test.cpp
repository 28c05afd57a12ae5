// Persons from CSV: columns by name, nulls, and one clear line for every kind of bad input.
#include "matcher/io/csv_reader.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "matcher/model/date.hpp"

namespace {

using matcher::ErrorKind;
using matcher::parse_persons_csv;
using matcher::PersonsTable;
using matcher::PersonsView;
using matcher::read_persons_csv;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kHeader = "id,first_name,last_name,birthdate\n";

std::string error_of(std::string_view text) {
  const auto table = parse_persons_csv(text, "people.csv");
  if (table) return "no error";
  EXPECT_EQ(table.error().kind, ErrorKind::kBadInput);
  EXPECT_THAT(table.error().message, Not(HasSubstr("\n")));
  return table.error().message;
}

TEST(ReadPersonsCsv, ColumnsInAnyOrder_AreFoundByName) {
  const auto table = parse_persons_csv(
      "birthdate,extra,last_name,hh_id,id,first_name,uuid,middle_name\n"
      "1970-01-02,x,Lovelace,H1,-5,Ada,u1,King\n",
      "people.csv");
  ASSERT_TRUE(table) << table.error().message;
  const PersonsView view = table->view();
  ASSERT_EQ(view.row_count, 1U);
  EXPECT_EQ(view.id[0], -5);
  EXPECT_EQ(view.uuid[0], "u1");
  EXPECT_EQ(view.first_name[0], "Ada");
  EXPECT_EQ(view.middle_name[0], "King");
  EXPECT_EQ(view.last_name[0], "Lovelace");
  EXPECT_EQ(view.hh_id[0], "H1");
  EXPECT_EQ(view.birthdate.days[0], 1);
}

TEST(ReadPersonsCsv, EmptyField_IsNull) {
  const auto table = parse_persons_csv("id,first_name,middle_name,last_name,birthdate\n1,,\"\",,\n", "people.csv");
  ASSERT_TRUE(table) << table.error().message;
  const PersonsView view = table->view();
  EXPECT_FALSE(view.first_name.valid(0));
  EXPECT_FALSE(view.middle_name.valid(0));
  EXPECT_FALSE(view.last_name.valid(0));
  EXPECT_FALSE(view.birthdate.valid(0));
}

TEST(ReadPersonsCsv, OptionalColumnMissing_IsAbsent) {
  const auto table = parse_persons_csv(std::string(kHeader) + "1,a,b,2000-01-01\n", "people.csv");
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_FALSE(table->view().middle_name.valid(0));
}

TEST(ReadPersonsCsv, HeaderOnly_IsATableWithoutRows) {
  const auto table = parse_persons_csv(kHeader, "people.csv");
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ(table->view().row_count, 0U);
}

TEST(ReadPersonsCsv, EmptyFile_SaysWhatBelongsThere) {
  EXPECT_EQ(error_of(""), "people.csv: the file is empty; its first line must name the columns");
}

TEST(ReadPersonsCsv, ColumnMissing_NamesItAndWhatWasFound) {
  EXPECT_EQ(error_of("id,first_name,surname,birthdate\n"),
            "people.csv:1: column 'last_name' is missing (found: id, first_name, surname, birthdate); add it to the "
            "header, or say which column it is (--map)");
}

TEST(ReadPersonsCsv, HeaderNamedTwice_IsRefused) {
  EXPECT_EQ(error_of("id,first_name,last_name,birthdate,id\n"),
            "people.csv:1: column 'id' appears twice; rename or remove one");
}

TEST(ReadPersonsCsv, RaggedRow_NamesLineAndCounts) {
  EXPECT_THAT(error_of(std::string(kHeader) + "1,a,b,2000-01-01\n2,a,b\n"),
              HasSubstr("people.csv:3: the row has 3 fields, the header has 4"));
  EXPECT_THAT(error_of(std::string(kHeader) + "1,a,b,c,2000-01-01\n"), HasSubstr("people.csv:2: the row has 5 fields"));
}

TEST(ReadPersonsCsv, BadId_NamesLineAndValue) {
  for (const std::string id : {"x", "", "1.5", "9223372036854775808", " 1", "+1"}) {
    EXPECT_THAT(error_of(fmt::format("{}{},a,b,2000-01-01\n", kHeader, id)),
                HasSubstr(fmt::format("people.csv:2: id '{}' is not a 64-bit whole number", id)));
  }
}

TEST(ReadPersonsCsv, BadDate_NamesLineAndValue) {
  EXPECT_THAT(error_of(std::string(kHeader) + "\n1,a,b,2001-02-29\n"),
              AllOf(HasSubstr("people.csv:3: birthdate '2001-02-29' is not a calendar date"), HasSubstr("yyyy-mm-dd")));
}

TEST(ReadPersonsCsv, FileMissing_NamesThePath) {
  const auto table = read_persons_csv("no/such/people.csv");
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().kind, ErrorKind::kBadInput);
  EXPECT_THAT(table.error().message, HasSubstr("no/such/people.csv: cannot open the file: No such file or directory"));
}

TEST(ReadPersonsCsv, Folder_IsRefused) {
  const auto table = read_persons_csv(testing::TempDir());
  ASSERT_FALSE(table);
  EXPECT_THAT(table.error().message, HasSubstr("is a folder"));
}

TEST(ReadPersonsCsv, DeviceWithoutContent_IsAnEmptyFile) {
  const auto table = read_persons_csv("/dev/null");
  ASSERT_FALSE(table);
  EXPECT_THAT(table.error().message, HasSubstr("the file is empty"));
}

TEST(ReadPersonsCsv, ManyRows_KeepOrderAndValues) {
  const auto path = std::filesystem::path(testing::TempDir()) / "many_persons.csv";
  {
    std::ofstream file(path);
    file << "id,first_name,middle_name,last_name,birthdate\r\n";
    for (int row = 0; row < 3000; ++row) {
      fmt::print(file, "{},F{},{},L{},{}\r\n", 3 * row, row, row % 2 == 0 ? "" : "\"M, x\"", row,
                 matcher::format_iso_date(row));
    }
  }
  const auto table = read_persons_csv(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(table) << table.error().message;
  const PersonsView view = table->view();
  ASSERT_EQ(view.row_count, 3000U);
  for (std::size_t row = 0; row < 3000; ++row) {
    ASSERT_EQ(view.id[row], static_cast<std::int64_t>(3 * row));
    ASSERT_EQ(view.first_name[row], fmt::format("F{}", row));
    ASSERT_EQ(view.middle_name.text_or_empty(row), row % 2 == 0 ? "" : "M, x");
    ASSERT_EQ(view.last_name[row], fmt::format("L{}", row));
    ASSERT_EQ(view.birthdate.days[row], static_cast<std::int32_t>(row));
  }
}

}  // namespace
