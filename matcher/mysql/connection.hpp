// One connection to a MySQL or MariaDB server; the only place that knows the client library.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/model/error.hpp"
#include "matcher/mysql/credentials.hpp"
#include "matcher/mysql/endpoint.hpp"
#include "matcher/parallel/cancellation.hpp"

namespace matcher {

struct MysqlConnectOptions {
  std::chrono::seconds connect_timeout{10};
  std::chrono::seconds read_timeout{300};  // silence of the server that ends a query; sorting a big table takes long
  int attempts = 3;                        // of connecting; a refused login is not tried again
  std::chrono::milliseconds backoff{200};  // before the second attempt; doubles with every further one
  std::function<void(std::chrono::milliseconds)> sleep;  // null: the thread sleeps
  CancelCallback
      is_cancelled{};  // asked while the server works on a query; ends it with kCancelled, and the connection
};

// One row of a query as text; valid until the visitor returns.
class MysqlRow {
 public:
  MysqlRow(const char* const* values, const unsigned long* lengths, std::size_t size)
      : values_(values), lengths_(lengths), size_(size) {}
  [[nodiscard]] std::size_t size() const { return size_; }
  // NULL is nullopt. REQUIRES: i < size().
  [[nodiscard]] std::optional<std::string_view> operator[](std::size_t i) const {
    if (values_[i] == nullptr) return std::nullopt;
    return std::string_view(values_[i], lengths_[i]);
  }

 private:
  const char* const* values_;
  const unsigned long* lengths_;
  std::size_t size_;
};

struct MysqlColumn {
  enum class Kind { kWholeNumber, kBytes, kOther };  // kBytes: BINARY or BLOB, text in no character set
  std::string name;
  Kind kind = Kind::kOther;
};

// False: the build found no client library, and open() answers an error that says so.
[[nodiscard]] bool has_mysql_support();

// The character set is utf8mb4. Connections are independent of each other; one is used by one thread at a time, not
// necessarily the one that opened it, and must not outlive main(). After an error that lost the connection every call
// fails: there is no silent reconnect. Errors of all calls: kBadInput for what the server refuses, kInternal for a
// server that cannot be reached or goes away; the text begins with the display name and never holds a password.
class MysqlConnection {
 public:
  [[nodiscard]] static Result<MysqlConnection> open(const MysqlEndpoint& endpoint, const MysqlCredentials& credentials,
                                                    const MysqlConnectOptions& options = {});
  MysqlConnection(MysqlConnection&& other) noexcept;
  MysqlConnection& operator=(MysqlConnection&& other) noexcept;
  ~MysqlConnection();

  // Runs one statement and drops its rows.
  [[nodiscard]] Status execute(std::string_view sql);
  // Runs one query and visits its rows as they arrive. A visitor's error ends the query and is handed on; the rows left
  // are still read off the wire.
  using Visitor = std::function<Status(const MysqlRow&)>;
  [[nodiscard]] Status query(std::string_view sql, const Visitor& visitor);
  // The first value of the first row; nullopt if it is NULL or there is no row.
  [[nodiscard]] Result<std::optional<std::string>> query_value(std::string_view sql);
  // The columns of a table or view, in its order. quoted_table: from MysqlEndpoint::quoted_table().
  [[nodiscard]] Result<std::vector<MysqlColumn>> columns(const std::string& quoted_table);
  // Appends the text as an SQL string in single quotes. REQUIRES: sql_mode without NO_BACKSLASH_ESCAPES.
  void append_quoted(std::string& sql, std::string_view text) const;
  // A query was cancelled: the server may still work on it.
  [[nodiscard]] bool was_cancelled() const;
  // From now on queries run to their end: what cleans up after a cancelled run must.
  void ignore_cancellation();
  // The server's number for this connection.
  [[nodiscard]] unsigned long id() const;

 private:
  struct Handle;
  [[nodiscard]] Status wait_for_answer();
  explicit MysqlConnection(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

}  // namespace matcher
