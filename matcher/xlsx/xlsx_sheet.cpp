// Cells as libxlsxwriter writes them, row by row.
#include "matcher/xlsx/xlsx_sheet.hpp"

#include <fmt/format.h>

#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "matcher/xlsx/cell_text.hpp"

namespace matcher {
namespace {

constexpr std::size_t kMostCharacters = 32'767;             // of a cell
constexpr std::size_t kMostColumns = 16'384;                // of a sheet
constexpr std::size_t kMostNameCharacters = 31;             // of the name of a sheet
constexpr std::int64_t kMostExact = std::int64_t{1} << 53;  // Excel's numbers are doubles
constexpr double kColumnWidth = 16;                         // characters: ids, names and scores without cutting most

// The double whose shortest text is that of the float: 0.1 shows as 0.1, not as 0.100000001490116.
double shortest_decimal(float number) {
  const std::string text = fmt::to_string(number);
  double decimal = number;
  std::from_chars(text.data(), text.data() + text.size(), decimal);
  return decimal;
}

// name with room for its ending, cut between characters.
std::string numbered(std::string_view name, std::size_t number) {
  const std::string ending = fmt::format(" ({})", number);
  std::size_t characters = 0;
  std::size_t size = 0;
  for (; size < name.size(); ++size) {
    if ((static_cast<unsigned char>(name[size]) & 0xC0U) == 0x80U) continue;  // within a character
    if (characters == kMostNameCharacters - ending.size()) break;
    ++characters;
  }
  return fmt::format("{}{}", name.substr(0, size), ending);
}

}  // namespace

tl::unexpected<Error> fail_library(const XlsxWorkbook::Book& book, lxw_error error) {
  return fail(ErrorKind::kInternal, "{}: cannot write: {}; free space in its folder or choose another output path",
              book.file.name(), ::lxw_strerror(error));
}

Status XlsxSheet::add_worksheet() {
  const lxw_error error = ::workbook_validate_sheet_name(book_.workbook, current_.c_str());
  if (error != LXW_NO_ERROR || current_.empty()) {
    return fail(ErrorKind::kBadInput, "{}: sheet name '{}' is refused: {}; choose another name", book_.file.name(),
                current_, current_.empty() ? "it is empty" : ::lxw_strerror(error));
  }
  worksheet_ = ::workbook_add_worksheet(book_.workbook, current_.c_str());
  if (worksheet_ == nullptr) return fail_library(book_, LXW_ERROR_CREATING_TMPFILE);
  ++book_.sheet_count;
  return {};
}

Status XlsxSheet::begin(std::span<const Column> columns) {
  if (columns.size() > kMostColumns) {
    return fail(ErrorKind::kBadInput, "{}: sheet '{}' would have {} columns, the most is {}; write CSV instead",
                book_.file.name(), name_, columns.size(), kMostColumns);
  }
  assert(!columns.empty() && "a table has columns");
  columns_.assign(columns.begin(), columns.end());
  return write_header();
}

Status XlsxSheet::write(std::span<const Cell> row) {
  assert(row.size() == columns_.size() && "one cell per column");
  if (row_ == book_.rows_per_sheet) {
    auto status = next_worksheet();
    if (!status) return status;
  }
  for (std::size_t column = 0; column < row.size(); ++column) {
    auto status = write_cell(static_cast<lxw_col_t>(column), row[column]);
    if (!status) return status;
  }
  ++row_;
  return {};
}

Status XlsxSheet::finish() {
  // Looked at here for an early end; what fails later is found when the workbook is read back.
  if (std::fflush(worksheet_->optimize_tmpfile) == 0 && std::ferror(worksheet_->optimize_tmpfile) == 0) return {};
  return fail_library(book_, LXW_ERROR_READING_TMPFILE);
}

Status XlsxSheet::write_header() {
  row_ = 0;
  ::worksheet_freeze_panes(worksheet_, 1, 0);
  ::worksheet_set_column(worksheet_, 0, static_cast<lxw_col_t>(columns_.size() - 1), kColumnWidth, nullptr);
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    auto status = write_text(static_cast<lxw_col_t>(column), columns_[column].name, book_.bold);
    if (!status) return status;
  }
  ++row_;
  return {};
}

Status XlsxSheet::next_worksheet() {
  auto status = finish();
  if (!status) return status;
  current_ = numbered(name_, ++part_);
  status = add_worksheet();
  if (!status) return status;
  return write_header();
}

Status XlsxSheet::write_cell(lxw_col_t column, const Cell& cell) {
  switch (cell.type) {
    case CellType::kNull:
      return {};
    case CellType::kInteger:
      if (cell.integer < -kMostExact || cell.integer > kMostExact) {
        return write_text(column, fmt::format_int(cell.integer).c_str(), nullptr);
      }
      return write_number(column, static_cast<double>(cell.integer), nullptr);
    case CellType::kText:
      return write_text(column, cell.text, nullptr);
    case CellType::kPercent2:
      return write_number(column, cell.real, book_.percent2);
    case CellType::kPercent6:
      return write_number(column, cell.real, book_.percent6);
    case CellType::kFloat:
      return write_number(column, shortest_decimal(static_cast<float>(cell.real)), nullptr);
  }
  return {};
}

Status XlsxSheet::write_number(lxw_col_t column, double number, lxw_format* format) {
  if (!std::isfinite(number)) {
    return fail_cell(column, fmt::format("{} is no number that a workbook holds", number));
  }
  const lxw_error error = ::worksheet_write_number(worksheet_, row_, column, number, format);
  return error == LXW_NO_ERROR ? Status{} : Status{fail_library(book_, error)};
}

Status XlsxSheet::write_text(lxw_col_t column, std::string_view text, lxw_format* format) {
  const std::size_t characters = make_cell_text(text_, text);
  if (characters > kMostCharacters) {
    return fail_cell(column, fmt::format("text has {} characters, a cell holds {}", characters, kMostCharacters));
  }
  const lxw_error error = ::worksheet_write_string(worksheet_, row_, column, text_.c_str(), format);
  if (error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED) {
    return fail_cell(column, fmt::format("text has over {} characters with its escapes", kMostCharacters));
  }
  return error == LXW_NO_ERROR ? Status{} : Status{fail_library(book_, error)};
}

tl::unexpected<Error> XlsxSheet::fail_cell(lxw_col_t column, std::string_view what) const {
  return fail(ErrorKind::kBadInput, "{}: sheet '{}' row {} column '{}': {}; write CSV instead", book_.file.name(),
              current_, row_ + 1, columns_[column].name, what);
}

}  // namespace matcher
