// Results into a table: every cell type back as it was, all or nothing, and nothing left behind.
#include "matcher/mysql/mysql_sink.hpp"

#include <gmock/gmock.h>

#include <array>
#include <limits>

#include "tests/matcher/mysql/private_server.hpp"

namespace {

using matcher::Cell;
using matcher::CellType;
using matcher::Column;
using matcher::ErrorKind;
using matcher::MysqlSink;
using matcher::MysqlSinkOptions;
using testing::HasSubstr;

Cell integer(std::int64_t value) {
  return {CellType::kInteger, value, 0.0, {}};
}
Cell text(std::string_view value) {
  return {CellType::kText, 0, 0.0, value};
}
Cell real(CellType type, double value) {
  return {type, 0, value, {}};
}

MysqlSinkOptions batches_of(std::size_t rows, MysqlSinkOptions::Transactions transactions) {
  MysqlSinkOptions options;
  options.batch_rows = rows;
  options.transactions = transactions;
  return options;
}

MysqlSinkOptions with_type(const std::string& column, const std::string& type) {
  MysqlSinkOptions options;
  options.column_types[column] = type;
  return options;
}

MysqlSinkOptions replacing(MysqlSinkOptions options = {}) {
  options.replace = true;
  return options;
}

class MysqlSinkTest : public MysqlTest {
 protected:
  std::unique_ptr<MysqlSink> open(const MysqlSinkOptions& options = {}) {
    auto sink = MysqlSink::open(endpoint(), kRoot, options);
    EXPECT_TRUE(sink) << sink.error().message;
    return sink ? std::move(*sink) : nullptr;
  }
  std::string tables() {
    return value("SELECT GROUP_CONCAT(table_name ORDER BY 1) FROM information_schema.tables WHERE table_schema = 'd'");
  }
  // One column n, with the numbers 0 to rows - 1.
  static void write_numbers(MysqlSink& sink, int rows) {
    for (int i = 0; i < rows; ++i) {
      const auto status = sink.write(std::array{integer(i)});
      ASSERT_TRUE(status) << status.error().message;
    }
  }
  const std::array<Column, 1> numbers_ = {{{"n", CellType::kInteger}}};
};

TEST_F(MysqlSinkTest, EveryCellType_ReadsBackAsItWas) {
  const std::array<Column, 6> columns = {{{"a`b", CellType::kInteger},
                                          {"txt", CellType::kText},
                                          {"p2", CellType::kPercent2},
                                          {"p6", CellType::kPercent6},
                                          {"f", CellType::kFloat},
                                          {"nothing", CellType::kNull}}};
  auto sink = open();
  ASSERT_TRUE(sink->begin(columns));
  const std::string odd("O'Br\xc3\xad\\en\n\"\0\xf0\x9f\x98\x80", 17);
  ASSERT_TRUE(sink->write(std::array{integer(std::numeric_limits<std::int64_t>::min()), text(odd),
                                     real(CellType::kPercent2, 100.0), real(CellType::kPercent6, 98.765432),
                                     real(CellType::kFloat, 0.96161616F), Cell{}}));
  ASSERT_TRUE(sink->write(std::array{Cell{}, Cell{}, Cell{}, Cell{}, Cell{}, Cell{}}));
  ASSERT_TRUE(sink->finish());
  EXPECT_EQ(value("SELECT `a``b` FROM t WHERE txt IS NOT NULL"), "-9223372036854775808");
  EXPECT_EQ(value("SELECT txt FROM t WHERE txt IS NOT NULL"), odd);
  EXPECT_EQ(value("SELECT p2 FROM t WHERE txt IS NOT NULL"), "100.00");
  EXPECT_EQ(value("SELECT p6 FROM t WHERE txt IS NOT NULL"), "98.765432");
  EXPECT_EQ(std::stod(value("SELECT CAST(f AS DOUBLE) FROM t WHERE txt IS NOT NULL")),
            static_cast<double>(0.96161616F));
  EXPECT_EQ(
      value("SELECT COUNT(*) FROM t WHERE `a``b` IS NULL AND txt IS NULL AND p2 IS NULL AND p6 IS NULL AND f IS NULL"),
      "1");
  EXPECT_EQ(value("SELECT GROUP_CONCAT(column_type ORDER BY ordinal_position) FROM information_schema.columns WHERE "
                  "table_schema = 'd'"),
            "bigint(20),text,decimal(5,2),decimal(9,6),float,text");
}

TEST_F(MysqlSinkTest, BeforeFinish_NothingIsUnderTheFinalName) {
  auto sink = open();
  ASSERT_TRUE(sink->begin(numbers_));
  write_numbers(*sink, 5000);
  EXPECT_THAT(tables(), testing::StartsWith("t__tmp_"));
  ASSERT_TRUE(sink->finish());
  EXPECT_EQ(tables(), "t");
}

TEST_F(MysqlSinkTest, RowsAroundBatchBorders_AllArrive) {
  for (const auto transactions : {MysqlSinkOptions::Transactions::kPerBatch, MysqlSinkOptions::Transactions::kOne}) {
    for (const int rows : {0, 1, 4, 5, 6, 10, 11}) {
      auto sink = open(replacing(batches_of(5, transactions)));
      ASSERT_TRUE(sink->begin(numbers_));
      write_numbers(*sink, rows);
      ASSERT_TRUE(sink->finish());
      EXPECT_EQ(value("SELECT COUNT(*) FROM t"), std::to_string(rows));
      EXPECT_EQ(value("SELECT COALESCE(SUM(n), 0) FROM t"), std::to_string(rows * (rows - 1) / 2));
      EXPECT_EQ(tables(), "t");
    }
  }
}

TEST_F(MysqlSinkTest, Batch_IsOneInsertOfAtMostSoManyRows) {
  const char* inserts =
      "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'COM_INSERT'";
  const int before = std::stoi(value(inserts));
  auto sink = open(batches_of(5, MysqlSinkOptions::Transactions::kPerBatch));
  ASSERT_TRUE(sink->begin(numbers_));
  write_numbers(*sink, 11);
  ASSERT_TRUE(sink->finish());
  EXPECT_EQ(std::stoi(value(inserts)), before + 3);
}

TEST_F(MysqlSinkTest, LargeTexts_StayBelowThePacketLimit) {
  auto sink = open(with_type("x", "LONGTEXT"));
  ASSERT_TRUE(sink->begin(std::array{Column{"x", CellType::kText}}));
  const std::string large(200000, '\'');  // 400,000 bytes escaped; a packet of this server has 1 MiB
  for (int i = 0; i < 9; ++i) ASSERT_TRUE(sink->write(std::array{text(large)}));
  const auto status = sink->write(std::array{text(std::string(600000, 'x'))});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::kBadInput);
  EXPECT_THAT(status.error().message, HasSubstr("max_allowed_packet"));
  sink = open(with_type("x", "LONGTEXT"));
  ASSERT_TRUE(sink->begin(std::array{Column{"x", CellType::kText}}));
  for (int i = 0; i < 9; ++i) ASSERT_TRUE(sink->write(std::array{text(large)}));
  ASSERT_TRUE(sink->finish());
  EXPECT_EQ(value("SELECT SUM(LENGTH(x)) FROM t"), "1800000");
}

TEST_F(MysqlSinkTest, SinkThatDies_LeavesNothingBehind) {
  for (const auto transactions : {MysqlSinkOptions::Transactions::kPerBatch, MysqlSinkOptions::Transactions::kOne}) {
    auto sink = open(batches_of(5, transactions));
    ASSERT_TRUE(sink->begin(numbers_));
    write_numbers(*sink, 12);
    sink.reset();
    EXPECT_EQ(tables(), "NULL");
  }
}

TEST_F(MysqlSinkTest, ConnectionLost_LeavesNothingBehindEither) {
  auto sink = open(batches_of(5, MysqlSinkOptions::Transactions::kOne));
  ASSERT_TRUE(sink->begin(numbers_));
  write_numbers(*sink, 12);
  const std::string name = tables();
  sql("KILL " + name.substr(name.rfind('_') + 1));
  const auto status = sink->finish();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::kInternal);
  sink.reset();
  EXPECT_EQ(tables(), "NULL");
}

TEST_F(MysqlSinkTest, ValueThatDoesNotFit_IsAnErrorAndLeavesNothing) {
  const auto error_of = [&](const Column& column, const Cell& cell) {
    sql("DROP TABLE IF EXISTS t");
    auto sink = open(with_type("d", "DATE"));
    EXPECT_TRUE(sink->begin(std::array{column}));
    const auto written = sink->write(std::array{cell});
    if (!written) return written.error().message;
    const auto finished = sink->finish();
    return finished ? std::string("no error") : finished.error().message;
  };
  EXPECT_THAT(error_of({"p", CellType::kPercent2}, real(CellType::kPercent2, 1000.0)), HasSubstr("Out of range"));
  EXPECT_THAT(error_of({"p", CellType::kFloat}, real(CellType::kFloat, std::numeric_limits<double>::quiet_NaN())),
              HasSubstr("column 'p': nan is not a number"));
  EXPECT_THAT(error_of({"x", CellType::kText}, text("caf\xe9")), HasSubstr("Incorrect string value"));
  EXPECT_THAT(error_of({"x", CellType::kText}, text(std::string(65536, 'x'))), HasSubstr("Data too long"));
  EXPECT_THAT(error_of({"d", CellType::kText}, text("2001-02-29")), HasSubstr("Incorrect date value"));
  EXPECT_EQ(tables(), "NULL");
}

TEST_F(MysqlSinkTest, TableThatExists_IsRefusedAndStays) {
  sql("CREATE TABLE t AS SELECT 'kept' AS x");
  const auto status = open()->begin(numbers_);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::kBadInput);
  EXPECT_EQ(status.error().message, "localhost/d/t: the table exists; choose another name or allow it to be replaced");
  EXPECT_EQ(value("SELECT x FROM t"), "kept");
}

TEST_F(MysqlSinkTest, TableThatAppearsMeanwhile_IsNotOverwritten) {
  auto sink = open();
  ASSERT_TRUE(sink->begin(numbers_));
  sql("CREATE TABLE t AS SELECT 'kept' AS x");
  const auto status = sink->finish();
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("already exists"));
  sink.reset();
  EXPECT_EQ(tables(), "t");
  EXPECT_EQ(value("SELECT x FROM t"), "kept");
}

TEST_F(MysqlSinkTest, Replace_SwapsAtFinishOnly) {
  sql("CREATE TABLE t AS SELECT 'old' AS x");
  auto sink = open(replacing());
  ASSERT_TRUE(sink->begin(numbers_));
  write_numbers(*sink, 3);
  EXPECT_EQ(value("SELECT x FROM t"), "old");
  ASSERT_TRUE(sink->finish());
  EXPECT_EQ(value("SELECT COUNT(*) FROM t"), "3");
  EXPECT_EQ(tables(), "t");
}

TEST_F(MysqlSinkTest, ViewOfThatName_IsNeverReplaced) {
  sql("CREATE VIEW t AS SELECT 1 AS x");
  EXPECT_THAT(open(replacing())->begin(numbers_).error().message, HasSubstr("not as a table (VIEW)"));
}

TEST_F(MysqlSinkTest, LongTableName_LeavesRoomForTheSuffix) {
  auto address = endpoint(std::string(63, 'n') + "\xc3\xa9");
  for (int run = 0; run < 2; ++run) {
    auto sink = MysqlSink::open(address, kRoot, replacing());
    ASSERT_TRUE(sink);
    ASSERT_TRUE((*sink)->begin(numbers_));
    const auto status = (*sink)->finish();
    ASSERT_TRUE(status) << status.error().message;
  }
  EXPECT_EQ(tables(), std::string(63, 'n') + "\xc3\xa9");
}

TEST_F(MysqlSinkTest, WithAPublication_AppearsWithIt) {
  matcher::Publication outputs;
  MysqlSinkOptions options;
  options.publication = &outputs;
  auto sink = open(options);
  ASSERT_TRUE(sink->begin(numbers_));
  write_numbers(*sink, 3);
  ASSERT_TRUE(sink->finish());
  EXPECT_THAT(tables(), testing::StartsWith("t__tmp_"));
  ASSERT_TRUE(outputs.publish());
  EXPECT_EQ(tables(), "t");
}

TEST_F(MysqlSinkTest, Cancelled_LeavesNoTable) {
  bool cancelled = false;
  MysqlSinkOptions options;
  options.connect.is_cancelled = [&] { return cancelled; };
  auto sink = open(options);
  ASSERT_TRUE(sink->begin(numbers_));
  write_numbers(*sink, 3000);
  cancelled = true;
  const auto status = sink->finish();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::kCancelled);
  sink.reset();
  EXPECT_EQ(tables(), "NULL");
}

}  // namespace
