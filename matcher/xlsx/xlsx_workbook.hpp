// Writes tables as the sheets of an Excel workbook.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "matcher/io/publication.hpp"
#include "matcher/io/table_sink.hpp"
#include "matcher/model/error.hpp"
#include "matcher/parallel/stage_watch.hpp"

namespace matcher {

// False if the program was built without libxlsxwriter: then XlsxWorkbook::open answers an error that says so.
[[nodiscard]] bool has_xlsx_support();

// Sheets are written one after another in bounded memory; rows go through a nameless temporary file in the folder of
// the workbook, which needs room for the unpacked sheets. The header is bold and stays in sight. Numbers are numbers
// (kPercent2 shown as 0.00, kPercent6 as 0.000000, kFloat as its shortest decimal), written with 16 significant digits,
// one more than Excel shows; an integer beyond 2^53, which Excel would round, is text. In text a character that XML
// cannot hold is escaped as Excel does (U+0001 is _x0001_, and a literal _x0001_ is _x005F_x0001_); bytes that are not
// UTF-8 become U+FFFD.
// Nothing is seen under the final name before finish has succeeded; an object that dies before leaves nothing behind.
// Call order: open (sheet (begin write* finish))* finish; nothing after a failed call save destruction. Move-only.
class XlsxWorkbook {
 public:
  static constexpr std::uint32_t kMostRows = 1'048'576;  // of a sheet, in Excel 2007 and later

  // rows_per_sheet: header included; a table that has more continues on "NAME (2)" and so on. REQUIRES: rows_per_sheet
  // in [2, kMostRows]. Errors: kInternal if the system refuses; kBadInput if the path is a device, a pipe or "-".
  [[nodiscard]] static Result<XlsxWorkbook> open(const std::filesystem::path& path,
                                                 std::uint32_t rows_per_sheet = kMostRows);

  // The next sheet; it must not outlive the workbook. Errors: kBadInput if Excel does not take the name (empty, over 31
  // characters, one of []:*?/\, an apostrophe at an end, or used already). Errors of the sheet: kBadInput if a text is
  // over 32,767 characters, there are over 16,384 columns, or a number is not finite; kInternal if the system refuses.
  [[nodiscard]] Result<std::unique_ptr<TableSink>> sheet(const std::string& name);

  // Packs the sheets in a process of its own, as the library packs for seconds and cannot be stopped, and reads every
  // sheet back (the library does not notice a full disk). publication: the file appears with it; null: at once. Throws
  // Cancelled. Errors: kInternal.
  [[nodiscard]] Status finish(const RunWatch& watch = {}, Publication* publication = nullptr);

  XlsxWorkbook(XlsxWorkbook&& other) noexcept;
  XlsxWorkbook& operator=(XlsxWorkbook&&) = delete;
  XlsxWorkbook(const XlsxWorkbook&) = delete;
  XlsxWorkbook& operator=(const XlsxWorkbook&) = delete;
  ~XlsxWorkbook();

  struct Book;  // private to the implementation

 private:
  explicit XlsxWorkbook(std::unique_ptr<Book> book);

  std::unique_ptr<Book> book_;
};

}  // namespace matcher
