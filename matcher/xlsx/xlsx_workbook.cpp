// Sheets over libxlsxwriter in its constant-memory mode, in which every row is written before the next.
#include "matcher/xlsx/xlsx_workbook.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/io/pending_file.hpp"
#include "matcher/xlsx/cell_text.hpp"
#include "matcher/xlsx/workbook_check.hpp"

namespace matcher {

struct XlsxWorkbook::Book {
  explicit Book(PendingFile pending, std::uint32_t most_rows) : file(std::move(pending)), rows_per_sheet(most_rows) {}
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;
  ~Book() { ::lxw_workbook_free(workbook); }

  PendingFile file;
  std::uint32_t rows_per_sheet;
  lxw_workbook* workbook = nullptr;
  lxw_format* bold = nullptr;
  lxw_format* percent2 = nullptr;
  lxw_format* percent6 = nullptr;
  std::size_t sheet_count = 0;
};

namespace {

constexpr std::size_t kMostCharacters = 32'767;             // of a cell
constexpr std::size_t kMostColumns = 16'384;                // of a sheet
constexpr std::size_t kMostNameCharacters = 31;             // of the name of a sheet
constexpr std::int64_t kMostExact = std::int64_t{1} << 53;  // Excel's numbers are doubles
constexpr double kColumnWidth = 16;                         // characters: ids, names and scores without cutting most

tl::unexpected<Error> fail_library(const XlsxWorkbook::Book& book, lxw_error error) {
  return fail(ErrorKind::kInternal, "{}: cannot write: {}; free space in its folder or choose another output path",
              book.file.name(), ::lxw_strerror(error));
}

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

class XlsxSheet final : public TableSink {
 public:
  XlsxSheet(XlsxWorkbook::Book& book, std::string name) : book_(book), name_(std::move(name)), current_(name_) {}

  // Adds the worksheet at once: its name may be refused.
  [[nodiscard]] Status add_worksheet() {
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

  [[nodiscard]] Status begin(std::span<const Column> columns) override {
    if (columns.size() > kMostColumns) {
      return fail(ErrorKind::kBadInput, "{}: sheet '{}' would have {} columns, the most is {}; write CSV instead",
                  book_.file.name(), name_, columns.size(), kMostColumns);
    }
    columns_.assign(columns.begin(), columns.end());
    return write_header();
  }

  [[nodiscard]] Status write(std::span<const Cell> row) override {
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

  [[nodiscard]] Status finish() override {
    // Looked at here for an early end; what fails later is found when the workbook is read back.
    if (std::fflush(worksheet_->optimize_tmpfile) == 0 && std::ferror(worksheet_->optimize_tmpfile) == 0) return {};
    return fail_library(book_, LXW_ERROR_READING_TMPFILE);
  }

 private:
  [[nodiscard]] Status write_header() {
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

  [[nodiscard]] Status next_worksheet() {
    auto status = finish();
    if (!status) return status;
    current_ = numbered(name_, ++part_);
    status = add_worksheet();
    if (!status) return status;
    return write_header();
  }

  [[nodiscard]] Status write_cell(lxw_col_t column, const Cell& cell) {
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

  [[nodiscard]] Status write_number(lxw_col_t column, double number, lxw_format* format) {
    if (!std::isfinite(number)) {
      return fail_cell(column, fmt::format("{} is no number that a workbook holds", number));
    }
    const lxw_error error = ::worksheet_write_number(worksheet_, row_, column, number, format);
    return error == LXW_NO_ERROR ? Status{} : Status{fail_library(book_, error)};
  }

  [[nodiscard]] Status write_text(lxw_col_t column, std::string_view text, lxw_format* format) {
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

  [[nodiscard]] tl::unexpected<Error> fail_cell(lxw_col_t column, std::string_view what) const {
    return fail(ErrorKind::kBadInput, "{}: sheet '{}' row {} column '{}': {}; write CSV instead", book_.file.name(),
                current_, row_ + 1, columns_[column].name, what);
  }

  XlsxWorkbook::Book& book_;
  std::string name_;
  std::string current_;  // the name of the worksheet that is being written
  std::size_t part_ = 1;
  lxw_worksheet* worksheet_ = nullptr;  // owned by the workbook
  std::vector<Column> columns_;
  std::uint32_t row_ = 0;  // the next one, from 0
  std::string text_;       // kept for its memory
};

}  // namespace

bool has_xlsx_support() {
  return true;
}

Result<XlsxWorkbook> XlsxWorkbook::open(const std::filesystem::path& path, std::uint32_t rows_per_sheet) {
  assert(rows_per_sheet >= 2 && rows_per_sheet <= kMostRows && "a header and a row");
  auto file = PendingFile::open(path);
  if (!file) return hand_on(file);
  if (file->temporary_path().empty()) {
    return fail(ErrorKind::kBadInput, "{}: a workbook needs a file; name one that ends in .xlsx", file->name());
  }
  auto book = std::make_unique<Book>(std::move(*file), rows_per_sheet);
  std::string folder = (std::filesystem::path(book->file.temporary_path()).parent_path() / ".").string();
  lxw_workbook_options options{.constant_memory = LXW_TRUE, .tmpdir = folder.data(), .use_zip64 = LXW_FALSE};
  book->workbook = ::workbook_new_opt(book->file.temporary_path().c_str(), &options);
  if (book->workbook == nullptr) return fail_library(*book, LXW_ERROR_MEMORY_MALLOC_FAILED);
  book->bold = ::workbook_add_format(book->workbook);
  book->percent2 = ::workbook_add_format(book->workbook);
  book->percent6 = ::workbook_add_format(book->workbook);
  ::format_set_bold(book->bold);
  ::format_set_num_format(book->percent2, "0.00");
  ::format_set_num_format(book->percent6, "0.000000");
  return XlsxWorkbook(std::move(book));
}

Result<std::unique_ptr<TableSink>> XlsxWorkbook::sheet(const std::string& name) {
  auto sheet = std::make_unique<XlsxSheet>(*book_, name);
  auto status = sheet->add_worksheet();
  if (!status) return hand_on(status);
  return sheet;
}

Status XlsxWorkbook::finish() {
  if (book_->sheet_count == 0) book_->sheet_count = 1;                                // the library adds an empty one
  const lxw_error error = ::workbook_close(std::exchange(book_->workbook, nullptr));  // frees it, too
  if (error != LXW_NO_ERROR) return fail_library(*book_, error);
  auto status = check_workbook(book_->file.temporary_path(), book_->sheet_count, book_->file.name());
  if (!status) return status;
  return book_->file.commit();
}

XlsxWorkbook::XlsxWorkbook(std::unique_ptr<Book> book) : book_(std::move(book)) {}
XlsxWorkbook::XlsxWorkbook(XlsxWorkbook&& other) noexcept = default;
XlsxWorkbook::~XlsxWorkbook() = default;

}  // namespace matcher
