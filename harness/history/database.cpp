#include "harness/history/database.hpp"

#include <bit>
#include <cstring>

namespace assay::history {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are stored as they lie in memory");

constexpr int kPatienceMilliseconds = 5000;

tl::unexpected<Error> failure(sqlite3* database, const std::string& path, const char* what) {
  const int code = sqlite3_errcode(database) & 0xFF;  // without the extended part
  if (code == SQLITE_NOTADB) return fail(ErrorKind::kUsage, "'{}' is no history of assay: no SQLite file", path);
  if (code == SQLITE_CORRUPT) {
    return fail(ErrorKind::kUsage, "the history '{}' is damaged ({}); restore it or add the runs to a new one", path,
                sqlite3_errmsg(database));
  }
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
    return fail(ErrorKind::kInternal, "the history '{}' has been locked by another process for {} s; try again", path,
                kPatienceMilliseconds / 1000);
  }
  if (code == SQLITE_READONLY) {
    return fail(ErrorKind::kUsage, "the history '{}' may not be written here, and has to be: {}", path,
                sqlite3_errmsg(database));
  }
  return fail(ErrorKind::kInternal, "cannot {} the history '{}': {}", what, path, sqlite3_errmsg(database));
}

}  // namespace

// A failed bind (out of memory, wrong index) makes the next step fail or is a mistake of ours.
void Statement::bind_text(int parameter, const std::optional<std::string>& text) {
  if (text) {
    sqlite3_bind_text(statement_.get(), parameter, text->data(), static_cast<int>(text->size()), SQLITE_TRANSIENT);
  } else {
    sqlite3_bind_null(statement_.get(), parameter);
  }
}

void Statement::bind_number(int parameter, const std::optional<double>& number) {
  if (number) {
    sqlite3_bind_double(statement_.get(), parameter, *number);
  } else {
    sqlite3_bind_null(statement_.get(), parameter);
  }
}

void Statement::bind_flag(int parameter, const std::optional<bool>& flag) {
  if (flag) {
    sqlite3_bind_int(statement_.get(), parameter, *flag ? 1 : 0);
  } else {
    sqlite3_bind_null(statement_.get(), parameter);
  }
}

void Statement::bind_integer(int parameter, std::int64_t number) {
  sqlite3_bind_int64(statement_.get(), parameter, number);
}

void Statement::bind_numbers(int parameter, std::span<const double> numbers) {
  sqlite3_bind_blob64(statement_.get(), parameter, numbers.empty() ? static_cast<const void*>("") : numbers.data(),
                      numbers.size_bytes(), SQLITE_TRANSIENT);
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return failure(database_, path_, sqlite3_stmt_readonly(statement_.get()) != 0 ? "read" : "write");
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

std::string Statement::text(int column) const {
  const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  return text == nullptr ? std::string() : text;
}

std::optional<std::string> Statement::optional_text(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return text(column);
}

std::optional<double> Statement::optional_number(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return sqlite3_column_double(statement_.get(), column);
}

std::optional<bool> Statement::optional_flag(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return sqlite3_column_int(statement_.get(), column) != 0;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::vector<double> Statement::numbers(int column) const {
  const void* const bytes = sqlite3_column_blob(statement_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  std::vector<double> numbers(size / sizeof(double));
  if (!numbers.empty()) std::memcpy(numbers.data(), bytes, numbers.size() * sizeof(double));
  return numbers;
}

Result<Database> Database::open(const std::filesystem::path& path, Access access) {
  sqlite3* handle = nullptr;
  const bool writes = access == Access::kReadWrite;
  const int flags = writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(handle, path.string());
  if (code != SQLITE_OK) {
    const char* const reason = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    const int system = handle != nullptr ? sqlite3_system_errno(handle) : 0;
    return fail(writes ? ErrorKind::kInternal : ErrorKind::kUsage, "cannot open the history '{}': {}", path.string(),
                system != 0 ? std::strerror(system) : reason);
  }
  sqlite3_busy_timeout(handle, kPatienceMilliseconds);
  return database;
}

Result<Statement> Database::prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database_.get(), sql, -1, &statement, nullptr) != SQLITE_OK) {
    return failure(database_.get(), path_, "read");
  }
  return Statement(database_.get(), statement, path_);
}

Status Database::execute(const char* sql) {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return failure(database_.get(), path_, "write");
}

Result<std::int64_t> Database::pragma(const char* name) {
  ASSAY_TRY(Statement statement, prepare(("PRAGMA " + std::string(name)).c_str()));
  ASSAY_TRY(const bool row, statement.step());
  return row ? statement.integer(0) : 0;
}

Result<Transaction> Transaction::begin(Database& database) {
  ASSAY_CHECK(database.execute("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Status Transaction::commit() {
  ASSAY_CHECK(database_->execute("COMMIT"));  // on failure the destructor rolls back
  database_ = nullptr;
  return {};
}

Transaction::~Transaction() {
  if (database_ != nullptr) static_cast<void>(database_->execute("ROLLBACK"));
}

}  // namespace assay::history
