// Stands in for connection.cpp where no client library was found: every call answers an error.
#include "matcher/mysql/connection.hpp"

namespace matcher {
namespace {

tl::unexpected<Error> built_without() {
  return fail(ErrorKind::kBadInput, "built without MySQL support; install libmariadb-dev and build again");
}

}  // namespace

struct MysqlConnection::Handle {};

bool has_mysql_support() {
  return false;
}

Result<MysqlConnection> MysqlConnection::open(const MysqlEndpoint& /*endpoint*/,
                                              const MysqlCredentials& /*credentials*/,
                                              const MysqlConnectOptions& /*options*/) {
  return built_without();
}

MysqlConnection::MysqlConnection(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
MysqlConnection::MysqlConnection(MysqlConnection&& other) noexcept = default;
MysqlConnection& MysqlConnection::operator=(MysqlConnection&& other) noexcept = default;
MysqlConnection::~MysqlConnection() = default;

Status MysqlConnection::execute(std::string_view /*sql*/) {
  return built_without();
}

Status MysqlConnection::query(std::string_view /*sql*/, const Visitor& /*visitor*/) {
  return built_without();
}

Result<std::optional<std::string>> MysqlConnection::query_value(std::string_view /*sql*/) {
  return built_without();
}

Result<std::vector<MysqlColumn>> MysqlConnection::columns(const std::string& /*quoted_table*/) {
  return built_without();
}

void MysqlConnection::append_quoted(std::string& /*sql*/, std::string_view /*text*/) const {}

bool MysqlConnection::was_cancelled() const {
  return false;
}

void MysqlConnection::ignore_cancellation() {}

unsigned long MysqlConnection::id() const {
  return 0;
}

}  // namespace matcher
