// Collects rows into multi-row INSERT statements.
#include "matcher/mysql/mysql_sink.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <utility>

#include "matcher/io/csv_records.hpp"

namespace matcher {
namespace {

constexpr std::size_t kMostNameBytes = 64;                      // characters, the server says; bytes are never fewer
constexpr std::size_t kMostBatchBytes = std::size_t{4} << 20U;  // larger statements are not faster
constexpr std::size_t kSmallestPacket = 1024;                   // the least that max_allowed_packet can be

const char* sql_type(CellType type) {
  switch (type) {
    case CellType::kInteger:
      return "BIGINT";
    case CellType::kPercent2:
      return "DECIMAL(5,2)";
    case CellType::kPercent6:
      return "DECIMAL(9,6)";
    case CellType::kFloat:
      return "FLOAT";
    case CellType::kNull:
    case CellType::kText:
      break;
  }
  return "TEXT";
}

// `name` with the suffix, cut between two UTF-8 characters so that both fit into a table name.
std::string suffixed(std::string name, const std::string& suffix) {
  std::size_t bytes = std::min(name.size(), kMostNameBytes - suffix.size());
  while (bytes > 0 && bytes < name.size() && (static_cast<unsigned char>(name[bytes]) & 0xc0U) == 0x80U) --bytes;
  name.resize(bytes);
  return name + suffix;
}

}  // namespace

Result<std::unique_ptr<MysqlSink>> MysqlSink::open(const MysqlEndpoint& endpoint, const MysqlCredentials& credentials,
                                                   MysqlSinkOptions options) {
  auto connection = MysqlConnection::open(endpoint, credentials, options.connect);
  if (!connection) return hand_on(connection);
  std::unique_ptr<MysqlSink> sink(new MysqlSink(std::move(*connection), endpoint, credentials, std::move(options)));
  if (auto status = sink->prepare_session(); !status) return hand_on(status);
  return sink;
}

MysqlSink::MysqlSink(MysqlConnection connection, MysqlEndpoint endpoint, MysqlCredentials credentials,
                     MysqlSinkOptions options)
    : connection_(std::move(connection)),
      endpoint_(std::move(endpoint)),
      credentials_(std::move(credentials)),
      options_(std::move(options)),
      temporary_name_(suffixed(endpoint_.table, fmt::format("__tmp_{}_{}", ::getpid(), connection_.id()))) {
  options_.batch_rows = std::max<std::size_t>(options_.batch_rows, 1);
}

MysqlSink::~MysqlSink() {
  if (has_temporary_) drop_temporary();
}

Status MysqlSink::prepare_session() {
  // Strict: nothing is cut off or rounded to fit. A minute for a lock: better an error than a program that hangs.
  for (const char* sql : {"SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE'",
                          "SET SESSION lock_wait_timeout = 60"}) {
    if (auto status = connection_.execute(sql); !status) return status;
  }
  auto packet = connection_.query_value("SELECT @@SESSION.max_allowed_packet");
  if (!packet) return hand_on(packet);
  std::size_t bytes = kSmallestPacket;
  if (*packet) std::from_chars((*packet)->data(), (*packet)->data() + (*packet)->size(), bytes);
  most_batch_bytes_ = std::min(bytes / 2, kMostBatchBytes);  // half: the statement around it, and doubt
  return {};
}

Status MysqlSink::begin(std::span<const Column> columns) {
  if (auto status = check_final_name(); !status) return status;
  for (const Column& column : columns) column_names_.push_back(column.name);
  if (auto status = connection_.execute(create_statement(columns)); !status) return status;
  has_temporary_ = true;
  if (options_.transactions == MysqlSinkOptions::Transactions::kOne) return connection_.execute("SET autocommit = 0");
  return {};
}

Status MysqlSink::write(std::span<const Cell> row) {
  row_ = "(";
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) row_ += ',';
    if (auto status = append_cell(i, row[i]); !status) return status;
  }
  row_ += ')';
  if (row_.size() > most_batch_bytes_) {
    return fail(ErrorKind::kBadInput,
                "{}: a row of {} bytes is more than one statement takes here ({}); raise the "
                "server's max_allowed_packet",
                endpoint_.display_name(), row_.size(), most_batch_bytes_);
  }
  if (rows_in_batch_ == options_.batch_rows || batch_.size() + 1 + row_.size() > most_batch_bytes_) {
    if (auto status = flush(); !status) return status;
  }
  if (rows_in_batch_++ > 0) batch_ += ',';
  batch_ += row_;
  return {};
}

Status MysqlSink::finish() {
  if (auto status = flush(); !status) return status;
  if (options_.transactions == MysqlSinkOptions::Transactions::kOne) {
    if (auto status = connection_.execute("COMMIT"); !status) return status;
  }
  if (options_.publication == nullptr) return appear();
  options_.publication->add(endpoint_.display_name(), [this] { return appear(); });
  return {};
}

Status MysqlSink::appear() {
  auto exists = table_exists();
  if (!exists) return hand_on(exists);
  if (*exists && options_.replace) {
    return rename_over_old(suffixed(endpoint_.table, fmt::format("__old_{}_{}", ::getpid(), connection_.id())));
  }
  auto status = connection_.execute(
      fmt::format("RENAME TABLE {} TO {}", quoted_in_database(temporary_name_), endpoint_.quoted_table()));
  has_temporary_ = !status;
  return status;
}

Status MysqlSink::rename_over_old(const std::string& old_name) {
  const std::string final_name = endpoint_.quoted_table();
  const std::string old_table = quoted_in_database(old_name);
  auto status = connection_.execute(fmt::format("RENAME TABLE {} TO {}, {} TO {}", final_name, old_table,
                                                quoted_in_database(temporary_name_), final_name));
  if (!status) return status;
  has_temporary_ = false;
  status = connection_.execute("DROP TABLE " + old_table);
  if (!status) {
    status.error().message += fmt::format("; the new table is in place, drop the old one, now {}, by hand", old_table);
  }
  return status;
}

Result<bool> MysqlSink::table_exists() {
  std::string sql = "SELECT table_type FROM information_schema.tables WHERE table_schema = ";
  connection_.append_quoted(sql, endpoint_.database);
  sql += " AND table_name = ";
  connection_.append_quoted(sql, endpoint_.table);
  auto type = connection_.query_value(sql);
  if (!type) return hand_on(type);
  if (*type && **type != "BASE TABLE") {
    return fail(ErrorKind::kBadInput, "{}: is there, but not as a table ({}); choose another name",
                endpoint_.display_name(), **type);
  }
  return type->has_value();
}

Status MysqlSink::check_final_name() {
  auto exists = table_exists();
  if (!exists) return hand_on(exists);
  if (!*exists || options_.replace) return {};
  return fail(ErrorKind::kBadInput, "{}: the table exists; choose another name or allow it to be replaced",
              endpoint_.display_name());
}

std::string MysqlSink::create_statement(std::span<const Column> columns) const {
  std::string sql = fmt::format("CREATE TABLE {} (", quoted_in_database(temporary_name_));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto given = options_.column_types.find(columns[i].name);
    fmt::format_to(std::back_inserter(sql), "{}{} {}", i == 0 ? "" : ", ", quoted_identifier(columns[i].name),
                   given == options_.column_types.end() ? sql_type(columns[i].type) : given->second);
  }
  if (!options_.primary_key.empty()) sql += ", PRIMARY KEY (" + quoted_identifier(options_.primary_key) + ")";
  return sql + ") DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
}

Status MysqlSink::append_cell(std::size_t column, const Cell& cell) {
  const auto out = std::back_inserter(row_);
  const bool is_real =
      cell.type == CellType::kPercent2 || cell.type == CellType::kPercent6 || cell.type == CellType::kFloat;
  if (is_real && !std::isfinite(cell.real)) {
    return fail(ErrorKind::kBadInput, "{}: column '{}': {} is not a number that a table can hold",
                endpoint_.display_name(), printable(column_names_[column]), cell.real);
  }
  switch (cell.type) {
    case CellType::kNull:
      row_ += "NULL";
      break;
    case CellType::kInteger:
      fmt::format_to(out, "{}", cell.integer);
      break;
    case CellType::kText:
      connection_.append_quoted(row_, cell.text);
      break;
    case CellType::kPercent2:
      fmt::format_to(out, "{:.2f}", cell.real);
      break;
    case CellType::kPercent6:
      fmt::format_to(out, "{:.6f}", cell.real);
      break;
    // The digits of the float as a double: the server reads a double and rounds it to float, here without loss.
    case CellType::kFloat:
      fmt::format_to(out, "{}", static_cast<double>(static_cast<float>(cell.real)));
      break;
  }
  return {};
}

Status MysqlSink::flush() {
  if (rows_in_batch_ == 0) return {};
  const std::string sql = fmt::format("INSERT INTO {} VALUES {}", quoted_in_database(temporary_name_), batch_);
  batch_.clear();
  rows_in_batch_ = 0;
  return connection_.execute(sql);
}

std::string MysqlSink::quoted_in_database(const std::string& table) const {
  return quoted_identifier(endpoint_.database) + "." + quoted_identifier(table);
}

// Over a connection of its own if the first one is lost: the table would stay for good.
void MysqlSink::drop_temporary() {
  const std::string sql = "DROP TABLE IF EXISTS " + quoted_in_database(temporary_name_);
  connection_.ignore_cancellation();
  if (connection_.execute(sql)) return;
  MysqlConnectOptions once = options_.connect;
  once.attempts = 1;
  once.is_cancelled = {};
  auto connection = MysqlConnection::open(endpoint_, credentials_, once);
  if (!connection || !connection->execute("SET SESSION lock_wait_timeout = 60")) return;
  // What the first one still works on holds the table. Only then: a number is another's after a restart of the server.
  if (connection_.was_cancelled()) static_cast<void>(connection->execute(fmt::format("KILL {}", connection_.id())));
  // Nobody is left to tell; the name says what the table is.
  if (auto status = connection->execute(sql); !status) return;
}

}  // namespace matcher
