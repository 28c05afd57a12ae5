// Reads a table of persons from CSV text.
#include "matcher/io/csv_reader.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "matcher/io/csv_records.hpp"
#include "matcher/io/file_bytes.hpp"
#include "matcher/model/date.hpp"

namespace matcher {
namespace {

struct TextField {
  std::string_view name;
  TextBuilder PersonsTable::*column;
  bool required;
};

constexpr std::array<TextField, 5> kTextFields = {{{"uuid", &PersonsTable::uuid, false},
                                                   {"first_name", &PersonsTable::first_name, true},
                                                   {"middle_name", &PersonsTable::middle_name, false},
                                                   {"last_name", &PersonsTable::last_name, true},
                                                   {"hh_id", &PersonsTable::hh_id, false}}};

// Where each column of a persons table stands in a record.
struct Header {
  std::size_t field_count = 0;
  std::size_t id = 0;
  std::size_t birthdate = 0;
  std::array<std::optional<std::size_t>, kTextFields.size()> text;
};

class PersonsParser {
 public:
  PersonsParser(std::string_view content, std::string_view name)
      : name_(name), content_size_(content.size()), records_(content, name) {}

  Result<PersonsTable> parse() {
    if (auto header = read_header(); !header) return hand_on(header);
    while (true) {
      auto more = records_.next();
      if (!more) return hand_on(more);
      if (!*more) return std::move(table_);
      if (auto row = append_row(); !row) return hand_on(row);
      if (table_.id.size() == 1) reserve_like_first_row();
    }
  }

 private:
  Status read_header() {
    auto more = records_.next();
    if (!more) return hand_on(more);
    if (!*more) {
      return fail(ErrorKind::kBadInput, "{}: the file is empty; its first line must name the columns", name_);
    }
    const std::vector<std::string_view>& names = records_.fields();
    header_.field_count = names.size();
    if (auto status = check_unique(names); !status) return status;
    auto id = required(names, "id");
    if (!id) return hand_on(id);
    auto birthdate = required(names, "birthdate");
    if (!birthdate) return hand_on(birthdate);
    header_.id = *id;
    header_.birthdate = *birthdate;
    for (std::size_t i = 0; i < kTextFields.size(); ++i) {
      header_.text[i] = position_of(names, kTextFields[i].name);
      if (header_.text[i] || !kTextFields[i].required) continue;
      return missing(names, kTextFields[i].name);
    }
    return {};
  }

  Status check_unique(const std::vector<std::string_view>& names) const {
    for (auto name = names.begin(); name != names.end(); ++name) {
      if (std::find(names.begin(), name, *name) == name) continue;
      return fail(ErrorKind::kBadInput, "{}:{}: column '{}' appears twice; rename or remove one", name_,
                  records_.line(), printable(*name));
    }
    return {};
  }

  static std::optional<std::size_t> position_of(const std::vector<std::string_view>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
  }

  tl::unexpected<Error> missing(const std::vector<std::string_view>& names, std::string_view name) const {
    std::vector<std::string> found;
    for (const std::string_view column : names) found.push_back(printable(column));
    return fail(ErrorKind::kBadInput, "{}:{}: column '{}' is missing (found: {}); add it to the header", name_,
                records_.line(), name, fmt::join(found, ", "));
  }

  Result<std::size_t> required(const std::vector<std::string_view>& names, std::string_view name) const {
    const auto position = position_of(names, name);
    if (!position) return missing(names, name);
    return *position;
  }

  Status append_row() {
    const std::vector<std::string_view>& fields = records_.fields();
    if (fields.size() != header_.field_count) {
      return fail(ErrorKind::kBadInput,
                  "{}:{}: the row has {} fields, the header has {}; quote fields that hold commas", name_,
                  records_.line(), fields.size(), header_.field_count);
    }
    if (auto status = append_id(fields[header_.id]); !status) return status;
    if (auto status = append_birthdate(fields[header_.birthdate]); !status) return status;
    for (std::size_t i = 0; i < kTextFields.size(); ++i) {
      if (!header_.text[i]) continue;
      if (auto status = append_text(kTextFields[i], fields[*header_.text[i]]); !status) return status;
    }
    return {};
  }

  Status append_id(std::string_view text) {
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc() || end != text.data() + text.size()) {
      return fail(ErrorKind::kBadInput, "{}:{}: id '{}' is not a 64-bit whole number; every row needs one", name_,
                  records_.line(), printable(text));
    }
    table_.id.push_back(id);
    return {};
  }

  Status append_birthdate(std::string_view text) {
    const auto days = parse_iso_date(text);
    if (!text.empty() && !days) {
      return fail(ErrorKind::kBadInput,
                  "{}:{}: birthdate '{}' is not a calendar date of the form yyyy-mm-dd; correct it or leave it empty",
                  name_, records_.line(), printable(text));
    }
    table_.birthdate.append(days);
    return {};
  }

  Status append_text(const TextField& field, std::string_view text) {
    TextBuilder& column = table_.*field.column;
    if (!column.has_room_for(text.size())) {
      return fail(ErrorKind::kBadInput, "{}:{}: column '{}' holds more than {} bytes; split the file", name_,
                  records_.line(), field.name, TextBuilder::kMaxBytes);
    }
    if (text.empty()) {
      column.append_null();
    } else {
      column.append(text);
    }
    return {};
  }

  // A guess from the first row saves most of the growth; being wrong costs nothing but a reallocation.
  void reserve_like_first_row() {
    std::size_t record_bytes = 1;
    for (const std::string_view field : records_.fields()) record_bytes += field.size() + 1;
    const std::size_t rows = content_size_ / record_bytes + 1;
    table_.id.reserve(rows);
    table_.birthdate.reserve(rows);
    for (std::size_t i = 0; i < kTextFields.size(); ++i) {
      if (!header_.text[i]) continue;
      const std::size_t bytes = rows * (records_.fields()[*header_.text[i]].size() + 1);
      (table_.*kTextFields[i].column).reserve(rows, std::min(bytes, content_size_));
    }
  }

  std::string_view name_;
  std::size_t content_size_;
  CsvRecords records_;
  Header header_;
  PersonsTable table_;
};

}  // namespace

Result<PersonsTable> read_persons_csv(const std::filesystem::path& path) {
  auto file = FileBytes::open(path);
  if (!file) return hand_on(file);
  return parse_persons_csv(file->text(), path.string());
}

Result<PersonsTable> parse_persons_csv(std::string_view content, std::string_view name) {
  return PersonsParser(content, name).parse();
}

}  // namespace matcher
