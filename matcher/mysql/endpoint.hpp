// The address of a table on a MySQL or MariaDB server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "matcher/model/error.hpp"

namespace matcher {

struct MysqlEndpoint {
  std::string host;
  std::optional<std::uint16_t> port;  // absent: what the option files say, else 3306
  std::string socket;                 // path of a Unix socket; empty: what the option files say, else the library's
  std::optional<std::string> user;
  std::string database;
  std::string table;
  std::string defaults_file;               // empty: the standard option files
  std::string defaults_group = "matcher";  // read besides [client]

  // host[:port]/database/table: for messages and results, without credentials.
  [[nodiscard]] std::string display_name() const;
  // `database`.`table`
  [[nodiscard]] std::string quoted_table() const;
};

// Whether the text claims to be the address of a table rather than a path.
[[nodiscard]] bool is_mysql_url(std::string_view text);

// Reads mysql://[user@]host[:port]/database/table, with ?socket=path for host localhost, &defaults-file=path and
// &defaults-group=name. Every part may be percent-encoded; an '@' outside of "user@" has to be (%40). An IPv6 address
// stands in brackets. Errors: kBadInput, for a password too; they repeat nothing that stands before the last '@', nor a
// port, so that a misplaced password is not echoed.
[[nodiscard]] Result<MysqlEndpoint> parse_mysql_url(std::string_view url);

// The name in backticks, those inside doubled.
[[nodiscard]] std::string quoted_identifier(std::string_view name);

}  // namespace matcher
