// Writes rows into a new table of a MySQL or MariaDB server.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "matcher/io/publication.hpp"
#include "matcher/io/table_sink.hpp"
#include "matcher/mysql/connection.hpp"

namespace matcher {

struct MysqlSinkOptions {
  enum class Transactions { kPerBatch, kOne };  // kOne: nothing is durable before finish; large undo log

  bool replace = false;  // a table of that name gives way at finish; else begin() fails
  Transactions transactions = Transactions::kPerBatch;
  // SQL types by column name, put into the statement as they are ("DATE", "VARCHAR(64) NOT NULL"). Else by cell type:
  // BIGINT, TEXT, DECIMAL(5,2), DECIMAL(9,6), FLOAT (which the server shows with six digits, but stores whole).
  std::map<std::string, std::string> column_types;
  std::string primary_key;  // a column; empty: none
  std::size_t batch_rows = 2000;
  Publication* publication = nullptr;  // the table appears with it; null: with finish()
  MysqlConnectOptions connect;
};

// Rows go into the table <name>__tmp_<process>_<connection>, which finish() renames: atomically, with the old table
// going away in the same statement. The new one is utf8mb4, collation utf8mb4_bin; what hung on an old one (indexes,
// triggers, grants on columns) is gone. A batch is one INSERT, of at most batch_rows rows and half of
// max_allowed_packet. Values that do not fit their column are errors: the session runs in strict mode. Only a process
// that is killed leaves its temporary table behind. With a publication the sink must outlive that.
class MysqlSink final : public TableSink {
 public:
  // Errors: see MysqlConnection.
  [[nodiscard]] static Result<std::unique_ptr<MysqlSink>> open(const MysqlEndpoint& endpoint,
                                                               const MysqlCredentials& credentials,
                                                               MysqlSinkOptions options = {});
  ~MysqlSink() override;

  // Errors besides the server's: kBadInput if the table exists (and may not be replaced) or is a view.
  [[nodiscard]] Status begin(std::span<const Column> columns) override;
  // Errors besides the server's: kBadInput for a real that is not finite and a row too large for max_allowed_packet.
  [[nodiscard]] Status write(std::span<const Cell> row) override;
  [[nodiscard]] Status finish() override;

 private:
  MysqlSink(MysqlConnection connection, MysqlEndpoint endpoint, MysqlCredentials credentials, MysqlSinkOptions options);
  [[nodiscard]] Status prepare_session();
  [[nodiscard]] Result<bool> table_exists();
  [[nodiscard]] Status check_final_name();
  [[nodiscard]] std::string create_statement(std::span<const Column> columns) const;
  [[nodiscard]] Status append_cell(std::size_t column, const Cell& cell);
  [[nodiscard]] Status flush();
  [[nodiscard]] Status appear();
  [[nodiscard]] Status rename_over_old(const std::string& old_name);
  [[nodiscard]] std::string quoted_in_database(const std::string& table) const;
  void drop_temporary();

  MysqlConnection connection_;
  MysqlEndpoint endpoint_;
  MysqlCredentials credentials_;  // for a connection to clean up with, after this one was lost
  MysqlSinkOptions options_;
  std::string temporary_name_;
  std::vector<std::string> column_names_;
  std::size_t most_batch_bytes_ = 0;
  std::string row_;    // "(1,'x')"
  std::string batch_;  // rows with commas between
  std::size_t rows_in_batch_ = 0;
  bool has_temporary_ = false;
};

}  // namespace matcher
