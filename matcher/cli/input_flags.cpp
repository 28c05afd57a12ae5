// Options of tables, and reading them.
#include "matcher/cli/input_flags.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <unordered_set>
#include <utility>

#include "matcher/cli/names.hpp"
#include "matcher/cli/run_control.hpp"
#include "matcher/io/csv_sink.hpp"
#include "matcher/io/csv_source.hpp"
#include "matcher/io/person_fields.hpp"
#include "matcher/io/watched_sink.hpp"
#include "matcher/model/date.hpp"
#include "matcher/mysql/credentials.hpp"
#include "matcher/mysql/endpoint.hpp"
#include "matcher/mysql/mysql_source.hpp"

namespace matcher {
namespace {

std::string ColumnNames::*column_named(std::string_view name) {
  if (name == "id") return &ColumnNames::id;
  if (name == "birthdate") return &ColumnNames::birthdate;
  const auto field = std::find_if(kPersonTextFields.begin(), kPersonTextFields.end(),
                                  [&](const PersonTextField& known) { return known.name == name; });
  return field == kPersonTextFields.end() ? nullptr : field->mapped;
}

Status apply_mapping(const std::vector<std::string>& mappings, ColumnNames& names) {
  for (const std::string& mapping : mappings) {
    const std::size_t equals = mapping.find('=');
    const auto column = column_named(std::string_view(mapping).substr(0, equals));
    if (equals == std::string::npos || column == nullptr) {
      std::string known = "id, birthdate";
      for (const PersonTextField& field : kPersonTextFields) known += fmt::format(", {}", field.name);
      return fail(ErrorKind::kBadInput, "'{}' maps no column; write COLUMN=NAME with one of {}", mapping, known);
    }
    names.*column = mapping.substr(equals + 1);
  }
  return {};
}

Result<char> delimiter_of(const std::string& text) {
  if (text == "tab" || text == "\\t") return '\t';
  if (text.size() == 1 && text != "\"" && text != "\n" && text != "\r") return text.front();
  return fail(ErrorKind::kBadInput, "delimiter '{}' is not one character; use ',', ';', '|' or tab", text);
}

std::size_t count_duplicates(const TextColumn& ids, std::size_t rows, const RunWatch& watch) {
  StageWatch stage("look for ids used twice", rows, watch);
  std::unordered_set<std::string_view> seen;
  seen.reserve(rows);
  std::size_t count = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    stage.tick();
    count += seen.insert(ids[row]).second ? 0U : 1U;
  }
  return count;
}

std::size_t count_duplicates(const std::vector<std::int64_t>& ids, const RunWatch& watch) {
  const auto out_of_order = std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>());
  if (out_of_order == ids.end()) return 0;  // the usual case: ascending
  StageWatch stage("look for ids used twice", ids.size(), watch);
  std::unordered_set<std::int64_t> seen;
  seen.reserve(ids.size());
  std::size_t count = 0;
  for (const std::int64_t id : ids) {
    stage.tick();
    count += seen.insert(id).second ? 0U : 1U;
  }
  return count;
}

}  // namespace

void InputFlags::add_to(CLI::App& command, bool two_tables) {
  const std::string group = "Tables";
  command.add_option("--map", map, "COLUMN=NAME: what the file calls a column, e.g. first_name=given_name; repeatable")
      ->allow_extra_args(false)  // tables may follow
      ->group(group);
  if (two_tables) {
    command.add_option("--map-left", map_left, "the same for the left table only")
        ->allow_extra_args(false)
        ->group(group);
    command.add_option("--map-right", map_right, "the same for the right table only")
        ->allow_extra_args(false)
        ->group(group);
  }
  command.add_option("--delimiter", delimiter, "one character, or tab")->group(group)->capture_default_str();
  command.add_option("--encoding", encoding, "utf8 or latin1")
      ->check(CLI::IsMember({"utf8", "latin1"}))
      ->group(group)
      ->capture_default_str();
  command.add_option("--date-format", date_format, "y, m, d for digits: yyyy-mm-dd, dd.mm.yyyy, yyyymmdd")
      ->group(group)
      ->capture_default_str();
  command.add_flag("--trim", trim, "ignore white space around fields and column names")->group(group);
  command
      .add_option("--bad-dates", bad_dates,
                  "what to do with a birthdate that is no date: error (the row cannot be read), empty (and count)")
      ->check(CLI::IsMember({"error", "empty"}))
      ->group(group)
      ->capture_default_str();
  command.add_flag("--text-ids", text_ids, "ids are any text; results are in the order of rows")->group(group);
  command
      .add_option("--on-error", on_error,
                  "what to do with a row that cannot be read: fail, skip (and count), report (also say why)")
      ->check(one_of(kOnErrorNames))
      ->group(group)
      ->capture_default_str();
  command.add_option("--bad-rows", bad_rows, "CSV file for what was wrong with which rows; implies --on-error report")
      ->group(group);
}

Result<CsvFormat> csv_format(const InputFlags& flags, Side side) {
  CsvFormat format;
  const auto delimiter = delimiter_of(flags.delimiter);
  if (!delimiter) return tl::unexpected(delimiter.error());
  const auto dates = DateFormat::of(flags.date_format);
  if (!dates) {
    return fail(ErrorKind::kBadInput, "date format '{}' needs four y, two m and two d, such as dd.mm.yyyy",
                flags.date_format);
  }
  format.delimiter = *delimiter;
  format.dates = *dates;
  format.encoding = flags.encoding == "latin1" ? TextEncoding::kLatin1 : TextEncoding::kUtf8;
  format.trim = flags.trim;
  format.is_cancelled = cancel_on_signal();
  format.on_progress = flags.on_progress;
  format.reads_households = flags.reads_households;
  format.reads_places = flags.reads_places;
  format.bad_dates_are_null = flags.bad_dates == "empty";
  format.ids = flags.text_ids ? IdKind::kText : IdKind::kNumber;
  format.on_error = flags.bad_rows.empty() ? value_of<OnError>(kOnErrorNames, flags.on_error) : OnError::kReport;
  if (auto status = apply_mapping(flags.map, format.names); !status) return hand_on(status);
  const auto& own = side == Side::kLeft ? flags.map_left : flags.map_right;
  if (auto status = apply_mapping(own, format.names); !status) return hand_on(status);
  return format;
}

MysqlCredentials environment_credentials(Side side) {
  return credentials_from_environment([](const char* name) -> const char* { return std::getenv(name); },
                                      side == Side::kRight ? "_RIGHT" : "");
}

Result<std::unique_ptr<PersonsSource>> open_source(const std::string& source, const InputFlags& flags, Side side) {
  const auto format = csv_format(flags, side);
  if (!format) return tl::unexpected(format.error());
  if (!is_mysql_url(source)) return open_csv_source(source, *format);
  const auto endpoint = parse_mysql_url(source);
  if (!endpoint) return tl::unexpected(endpoint.error());
  if (flags.text_ids)
    return fail(ErrorKind::kBadInput, "a database table needs whole numbers as ids; leave out --text-ids");
  MysqlSourceOptions options;
  options.columns = format->names;
  options.connect.is_cancelled = format->is_cancelled;
  const bool is_skipping = format->on_error != OnError::kFail;
  options.on_bad_date = is_skipping ? MysqlSourceOptions::OnBadDate::kSkip : MysqlSourceOptions::OnBadDate::kFail;
  if (format->bad_dates_are_null) options.on_bad_date = MysqlSourceOptions::OnBadDate::kNull;
  auto opened = MysqlSource::open(*endpoint, environment_credentials(side), options);
  if (!opened) return hand_on(opened);
  return std::move(*opened);
}

std::string name_of_source(const std::string& source) {
  if (!is_mysql_url(source)) return source;
  const auto endpoint = parse_mysql_url(source);
  return endpoint ? endpoint->display_name() : "the database";
}

Result<LoadedTable> load_table(const std::string& source, const InputFlags& flags, Side side, unsigned threads) {
  constexpr std::size_t kBatchRows = 50000;
  const auto format = csv_format(flags, side);
  if (!format) return tl::unexpected(format.error());
  const RunWatch watch{format->is_cancelled, format->on_progress};
  PersonsRead read;
  if (is_mysql_url(source)) {
    auto opened = open_source(source, flags, side);
    if (!opened) return hand_on(opened);
    StageWatch stage("read", 0, watch);
    for (bool more = true; more;) {
      const std::size_t before = read.table.id.size();
      const auto batch = (*opened)->read(read.table, kBatchRows);
      if (!batch) return tl::unexpected(batch.error());
      more = *batch;
      stage.tick(read.table.id.size() - before);
    }
    read.report = (*opened)->report();
  } else {
    auto whole = read_persons_csv(source, *format, threads);
    if (!whole) return hand_on(whole);
    read = std::move(*whole);
  }
  const std::size_t duplicates = read.table.text_id.is_declared()
                                     ? count_duplicates(read.table.text_id.view(), read.table.id.size(), watch)
                                     : count_duplicates(read.table.id, watch);
  return LoadedTable{name_of_source(source), std::move(read), duplicates};
}

Status write_bad_rows(const InputFlags& flags, const std::vector<NamedReport>& reports, const RunWatch& watch,
                      Publication& outputs) {
  if (flags.bad_rows.empty()) return {};
  auto file = open_csv_sink(flags.bad_rows, &outputs);
  if (!file) return hand_on(file);
  WatchedSink sink(**file, 0, watch);
  const std::vector<Column> columns = {
      {"table", CellType::kText}, {"line", CellType::kInteger}, {"reason", CellType::kText}};
  if (auto status = sink.begin(columns); !status) return status;
  for (const auto& [table, report] : reports) {
    for (const BadRow& row : report->examples) {
      const std::array<Cell, 3> cells = {
          Cell{.type = CellType::kText, .text = table},
          Cell{.type = CellType::kInteger, .integer = static_cast<std::int64_t>(row.line)},
          Cell{.type = CellType::kText, .text = row.reason}};
      if (auto status = sink.write(cells); !status) return status;
    }
  }
  return sink.finish();
}

Result<std::size_t> parse_bytes(const std::string& text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const int shift = unit.empty() ? 0 : unit == "K" ? 10 : unit == "M" ? 20 : unit == "G" ? 30 : unit == "T" ? 40 : -1;
  constexpr std::size_t kMost = std::size_t{1} << 50;
  if (error != std::errc() || shift < 0 || number == 0 || number > (kMost >> shift)) {
    return fail(ErrorKind::kBadInput, "'{}' is not a size; write 512M or 4G", text);
  }
  return number << shift;
}

}  // namespace matcher
