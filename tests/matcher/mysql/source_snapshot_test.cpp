// A table that changes, and a server that dies, in the middle of a pass.
#include <gmock/gmock.h>

#include "matcher/mysql/mysql_source.hpp"
#include "tests/matcher/mysql/private_server.hpp"

namespace {

using matcher::ErrorKind;
using matcher::MysqlSource;
using matcher::PersonsTable;
using testing::ElementsAre;
using testing::HasSubstr;

matcher::MysqlSourceOptions pages_of(std::size_t rows) {
  matcher::MysqlSourceOptions options;
  options.page_rows = rows;
  return options;
}

class SourceSnapshotTest : public MysqlTest {
 protected:
  void create(std::string_view engine) {
    sql(fmt::format("CREATE TABLE t (id INT PRIMARY KEY, first_name TEXT, last_name TEXT, birthdate DATE) ENGINE={}",
                    engine));
    sql("INSERT INTO t SELECT 10 * seq, 'old', 'L', NULL FROM seq_1_to_6");
  }
  // Before and behind where a reader of the first two rows stands, and that place itself.
  void change() {
    sql("DELETE FROM t WHERE id IN (10, 20, 40)");
    sql("INSERT INTO t VALUES (5, 'new', 'L', NULL), (25, 'new', 'L', NULL), (70, 'new', 'L', NULL)");
    sql("UPDATE t SET first_name = 'new' WHERE id = 50");
  }
  static std::unique_ptr<MysqlSource> open() {
    auto source = MysqlSource::open(endpoint(), kRoot, pages_of(2));
    EXPECT_TRUE(source) << source.error().message;
    return source ? std::move(*source) : nullptr;
  }
};

TEST_F(SourceSnapshotTest, InnoDbTableThatChanges_IsReadAsItWasAtTheStart) {
  create("InnoDB");
  auto source = open();
  PersonsTable table;
  ASSERT_TRUE(source->read(table, 2));
  change();
  ASSERT_TRUE(source->read(table, 100));
  EXPECT_THAT(table.id, ElementsAre(10, 20, 30, 40, 50, 60));
  EXPECT_EQ(table.view().first_name[4], "old");
}

TEST_F(SourceSnapshotTest, ChangeBetweenOpenAndFirstRead_IsNotSeen) {
  create("InnoDB");
  auto source = open();
  change();
  PersonsTable table;
  ASSERT_TRUE(source->read(table, 100));
  EXPECT_THAT(table.id, ElementsAre(10, 20, 30, 40, 50, 60));
}

TEST_F(SourceSnapshotTest, TableWithoutSnapshots_LosesNoRowThatStays) {
  create("MyISAM");
  auto source = open();
  PersonsTable table;
  ASSERT_TRUE(source->read(table, 2));
  change();
  ASSERT_TRUE(source->read(table, 1));
  EXPECT_THAT(table.id, ElementsAre(10, 20, 25)) << "no more than one row, though the last one read is gone";
  ASSERT_TRUE(source->read(table, 100));
  EXPECT_THAT(table.id, ElementsAre(10, 20, 25, 30, 50, 60, 70));
}

TEST_F(SourceSnapshotTest, PassThatIsOver_HoldsNoLock) {
  create("InnoDB");
  auto source = open();
  PersonsTable table;
  ASSERT_TRUE(source->read(table, 100));
  sql("SET SESSION lock_wait_timeout = 1");
  sql("DROP TABLE t");
}

TEST_F(SourceSnapshotTest, ServerKilledInTheMiddle_IsAnErrorWithTheLastId) {
  PrivateServer mortal;
  ASSERT_TRUE(mortal.is_running());
  {
    auto connection = matcher::MysqlConnection::open(mortal.endpoint("user"), kRoot);
    ASSERT_TRUE(connection) << connection.error().message;
    for (const char* statement :
         {"CREATE DATABASE d", "CREATE TABLE d.t (id INT PRIMARY KEY, first_name TEXT, last_name TEXT, birthdate DATE)",
          "INSERT INTO d.t SELECT 10 * seq, 'x', 'L', NULL FROM seq_1_to_6"}) {
      ASSERT_TRUE(connection->execute(statement)) << statement;
    }
  }
  auto source = MysqlSource::open(mortal.endpoint("t", "d"), kRoot, pages_of(2));
  ASSERT_TRUE(source) << source.error().message;
  PersonsTable table;
  ASSERT_TRUE((*source)->read(table, 4));
  mortal.kill();
  const auto more = (*source)->read(table, 100);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().kind, ErrorKind::kInternal);
  EXPECT_THAT(more.error().message, HasSubstr("localhost/d/t: "));
  EXPECT_THAT(more.error().message, HasSubstr("; the last id read is 40; read the table again from its start"));
}

TEST_F(SourceSnapshotTest, ConnectionKilledByAnAdministrator_IsTheSameError) {
  create("InnoDB");
  auto source = open();
  PersonsTable table;
  ASSERT_TRUE(source->read(table, 2));
  sql(fmt::format("KILL {}", value("SELECT MAX(id) FROM information_schema.processlist WHERE db = 'd' AND id <> "
                                   "CONNECTION_ID()")));
  const auto more = source->read(table, 100);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().kind, ErrorKind::kInternal);
  EXPECT_THAT(more.error().message, HasSubstr("the last id read is 20"));
}

}  // namespace
