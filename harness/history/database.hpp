// SQLite with our errors: open a file, run statements, leave nothing half-written.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/result.hpp"

namespace assay::history {

// One prepared statement. Call order: (bind* step* reset)*. Columns and parameters count from 0 and 1, as SQLite's.
class Statement {
 public:
  void bind_text(int parameter, const std::optional<std::string>& text);
  void bind_number(int parameter, const std::optional<double>& number);
  void bind_flag(int parameter, const std::optional<bool>& flag);
  void bind_integer(int parameter, std::int64_t number);
  void bind_numbers(int parameter, std::span<const double> numbers);  // as bytes, little-endian

  // True if there is a row, false at the end. Errors: kInternal (disk full, a constraint), kUsage (not a database).
  [[nodiscard]] Result<bool> step();
  void reset();

  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::optional<std::string> optional_text(int column) const;
  [[nodiscard]] std::optional<double> optional_number(int column) const;
  [[nodiscard]] std::optional<bool> optional_flag(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::vector<double> numbers(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  Statement(sqlite3* database, sqlite3_stmt* statement, std::string path)
      : database_(database), statement_(statement), path_(std::move(path)) {}

  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::string path_;
};

// An open file. Other processes may have it open too; a lock is waited for up to five seconds.
class Database {
 public:
  enum class Access { kReadOnly, kReadWrite };  // kReadWrite makes the file if there is none

  // Errors: kUsage if it is not there or cannot be read, kInternal if it cannot be made.
  [[nodiscard]] static Result<Database> open(const std::filesystem::path& path, Access access);

  [[nodiscard]] Result<Statement> prepare(const char* sql);
  // One or more statements that return no rows.
  [[nodiscard]] Status execute(const char* sql);
  [[nodiscard]] Result<std::int64_t> pragma(const char* name);

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  Database(sqlite3* database, std::string path) : database_(database), path_(std::move(path)) {}

  std::unique_ptr<sqlite3, Close> database_;
  std::string path_;
};

// Everything between begin() and commit() happens or nothing does; destruction without commit() rolls back.
class Transaction {
 public:
  // Takes the write lock at once, so that what is read inside stays true. Errors: kInternal if it stays locked.
  [[nodiscard]] static Result<Transaction> begin(Database& database);
  [[nodiscard]] Status commit();

  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace assay::history
