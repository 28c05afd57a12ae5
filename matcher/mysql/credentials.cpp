// Reads credentials from environment variables.
#include "matcher/mysql/credentials.hpp"

namespace matcher {

MysqlCredentials credentials_from_environment(const EnvironmentLookup& lookup, std::string_view suffix) {
  const auto value = [&](std::string name) -> std::optional<std::string> {
    const char* text = lookup(name.append(suffix).c_str());
    return text == nullptr ? std::nullopt : std::optional<std::string>(text);
  };
  return {value("MATCHER_MYSQL_USER"), value("MATCHER_MYSQL_PASSWORD")};
}

}  // namespace matcher
