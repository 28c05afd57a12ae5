// A connection over libmariadb or libmysqlclient.
#include "matcher/mysql/connection.hpp"

#include <mysql.h>
#include <mysqld_error.h>
#include <poll.h>

#include <algorithm>
#include <fstream>
#include <thread>
#include <type_traits>
#include <utility>

namespace matcher {

struct MysqlConnection::Handle {
  MYSQL* mysql = nullptr;
  std::string name;
  CancelCallback is_cancelled{};
  std::chrono::seconds read_timeout{};
  bool was_cancelled = false;  // an answer is still to come that nobody wants: the connection is of no more use

  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (mysql != nullptr) mysql_close(mysql);
  }
};

namespace {

constexpr unsigned int kConnectionKilled = 1927;  // MariaDB only, so the headers of MySQL do not name it
constexpr unsigned int kBinaryCharset = 63;       // documented with MYSQL_FIELD::charsetnr

constexpr int kAnswerPollMilliseconds = 100;

struct FreeResult {
  void operator()(MYSQL_RES* result) const { mysql_free_result(result); }
};

// The library is to be set up before two threads use it, and every thread that used it has to sign off before the
// library ends: libmysqlclient waits for those that have not. (libmariadb does not mind.) False: out of memory.
bool enter_library() {
  struct Library {
    bool ready = mysql_library_init(0, nullptr, nullptr) == 0;
    ~Library() { mysql_library_end(); }
  };
  struct Thread {
    bool ready = mysql_thread_init() == 0;
    ~Thread() { mysql_thread_end(); }
  };
  static const Library library;
  thread_local const Thread thread;
  return library.ready && thread.ready;
}

bool is_client_error(unsigned int code) {
  return code >= 2000 && code < 3000;
}

// Worth another attempt: nobody answered, or the server has no room or is starting.
bool is_passing(unsigned int code) {
  return is_client_error(code) || code == ER_CON_COUNT_ERROR || code == ER_SERVER_SHUTDOWN;
}

ErrorKind kind_of(unsigned int code) {
  const bool ours = is_passing(code) || code == ER_DISK_FULL || code == ER_LOCK_WAIT_TIMEOUT ||
                    code == ER_LOCK_DEADLOCK || code == ER_QUERY_INTERRUPTED || code == kConnectionKilled;
  return ours ? ErrorKind::kInternal : ErrorKind::kBadInput;
}

// The server's own words, on one line.
std::string server_text(MYSQL* mysql) {
  std::string text = fmt::format("{} (error {})", mysql_error(mysql), mysql_errno(mysql));
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

tl::unexpected<Error> fail_with(MYSQL* mysql, const std::string& name, std::string_view what) {
  return fail(kind_of(mysql_errno(mysql)), "{}: {}: {}", name, what, server_text(mysql));
}

void set_options(MYSQL* mysql, const MysqlEndpoint& endpoint, const MysqlConnectOptions& options) {
  const auto connect_seconds = static_cast<unsigned int>(options.connect_timeout.count());
  const auto read_seconds = static_cast<unsigned int>(options.read_timeout.count());
  const unsigned int off = 0;
  mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect_seconds);
  mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &read_seconds);
  mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &read_seconds);
  mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &off);  // a server could ask for any of our files
  mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  if (!endpoint.defaults_file.empty()) mysql_options(mysql, MYSQL_READ_DEFAULT_FILE, endpoint.defaults_file.c_str());
  mysql_options(mysql, MYSQL_READ_DEFAULT_GROUP, endpoint.defaults_group.c_str());
  if (endpoint.port) {  // otherwise "localhost" would mean the socket whatever the port
    const unsigned int tcp = MYSQL_PROTOCOL_TCP;
    mysql_options(mysql, MYSQL_OPT_PROTOCOL, &tcp);
  }
}

// Null or the text: what the library wants for "not given".
const char* text_or_null(const std::optional<std::string>& text) {
  return text ? text->c_str() : nullptr;
}

bool connect(MYSQL* mysql, const MysqlEndpoint& endpoint, const MysqlCredentials& credentials) {
  const char* user = text_or_null(credentials.user ? credentials.user : endpoint.user);
  const char* socket = endpoint.socket.empty() ? nullptr : endpoint.socket.c_str();
  if (mysql_real_connect(mysql, endpoint.host.c_str(), user, text_or_null(credentials.password),
                         endpoint.database.c_str(), endpoint.port.value_or(0), socket, 0) == nullptr) {
    return false;
  }
  return mysql_set_character_set(mysql, "utf8mb4") == 0;  // an option file may have asked for another
}

MysqlColumn column_of(const MYSQL_FIELD& field) {
  MysqlColumn column{std::string(field.name, field.name_length), MysqlColumn::Kind::kOther};
  switch (field.type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
      column.kind = MysqlColumn::Kind::kWholeNumber;
      break;
    case MYSQL_TYPE_STRING:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_BLOB:
      if (field.charsetnr == kBinaryCharset) column.kind = MysqlColumn::Kind::kBytes;
      break;
    default:
      break;
  }
  return column;
}

}  // namespace

bool has_mysql_support() {
  return true;
}

Result<MysqlConnection> MysqlConnection::open(const MysqlEndpoint& endpoint, const MysqlCredentials& credentials,
                                              const MysqlConnectOptions& options) {
  if (!enter_library()) return fail(ErrorKind::kInternal, "the MySQL client library cannot be set up: out of memory");
  const std::string name = endpoint.display_name();
  // The library passes over a file that it cannot read, and the login then fails for a reason nobody guesses.
  if (!endpoint.defaults_file.empty() && !std::ifstream(endpoint.defaults_file)) {
    return fail(ErrorKind::kBadInput, "{}: cannot read the option file '{}'; check the path and its permissions", name,
                endpoint.defaults_file);
  }
  std::chrono::milliseconds backoff = options.backoff;
  for (int attempt = 1;; ++attempt) {
    auto handle = std::make_unique<Handle>();
    handle->name = name;
    handle->is_cancelled = options.is_cancelled;
    handle->read_timeout = options.read_timeout;
    handle->mysql = mysql_init(nullptr);
    if (handle->mysql == nullptr) return fail(ErrorKind::kInternal, "{}: out of memory", name);
    set_options(handle->mysql, endpoint, options);
    if (connect(handle->mysql, endpoint, credentials)) return MysqlConnection(std::move(handle));
    if (attempt >= options.attempts || !is_passing(mysql_errno(handle->mysql))) {
      auto failure = fail_with(handle->mysql, name, "cannot connect");
      failure.value().message += fmt::format(
          "; attempt {}; check the address, and the user and password in "
          "MATCHER_MYSQL_USER and MATCHER_MYSQL_PASSWORD or in the option file",
          attempt);
      return failure;
    }
    handle.reset();
    if (options.sleep) {
      options.sleep(backoff);
    } else {
      std::this_thread::sleep_for(backoff);
    }
    backoff *= 2;
  }
}

MysqlConnection::MysqlConnection(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
MysqlConnection::MysqlConnection(MysqlConnection&& other) noexcept = default;
MysqlConnection& MysqlConnection::operator=(MysqlConnection&& other) noexcept = default;
MysqlConnection::~MysqlConnection() {
  enter_library();
}

Status MysqlConnection::execute(std::string_view sql) {
  return query(sql, [](const MysqlRow&) -> Status { return {}; });
}

Status MysqlConnection::query(std::string_view sql, const Visitor& visitor) {
  enter_library();
  MYSQL* mysql = handle_->mysql;
  if (handle_->was_cancelled) return fail(ErrorKind::kCancelled, "{}: cancelled", handle_->name);
  if (mysql_send_query(mysql, sql.data(), sql.size()) != 0) return fail_with(mysql, handle_->name, "query failed");
  if (auto status = wait_for_answer(); !status) return status;
  if (mysql_read_query_result(mysql) != 0) return fail_with(mysql, handle_->name, "query failed");
  const std::unique_ptr<MYSQL_RES, FreeResult> result(mysql_use_result(mysql));
  if (result == nullptr) {
    if (mysql_errno(mysql) != 0) return fail_with(mysql, handle_->name, "query failed");
    return {};  // a statement without rows
  }
  const std::size_t size = mysql_num_fields(result.get());
  while (const MYSQL_ROW row = mysql_fetch_row(result.get())) {
    if (auto status = visitor(MysqlRow(row, mysql_fetch_lengths(result.get()), size)); !status) return status;
  }
  // The end of the rows and a lost connection look alike but for this.
  if (mysql_errno(mysql) != 0) return fail_with(mysql, handle_->name, "query broke off");
  return {};
}

// The library would wait for as long as the server works, and not see a signal.
Status MysqlConnection::wait_for_answer() {
  if (!handle_->is_cancelled) return {};
  pollfd answer{static_cast<int>(handle_->mysql->net.fd), POLLIN, 0};
  const auto end = std::chrono::steady_clock::now() + handle_->read_timeout;
  while (std::chrono::steady_clock::now() < end) {
    if (handle_->is_cancelled()) {
      handle_->was_cancelled = true;
      return fail(ErrorKind::kCancelled, "{}: cancelled", handle_->name);
    }
    if (::poll(&answer, 1, kAnswerPollMilliseconds) > 0) return {};
  }
  return fail(ErrorKind::kInternal, "{}: query failed: no answer for {} s", handle_->name,
              handle_->read_timeout.count());
}

Result<std::optional<std::string>> MysqlConnection::query_value(std::string_view sql) {
  std::optional<std::string> value;
  bool first = true;
  auto status = query(sql, [&](const MysqlRow& row) -> Status {
    if (std::exchange(first, false)) value = row[0];
    return {};
  });
  if (!status) return hand_on(status);
  return value;
}

Result<std::vector<MysqlColumn>> MysqlConnection::columns(const std::string& quoted_table) {
  enter_library();
  MYSQL* mysql = handle_->mysql;
  const std::string sql = "SELECT * FROM " + quoted_table + " LIMIT 0";
  if (mysql_real_query(mysql, sql.data(), sql.size()) != 0) return fail_with(mysql, handle_->name, "cannot read");
  const std::unique_ptr<MYSQL_RES, FreeResult> result(mysql_store_result(mysql));
  if (result == nullptr) return fail_with(mysql, handle_->name, "cannot read");
  std::vector<MysqlColumn> columns;
  const MYSQL_FIELD* fields = mysql_fetch_fields(result.get());
  for (unsigned int i = 0; i < mysql_num_fields(result.get()); ++i) columns.push_back(column_of(fields[i]));
  return columns;
}

void MysqlConnection::append_quoted(std::string& sql, std::string_view text) const {
  const std::size_t start = sql.size();
  sql.resize(start + 2 * text.size() + 3);  // every byte escaped, two quotes, the terminator that the library writes
  sql[start] = '\'';
  const unsigned long length =
      mysql_real_escape_string(handle_->mysql, sql.data() + start + 1, text.data(), text.size());
  sql.resize(start + 1 + length);
  sql.push_back('\'');
}

bool MysqlConnection::was_cancelled() const {
  return handle_->was_cancelled;
}

void MysqlConnection::ignore_cancellation() {
  handle_->is_cancelled = {};
}

unsigned long MysqlConnection::id() const {
  return mysql_thread_id(handle_->mysql);
}

}  // namespace matcher
