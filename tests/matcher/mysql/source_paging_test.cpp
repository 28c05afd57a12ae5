// Pages: every row once whatever the borders, and ids that are there twice.
#include <gmock/gmock.h>

#include <chrono>
#include <cstdio>
#include <thread>

#include "matcher/mysql/mysql_source.hpp"
#include "tests/matcher/mysql/private_server.hpp"

namespace {

using matcher::MysqlSource;
using matcher::PersonsTable;
using testing::HasSubstr;

constexpr const char* kColumns = "(id BIGINT, first_name VARCHAR(50), last_name VARCHAR(50), birthdate DATE)";

matcher::MysqlSourceOptions pages_of(std::size_t rows) {
  matcher::MysqlSourceOptions options;
  options.page_rows = rows;
  return options;
}

// ids 3, 6, 9 ...
std::string insert_rows(int rows, std::string_view name = "F") {
  return fmt::format("INSERT INTO t SELECT 3 * seq, CONCAT('{}', seq), 'L', '2000-01-01' FROM seq_1_to_{}", name, rows);
}

class SourcePagingTest : public MysqlTest {
 protected:
  void SetUp() override {
    MysqlTest::SetUp();
    if (!IsSkipped()) sql(fmt::format("CREATE TABLE t {}", kColumns));
  }
  static std::unique_ptr<MysqlSource> open(std::size_t page_rows) {
    auto source = MysqlSource::open(endpoint(), kRoot, pages_of(page_rows));
    EXPECT_TRUE(source) << source.error().message;
    return source ? std::move(*source) : nullptr;
  }
};

TEST_F(SourcePagingTest, RowsAroundPageBorders_AreReadOnceInOrder) {
  for (const int rows : {0, 1, 3, 4, 5, 7, 8, 9}) {
    sql("TRUNCATE TABLE t");
    if (rows > 0) sql(insert_rows(rows));
    for (const std::size_t page_rows : {1U, 4U, 100U}) {
      for (const std::size_t max_rows : {1U, 4U, 6U, 100U}) {
        auto source = open(page_rows);
        PersonsTable table;
        std::size_t before = 0;
        while (true) {
          const auto more = source->read(table, max_rows);
          ASSERT_TRUE(more) << more.error().message;
          EXPECT_LE(table.id.size() - before, max_rows);
          before = table.id.size();
          if (!*more) break;
        }
        ASSERT_EQ(table.id.size(), static_cast<std::size_t>(rows)) << page_rows << " " << max_rows;
        for (std::size_t i = 0; i < table.id.size(); ++i) EXPECT_EQ(table.id[i], static_cast<std::int64_t>(3 * i + 3));
        const auto again = source->read(table, max_rows);
        EXPECT_TRUE(again && !*again);
      }
    }
  }
}

TEST_F(SourcePagingTest, IdsThereTwice_AreNamedAlsoAcrossPages) {
  sql(insert_rows(9));
  sql("INSERT INTO t VALUES (12, 'twin', 'L', NULL)");  // the fourth row
  for (const std::size_t page_rows : {1U, 2U, 3U, 4U, 5U, 100U}) {
    auto source = open(page_rows);
    PersonsTable table;
    const auto more = source->read(table, 1000);
    ASSERT_FALSE(more) << page_rows;
    EXPECT_EQ(more.error().message, "localhost/d/t: id 12 is there twice; ids have to be unique");
  }
}

TEST_F(SourcePagingTest, ErrorInTheMiddleOfAPage_IsNotTheEndOfTheTable) {
  sql("ALTER TABLE t ADD PRIMARY KEY (id)");
  sql(insert_rows(9));
  sql("CREATE FUNCTION f(id INT) RETURNS VARCHAR(9) NO SQL IF id > 12 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = "
      "'disk on fire'; ELSE RETURN 'x'; END IF");
  sql("RENAME TABLE t TO base");
  sql("CREATE VIEW t AS SELECT id, f(id) AS first_name, last_name, birthdate FROM base");
  auto source = open(100);
  PersonsTable table;
  const auto more = source->read(table, 1000);
  ASSERT_FALSE(more);
  EXPECT_THAT(more.error().message, HasSubstr("disk on fire"));
  EXPECT_THAT(more.error().message, HasSubstr("the last id read is 12"));
}

TEST_F(SourcePagingTest, TwoServersAtOnceBySocketAndTcp_AreReadByTwoThreads) {
  sql(insert_rows(2000, "left"));
  PrivateServer right(PrivateServer::Reach::kSocketAndTcp);
  ASSERT_TRUE(right.is_running());
  {
    auto connection = matcher::MysqlConnection::open(right.endpoint("user"), kRoot);
    ASSERT_TRUE(connection) << connection.error().message;
    for (const std::string& statement : {std::string("CREATE DATABASE d"), std::string("USE d"),
                                         fmt::format("CREATE TABLE t {}", kColumns), insert_rows(3000, "right")}) {
      ASSERT_TRUE(connection->execute(statement)) << statement;
    }
  }
  PersonsTable tables[2];
  const auto tcp = matcher::parse_mysql_url(fmt::format("mysql://localhost:{}/d/t", right.port()));
  ASSERT_TRUE(tcp) << tcp.error().message;
  const matcher::MysqlEndpoint endpoints[2] = {endpoint(), *tcp};
  const auto read = [&](int side) {
    auto source = MysqlSource::open(endpoints[side], kRoot, pages_of(100));
    ASSERT_TRUE(source) << source.error().message;
    while (true) {
      const auto more = (*source)->read(tables[side], 250);
      ASSERT_TRUE(more) << more.error().message;
      if (!*more) break;
    }
  };
  std::thread left_thread(read, 0);
  std::thread right_thread(read, 1);
  left_thread.join();
  right_thread.join();
  ASSERT_EQ(tables[0].id.size(), 2000U);
  ASSERT_EQ(tables[1].id.size(), 3000U);
  EXPECT_EQ(tables[0].view().first_name[1999], "left2000");
  EXPECT_EQ(tables[1].view().first_name[1999], "right2000");
}

TEST_F(SourcePagingTest, HundredThousandRows_AreReadAndTimed) {
  sql("ALTER TABLE t ADD PRIMARY KEY (id)");
  sql(insert_rows(100000));
  const auto start = std::chrono::steady_clock::now();
  auto source = open(50000);
  PersonsTable table;
  const auto more = source->read(table, 1000000);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  ASSERT_TRUE(more) << more.error().message;
  EXPECT_EQ(table.id.size(), 100000U);
  std::printf("100,000 rows read in %.3f s\n", seconds.count());
}

}  // namespace
