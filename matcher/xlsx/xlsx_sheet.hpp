// One table of a workbook, over libxlsxwriter in its constant-memory mode; private to the implementation.
#pragma once

#include <xlsxwriter.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/io/pending_file.hpp"
#include "matcher/xlsx/xlsx_workbook.hpp"

namespace matcher {

struct XlsxWorkbook::Book {
  Book(PendingFile pending, std::uint32_t most_rows) : file(std::move(pending)), rows_per_sheet(most_rows) {}
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

[[nodiscard]] tl::unexpected<Error> fail_library(const XlsxWorkbook::Book& book, lxw_error error);

// Call order: add_worksheet begin write* finish.
class XlsxSheet final : public TableSink {
 public:
  XlsxSheet(XlsxWorkbook::Book& book, std::string name) : book_(book), name_(std::move(name)), current_(name_) {}

  // Errors: kBadInput if the name is refused; kInternal.
  [[nodiscard]] Status add_worksheet();
  [[nodiscard]] Status begin(std::span<const Column> columns) override;
  [[nodiscard]] Status write(std::span<const Cell> row) override;
  [[nodiscard]] Status finish() override;

 private:
  [[nodiscard]] Status write_header();
  [[nodiscard]] Status next_worksheet();
  [[nodiscard]] Status write_cell(lxw_col_t column, const Cell& cell);
  [[nodiscard]] Status write_number(lxw_col_t column, double number, lxw_format* format);
  [[nodiscard]] Status write_text(lxw_col_t column, std::string_view text, lxw_format* format);
  [[nodiscard]] tl::unexpected<Error> fail_cell(lxw_col_t column, std::string_view what) const;

  XlsxWorkbook::Book& book_;
  std::string name_;
  std::string current_;  // the name of the worksheet that is being written
  std::size_t part_ = 1;
  lxw_worksheet* worksheet_ = nullptr;  // owned by the workbook
  std::vector<Column> columns_;
  std::uint32_t row_ = 0;  // the next one, from 0
  std::string text_;       // kept for its memory
};

}  // namespace matcher
