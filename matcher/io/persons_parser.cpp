// CSV records to rows.
#include "matcher/io/persons_parser.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "matcher/text/ascii.hpp"

namespace matcher {
namespace {

constexpr std::size_t kRecordsPerPoll = 4096;  // about a millisecond

bool is_read(FieldUse use, const CsvFormat& format) {
  return use == FieldUse::kName || (use == FieldUse::kHousehold ? format.reads_households : format.reads_places);
}

using Names = std::vector<std::string>;

std::optional<std::size_t> position_of(const Names& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

tl::unexpected<Error> missing(const Names& names, std::string_view wanted, std::string_view file, std::size_t line) {
  Names shown;
  for (const std::string& name : names) shown.push_back(printable(name));
  return fail(ErrorKind::kBadInput,
              "{}:{}: column '{}' is missing (found: {}); add it to the header, or say which column it is (--map)",
              file, line, wanted, fmt::join(shown, ", "));
}

}  // namespace

Result<CsvHeader> read_csv_header(std::string_view text, std::string_view file, const CsvFormat& format) {
  CsvRecords records(text, file, format.delimiter);
  auto more = records.next();
  if (!more) return hand_on(more);
  if (!*more) {
    return fail(ErrorKind::kBadInput, "{}: the file is empty; its first line must name the columns", file);
  }
  Names names;
  for (const std::string_view name : records.fields()) names.emplace_back(format.trim ? trim_ascii(name) : name);
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (std::find(names.begin(), name, *name) == name) continue;
    return fail(ErrorKind::kBadInput, "{}:{}: column '{}' appears twice; rename or remove one", file, records.line(),
                printable(*name));
  }
  CsvHeader header;
  header.field_count = names.size();
  header.next_line = records.next_line();
  header.bytes = static_cast<std::size_t>(records.rest().data() - text.data());
  const auto id = position_of(names, format.names.id);
  if (!id) return missing(names, format.names.id, file, records.line());
  const auto birthdate = position_of(names, format.names.birthdate);
  if (!birthdate) return missing(names, format.names.birthdate, file, records.line());
  header.id = *id;
  header.birthdate = *birthdate;
  for (std::size_t i = 0; i < kPersonTextFields.size(); ++i) {
    const std::string& name = format.names.*kPersonTextFields[i].mapped;
    header.text[i] = position_of(names, name);
    const bool is_wanted = kPersonTextFields[i].required || name != ColumnNames().*kPersonTextFields[i].mapped;
    if (is_wanted && !header.text[i]) return missing(names, name, file, records.line());
    if (!is_read(kPersonTextFields[i].use, format)) header.text[i].reset();
  }
  return header;
}

PersonsParser::PersonsParser(std::string_view text, std::string_view name, const CsvFormat& format,
                             const CsvHeader& header, std::size_t first_line, bool is_last)
    : name_(name),
      format_(format),
      header_(header),
      records_(text, name_, format.delimiter, first_line),
      is_last_(is_last),
      text_bytes_(text.size()) {}

void PersonsParser::declare(PersonsTable& table, const CsvHeader& header, const CsvFormat& format) {
  for (std::size_t i = 0; i < kPersonTextFields.size(); ++i) {
    if (header.text[i]) (table.*kPersonTextFields[i].column).declare();
  }
  if (format.ids == IdKind::kText) table.text_id.declare();
}

Result<bool> PersonsParser::parse(PersonsTable& table, std::size_t max_rows, ReadReport& report) {
  declare(table, header_, format_);
  for (std::size_t rows = 0; rows < max_rows;) {
    if (++records_read_ % kRecordsPerPoll == 0 && format_.is_cancelled && format_.is_cancelled()) {
      return fail(ErrorKind::kCancelled, "cancelled");
    }
    auto more = records_.next();
    if (!is_last_ && records_.reached_end()) return false;
    if (!more) {
      met_bad_quotes_ = true;
      if (auto status = bad_row(std::move(more.error().message), report); !status) return hand_on(status);
      records_.skip_line();
      continue;
    }
    if (!*more) return false;
    if (auto problem = problem_of_row()) {
      std::string message = fmt::format("{}:{}: {}", name_, records_.line(), *problem);
      if (auto status = bad_row(std::move(message), report); !status) return hand_on(status);
      continue;
    }
    if (rows == 0) reserve(table, max_rows);
    if (auto status = check_room(table); !status) return hand_on(status);
    append_row(table);
    if (had_bad_date_) ++report.bad_dates;
    ++rows;
  }
  return true;
}

std::string_view PersonsParser::field(std::size_t position) const {
  const std::string_view text = records_.fields()[position];
  return format_.trim ? trim_ascii(text) : text;
}

// Also reads the id and the date, so that a row is appended whole or not at all.
std::optional<std::string> PersonsParser::problem_of_row() {
  if (records_.fields().size() != header_.field_count) {
    return fmt::format("the row has {} fields, the header has {}; quote fields that hold the delimiter",
                       records_.fields().size(), header_.field_count);
  }
  const std::string_view id = field(header_.id);
  if (format_.ids == IdKind::kText) {
    if (id.empty()) return "the id is empty; every row needs one";
  } else {
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), id_);
    if (error != std::errc() || end != id.data() + id.size()) {
      return fmt::format("id '{}' is not a 64-bit whole number; every row needs one (--text-ids takes any text)",
                         printable(id));
    }
  }
  const std::string_view date = field(header_.birthdate);
  birthdate_ = format_.dates.parse(date);
  had_bad_date_ = !date.empty() && !birthdate_;
  if (had_bad_date_ && !format_.bad_dates_are_null) {
    return fmt::format("birthdate '{}' is not a calendar date of the form {}; correct it or leave it empty",
                       printable(date), format_.dates.pattern());
  }
  return std::nullopt;
}

void PersonsParser::append_row(PersonsTable& table) {
  if (format_.ids == IdKind::kText) {
    table.id.push_back(static_cast<std::int64_t>(table.id.size()) + 1);
    table.text_id.append(field(header_.id));
  } else {
    table.id.push_back(id_);
  }
  table.birthdate.append(birthdate_);
  for (std::size_t i = 0; i < kPersonTextFields.size(); ++i) {
    if (!header_.text[i]) continue;
    const std::string_view text = field(*header_.text[i]);
    TextBuilder& column = table.*kPersonTextFields[i].column;
    text.empty() ? column.append_null() : column.append(text);
  }
}

Status PersonsParser::bad_row(std::string reason, ReadReport& report) const {
  if (format_.on_error == OnError::kFail) return fail(ErrorKind::kBadInput, "{}", reason);
  ++report.bad_rows;
  if (format_.on_error == OnError::kReport || report.examples.size() < kMostSkippedExamples) {
    report.examples.push_back({records_.line(), std::move(reason)});
  }
  return {};
}

Status PersonsParser::check_room(const PersonsTable& table) const {
  std::size_t bytes = 0;
  for (const std::string_view text : records_.fields()) bytes = std::max(bytes, text.size());
  for (const auto column : kTextColumns) {
    if ((table.*column).has_room_for(bytes)) continue;
    return fail(ErrorKind::kBadInput,
                "{}:{}: a column holds more than {} bytes; match with --memory, or split the file", name_,
                records_.line(), TextBuilder::kMaxBytes);
  }
  return {};
}

// A guess from the first row saves most of the growth; being wrong costs nothing but a reallocation.
void PersonsParser::reserve(PersonsTable& table, std::size_t max_rows) const {
  std::size_t record_bytes = 1;
  for (const std::string_view text : records_.fields()) record_bytes += text.size() + 1;
  const std::size_t rows = std::min(text_bytes_ / record_bytes + 1, max_rows);
  table.id.reserve(table.id.size() + rows);
  table.birthdate.reserve(rows);
  for (std::size_t i = 0; i < kPersonTextFields.size(); ++i) {
    if (!header_.text[i]) continue;
    const std::size_t bytes = rows * (records_.fields()[*header_.text[i]].size() + 1);
    (table.*kPersonTextFields[i].column).reserve(rows, std::min(bytes, text_bytes_));
  }
}

}  // namespace matcher
