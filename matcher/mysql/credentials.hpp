// Who logs in to a MySQL server. Never part of an address, an error text or a result.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace matcher {

struct MysqlCredentials {
  std::optional<std::string> user;      // absent: the address's, else the option file's
  std::optional<std::string> password;  // absent: the option file's; "" is a password like any other
};

// Answers like getenv: null for a variable that is not set.
using EnvironmentLookup = std::function<const char*(const char* name)>;

// Reads MATCHER_MYSQL_USER and MATCHER_MYSQL_PASSWORD with the suffix behind them ("_RIGHT" for a second server). One
// suffix never falls back to another: a password must not go to a server it was not meant for.
[[nodiscard]] MysqlCredentials credentials_from_environment(const EnvironmentLookup& lookup,
                                                            std::string_view suffix = "");

}  // namespace matcher
