// Persons into a table and back.
#include "matcher/mysql/persons_import.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <cstdio>

#include "matcher/io/csv_reader.hpp"
#include "matcher/mysql/mysql_source.hpp"
#include "tests/matcher/mysql/private_server.hpp"

namespace {

using matcher::MysqlSink;
using matcher::MysqlSource;
using matcher::PersonsTable;
using matcher::PersonsView;

class PersonsImportTest : public MysqlTest {
 protected:
  static void write(const PersonsView& persons) {
    auto sink = MysqlSink::open(endpoint(), kRoot, matcher::persons_table_options());
    ASSERT_TRUE(sink) << sink.error().message;
    const auto columns = matcher::person_columns(persons);
    ASSERT_TRUE((*sink)->begin(columns));
    const auto written = matcher::write_persons(persons, columns, **sink);
    ASSERT_TRUE(written) << written.error().message;
    const auto finished = (*sink)->finish();
    ASSERT_TRUE(finished) << finished.error().message;
  }
  static void read(PersonsTable& table) {
    auto source = MysqlSource::open(endpoint(), kRoot);
    ASSERT_TRUE(source) << source.error().message;
    const auto more = (*source)->read(table, 1000000);
    ASSERT_TRUE(more) << more.error().message;
  }
};

TEST_F(PersonsImportTest, CsvIntoATable_ReadsBackAsTheSamePersons) {
  const auto persons = matcher::parse_persons_csv(
      "id,uuid,first_name,last_name,birthdate,hh_id\n1,u1,Jos\xc3\xa9,O'Hara,1970-01-02,\n2,,,Lee,,H2\n", "people.csv");
  ASSERT_TRUE(persons) << persons.error().message;
  PersonsTable table;
  ASSERT_NO_FATAL_FAILURE(write(persons->view()));
  ASSERT_NO_FATAL_FAILURE(read(table));
  const PersonsView view = table.view();
  ASSERT_EQ(view.row_count, 2U);
  EXPECT_EQ(view.uuid[0], "u1");
  EXPECT_EQ(view.first_name[0], "Jos\xc3\xa9");
  EXPECT_EQ(view.last_name[0], "O'Hara");
  EXPECT_EQ(view.birthdate.days[0], 1);
  EXPECT_FALSE(view.hh_id.valid(0));
  EXPECT_FALSE(view.uuid.valid(1));
  EXPECT_FALSE(view.first_name.valid(1));
  EXPECT_FALSE(view.birthdate.valid(1));
  EXPECT_EQ(view.hh_id[1], "H2");
  EXPECT_TRUE(view.middle_name.is_absent());
  EXPECT_EQ(value("SELECT GROUP_CONCAT(column_type ORDER BY ordinal_position) FROM information_schema.columns WHERE "
                  "table_schema = 'd'"),
            "bigint(20),date,varchar(64),varchar(255),varchar(255),varchar(64)");
}

TEST_F(PersonsImportTest, HundredThousandRows_AreWrittenAndTimed) {
  PersonsTable persons;
  for (int i = 0; i < 100000; ++i) {
    persons.id.push_back(i);
    persons.first_name.append(fmt::format("First{}", i));
    persons.last_name.append(fmt::format("Last{}", i));
    persons.birthdate.append(i % 20000);
  }
  const auto start = std::chrono::steady_clock::now();
  ASSERT_NO_FATAL_FAILURE(write(persons.view()));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::printf("100,000 rows written in %.3f s\n", seconds.count());
  PersonsTable table;
  ASSERT_NO_FATAL_FAILURE(read(table));
  EXPECT_EQ(table.id, persons.id);
}

}  // namespace
