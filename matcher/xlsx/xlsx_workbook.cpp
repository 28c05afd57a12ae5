// Opens and closes the workbook.
#include "matcher/xlsx/xlsx_workbook.hpp"

#include <xlsxwriter.h>

#include <cassert>
#include <utility>

#include "matcher/io/pending_file.hpp"
#include "matcher/xlsx/workbook_check.hpp"
#include "matcher/xlsx/xlsx_sheet.hpp"

namespace matcher {

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
