// Without libxlsxwriter there is one clear answer.
#include <gmock/gmock.h>

#include "matcher/xlsx/xlsx_workbook.hpp"

namespace {

TEST(XlsxAbsent, Open_SaysWhatToInstall) {
  EXPECT_FALSE(matcher::has_xlsx_support());
  const auto workbook = matcher::XlsxWorkbook::open("out.xlsx");
  ASSERT_FALSE(workbook);
  EXPECT_EQ(workbook.error().kind, matcher::ErrorKind::kBadInput);
  EXPECT_EQ(workbook.error().message, "built without XLSX support; install libxlsxwriter-dev and build again");
}

}  // namespace
