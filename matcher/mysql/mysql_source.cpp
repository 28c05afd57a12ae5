// Pages through a table by its ids inside one snapshot.
#include "matcher/mysql/mysql_source.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "matcher/io/csv_records.hpp"
#include "matcher/model/date.hpp"

namespace matcher {
namespace {

constexpr std::size_t kDateBytes = 10;  // yyyy-mm-dd
constexpr std::size_t kIdField = 0;     // see PersonColumns::select_list
constexpr std::size_t kBirthdateField = 1;
constexpr std::size_t kFirstTextField = 2;

// The date that a DATE, DATETIME, TIMESTAMP or text begins with. Asking the server for DATE(birthdate) would turn
// zero dates and misspelt ones into NULL without a word.
std::optional<std::int32_t> date_part(std::string_view text) {
  if (text.size() > kDateBytes && text[kDateBytes] != ' ' && text[kDateBytes] != 'T') return std::nullopt;
  return parse_iso_date(text.substr(0, kDateBytes));
}

}  // namespace

Result<std::unique_ptr<MysqlSource>> MysqlSource::open(const MysqlEndpoint& endpoint,
                                                       const MysqlCredentials& credentials,
                                                       const MysqlSourceOptions& options) {
  auto connection = MysqlConnection::open(endpoint, credentials, options.connect);
  if (!connection) return hand_on(connection);
  auto found = connection->columns(endpoint.quoted_table());
  if (!found) return hand_on(found);
  auto columns = find_person_columns(*found, options.columns, endpoint.display_name());
  if (!columns) return hand_on(columns);
  std::unique_ptr<MysqlSource> source(new MysqlSource(std::move(*connection), std::move(*columns), endpoint, options));
  if (auto status = source->start_snapshot(); !status) return hand_on(status);
  return source;
}

MysqlSource::MysqlSource(MysqlConnection connection, PersonColumns columns, const MysqlEndpoint& endpoint,
                         const MysqlSourceOptions& options)
    : connection_(std::move(connection)),
      columns_(std::move(columns)),
      name_(endpoint.display_name()),
      quoted_table_(endpoint.quoted_table()),
      page_rows_(std::max<std::size_t>(options.page_rows, 1)),
      on_bad_date_(options.on_bad_date) {}

Status MysqlSource::start_snapshot() {
  // An empty sql_mode: zero dates arrive as they are, and CHAR columns without padding.
  for (const char* sql : {"SET SESSION sql_mode = ''", "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
                          "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"}) {
    if (auto status = connection_.execute(sql); !status) return status;
  }
  return {};
}

Result<bool> MysqlSource::read(PersonsTable& table, std::size_t max_rows) {
  for (const PersonTextField* field : columns_.text) (table.*field->column).declare();
  std::size_t left = max_rows;
  while (!is_finished_ && left > 0) {
    const std::size_t rows = std::min(left, page_rows_);
    if (auto status = read_page(table, rows); !status) return hand_on(status);
    left -= rows;
  }
  return !is_finished_;
}

// The page begins with the last row of the one before: a second row with that id would be lost otherwise.
Status MysqlSource::read_page(PersonsTable& table, std::size_t rows) {
  const std::size_t limit = last_id_ ? rows + 1 : rows;
  const std::string condition = last_id_ ? fmt::format(" WHERE {} >= {}", columns_.id, *last_id_) : "";
  std::size_t arrived = 0;
  std::size_t appended = 0;
  bool is_own_error = false;
  const auto visit = [&](const MysqlRow& row) -> Status {
    auto id = id_of(row);
    is_own_error = !id;
    if (!id) return hand_on(id);
    if (arrived++ == 0 && last_id_ == *id) return {};
    if (appended++ == rows) return {};  // the last row of the page before was deleted meanwhile
    if (last_id_ && *id <= *last_id_) {
      is_own_error = true;
      return fail(ErrorKind::kBadInput, "{}: id {} is there twice; ids have to be unique", name_, *id);
    }
    last_id_ = *id;
    auto status = append_row(table, row);
    is_own_error = !status;
    return status;
  };
  auto status = connection_.query(fmt::format("SELECT {} FROM {}{} ORDER BY {} LIMIT {}", columns_.select_list,
                                              quoted_table_, condition, columns_.id, limit),
                                  visit);
  if (!status && !is_own_error)
    status.error().message += "; " + last_id_text() + "; read the table again from its start";
  if (!status) return status;
  is_finished_ = arrived < limit;
  if (is_finished_) return connection_.execute("COMMIT");  // lets the server forget the snapshot
  return {};
}

Result<std::int64_t> MysqlSource::id_of(const MysqlRow& row) const {
  const auto text = row[kIdField];
  if (!text) return fail(ErrorKind::kBadInput, "{}: a row has no id (NULL); every row needs one", name_);
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), id);
  if (error != std::errc() || end != text->data() + text->size()) {
    return fail(ErrorKind::kBadInput, "{}: id '{}' is not a signed 64-bit whole number", name_, printable(*text));
  }
  return id;
}

Status MysqlSource::append_row(PersonsTable& table, const MysqlRow& row) {
  const auto birthdate = row[kBirthdateField];
  const auto days = birthdate ? date_part(*birthdate) : std::nullopt;
  if (birthdate && !days) {
    const std::string reason = fmt::format(
        "{}: id {}: birthdate '{}' is not a calendar date of the form yyyy-mm-dd; correct it, make it NULL or "
        "have such rows skipped",
        name_, *last_id_, printable(*birthdate));
    if (on_bad_date_ == MysqlSourceOptions::OnBadDate::kFail) return fail(ErrorKind::kBadInput, "{}", reason);
    if (on_bad_date_ == MysqlSourceOptions::OnBadDate::kSkip) {
      ++report_.bad_rows;
      report_.examples.push_back({0, reason});  // a row of a database has no line
      return {};
    }
    ++report_.bad_dates;
  }
  for (std::size_t i = 0; i < columns_.text.size(); ++i) {
    TextBuilder& column = table.*columns_.text[i]->column;
    const auto text = row[kFirstTextField + i];
    if (!text) {
      column.append_null();
    } else if (column.has_room_for(text->size())) {
      column.append(*text);
    } else {
      return fail(ErrorKind::kBadInput, "{}: id {}: column '{}' holds more than {} bytes; read fewer rows at once",
                  name_, *last_id_, columns_.text[i]->name, TextBuilder::kMaxBytes);
    }
  }
  table.id.push_back(*last_id_);
  table.birthdate.append(days);
  return {};
}

std::string MysqlSource::last_id_text() const {
  return last_id_ ? fmt::format("the last id read is {}", *last_id_) : "no row was read before";
}

}  // namespace matcher
