// Stands for the workbook in a build without libxlsxwriter.
#include "matcher/xlsx/xlsx_workbook.hpp"

namespace matcher {

struct XlsxWorkbook::Book {};

namespace {

tl::unexpected<Error> fail_absent() {
  return fail(ErrorKind::kBadInput, "built without XLSX support; install libxlsxwriter-dev and build again");
}

}  // namespace

bool has_xlsx_support() {
  return false;
}

Result<XlsxWorkbook> XlsxWorkbook::open(const std::filesystem::path& /*path*/, std::uint32_t /*rows_per_sheet*/) {
  return fail_absent();
}

Result<std::unique_ptr<TableSink>> XlsxWorkbook::sheet(const std::string& /*name*/) {
  return fail_absent();
}

Status XlsxWorkbook::finish(const RunWatch& /*watch*/, Publication* /*publication*/) {
  return fail_absent();
}

XlsxWorkbook::XlsxWorkbook(std::unique_ptr<Book> book) : book_(std::move(book)) {}
XlsxWorkbook::XlsxWorkbook(XlsxWorkbook&& other) noexcept = default;
XlsxWorkbook::~XlsxWorkbook() = default;

}  // namespace matcher
