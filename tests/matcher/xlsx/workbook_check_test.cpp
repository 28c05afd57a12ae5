// A workbook that was cut off is told from a whole one.
#include "matcher/xlsx/workbook_check.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <string>

#include "tests/matcher/io/scratch_folder.hpp"

namespace {

using testing::HasSubstr;

class CheckWorkbook : public matcher_test::ScratchFolder {
 protected:
  // A ZIP archive by Python with a sheet of this text, and a file that is no sheet.
  void pack(const std::string& sheet) {
    save(folder_ / "sheet.xml", sheet);
    const std::string program =
        "import sys, zipfile\n"
        "z = zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED)\n"
        "z.writestr('xl/workbook.xml', 'x')\n"
        "z.write(sys.argv[1], 'xl/worksheets/sheet1.xml')\n"
        "z.writestr('xl/worksheets/_rels/sheet1.xml.rels', 'x')\n"
        "z.close()\n";
    save(folder_ / "pack.py", program);
    const std::string folder = folder_.string() + "/";
    const std::string command = PYTHON " " + folder + "pack.py " + folder + "sheet.xml " + folder + "a.xlsx";
    ASSERT_EQ(std::system(command.c_str()), 0);
  }
  matcher::Status check(std::size_t sheet_count = 1) {
    return matcher::check_workbook(folder_ / "a.xlsx", sheet_count, "out.xlsx");
  }
};

TEST_F(CheckWorkbook, WholeSheet_IsAccepted) {
  for (const std::size_t size : {0U, 65530U, 200'000U}) {
    pack("<worksheet>" + std::string(size, 'x') + "</worksheet>");
    EXPECT_TRUE(check()) << size;
  }
}

TEST_F(CheckWorkbook, SheetCutOff_IsRefused) {
  pack("<worksheet>" + std::string(200'000, 'x') + "</worksh");
  const auto status = check();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, matcher::ErrorKind::kInternal);
  EXPECT_THAT(status.error().message, HasSubstr("out.xlsx: cannot write: 0 of 1 sheets came out whole; free space"));
}

TEST_F(CheckWorkbook, SheetMissing_IsRefused) {
  pack("<worksheet></worksheet>");
  EXPECT_FALSE(check(2));
}

TEST_F(CheckWorkbook, ArchiveCutOffAnywhereOrDamaged_IsRefusedOrWhole) {
  pack("<worksheet></worksheet>");
  const std::string whole = content(folder_ / "a.xlsx");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    save(folder_ / "a.xlsx", whole.substr(0, size));
    EXPECT_FALSE(check()) << size;
  }
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x80);
    save(folder_ / "a.xlsx", damaged);
    static_cast<void>(check());  // must not read out of bounds; the sanitizers look
  }
}

}  // namespace
