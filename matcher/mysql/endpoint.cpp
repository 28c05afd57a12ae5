// Reads the address of a table.
#include "matcher/mysql/endpoint.hpp"

#include <charconv>
#include <utility>

#include "matcher/io/csv_records.hpp"

namespace matcher {
namespace {

constexpr std::string_view kScheme = "mysql://";
constexpr std::string_view kForm =
    "the form is mysql://[user@]host[:port]/database/table or mysql://[user@]localhost/database/table?socket=path";

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

// Control characters are refused as well: no name of ours has them, and they break lines of a log.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const auto high = hex_digit(text[i + 1]);
      const auto low = hex_digit(text[i + 2]);
      if (!high || !low) return std::nullopt;
      c = static_cast<char>(*high * 16 + *low);
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return std::nullopt;
    decoded.push_back(c);
  }
  return decoded;
}

Result<std::string> decoded_part(std::string_view text, std::string_view what) {
  auto decoded = percent_decoded(text);
  if (!decoded) {
    return fail(ErrorKind::kBadInput, "mysql address: the {} has a '%' without two hex digits, or a control character",
                what);
  }
  if (decoded->empty()) return fail(ErrorKind::kBadInput, "mysql address: the {} is empty; {}", what, kForm);
  return std::move(*decoded);
}

// Takes the text up to the separator, and the separator, off the front; all of it if there is none.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return part;
}

tl::unexpected<Error> refuse_password() {
  return fail(ErrorKind::kBadInput,
              "mysql address: a password does not belong there, others can read it; give MATCHER_MYSQL_PASSWORD or an "
              "option file (?defaults-file=path), and write an '@' that is part of a name as %40");
}

Status read_user(std::string_view text, MysqlEndpoint& endpoint) {
  auto user = decoded_part(text, "user");
  if (!user) return hand_on(user);
  if (user->find(':') != std::string::npos) return refuse_password();
  endpoint.user = std::move(*user);
  return {};
}

Status read_server(std::string_view text, MysqlEndpoint& endpoint) {
  std::string_view host = text;
  std::optional<std::string_view> port;
  const std::size_t bracket = text.starts_with('[') ? text.find(']') : 0;
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  auto decoded = decoded_part(host, "host");
  if (!decoded) return hand_on(decoded);
  endpoint.host = std::move(*decoded);
  if (!port) return {};
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(port->data(), port->data() + port->size(), number);
  if (error != std::errc() || end != port->data() + port->size() || number == 0) {
    return fail(ErrorKind::kBadInput, "mysql address: the port is not a whole number from 1 to 65535; {}", kForm);
  }
  endpoint.port = number;
  return {};
}

Status read_option(std::string_view text, MysqlEndpoint& endpoint) {
  const bool has_value = text.find('=') != std::string_view::npos;
  const std::string_view key = take_until(text, '=');
  std::string* target = nullptr;
  if (key == "socket") target = &endpoint.socket;
  if (key == "defaults-file") target = &endpoint.defaults_file;
  if (key == "defaults-group") target = &endpoint.defaults_group;
  if (key == "password" || key == "pwd") return refuse_password();
  if (target == nullptr || !has_value) {
    return fail(ErrorKind::kBadInput,
                "mysql address: option '{}' is not known; there are socket=, defaults-file= and defaults-group=",
                has_value ? printable(key) : "(without a value)");
  }
  auto value = decoded_part(text, key);
  if (!value) return hand_on(value);
  *target = std::move(*value);
  return {};
}

Status read_table(std::string_view path, MysqlEndpoint& endpoint) {
  auto database = decoded_part(take_until(path, '/'), "database");
  if (!database) return hand_on(database);
  auto table = decoded_part(path, "table");
  if (!table) return hand_on(table);
  if (path.find('/') != std::string_view::npos) {
    return fail(ErrorKind::kBadInput, "mysql address: there is a '/' after the table '{}'; {}", printable(*table),
                kForm);
  }
  endpoint.database = std::move(*database);
  endpoint.table = std::move(*table);
  return {};
}

Status check_socket(const MysqlEndpoint& endpoint) {
  if (endpoint.socket.empty() || (endpoint.host == "localhost" && !endpoint.port)) return {};
  return fail(ErrorKind::kBadInput, "mysql address: socket= goes with host localhost and no port; drop one of them");
}

}  // namespace

std::string MysqlEndpoint::display_name() const {
  const std::string port_text = port ? fmt::format(":{}", *port) : "";
  return fmt::format("{}{}/{}/{}", host, port_text, database, table);
}

std::string MysqlEndpoint::quoted_table() const {
  return quoted_identifier(database) + "." + quoted_identifier(table);
}

bool is_mysql_url(std::string_view text) {
  return text.starts_with(kScheme);
}

Result<MysqlEndpoint> parse_mysql_url(std::string_view url) {
  if (!is_mysql_url(url)) {
    return fail(ErrorKind::kBadInput, "mysql address: it does not begin with mysql://; {}", kForm);
  }
  MysqlEndpoint endpoint;
  std::string_view rest = url.substr(kScheme.size());
  // The last '@' anywhere: a password may hold '/', '?' and '@' of its own.
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) {
    const std::string_view user = rest.substr(0, at);
    if (user.find(':') != std::string_view::npos) return refuse_password();
    if (user.find_first_of("/?@") != std::string_view::npos) {
      return fail(ErrorKind::kBadInput, "mysql address: an '@' after the host has to be written %40");
    }
    if (auto status = read_user(user, endpoint); !status) return hand_on(status);
    rest.remove_prefix(at + 1);
  }
  std::string_view before_options = take_until(rest, '?');
  if (auto status = read_server(take_until(before_options, '/'), endpoint); !status) return hand_on(status);
  if (auto status = read_table(before_options, endpoint); !status) return hand_on(status);
  while (!rest.empty()) {
    if (auto status = read_option(take_until(rest, '&'), endpoint); !status) return hand_on(status);
  }
  if (auto status = check_socket(endpoint); !status) return hand_on(status);
  return endpoint;
}

std::string quoted_identifier(std::string_view name) {
  std::string quoted = "`";
  for (const char c : name) {
    if (c == '`') quoted.push_back('`');
    quoted.push_back(c);
  }
  return quoted + "`";
}

}  // namespace matcher
