// Results whose shape breaks the contract are refused, by column and fault.
#include "harness/equivalence/table_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/equivalence/matches.hpp"

namespace assay::equivalence {
namespace {

using testing::AllOf;
using testing::HasSubstr;

struct TableViewTest : testing::Test {
  MatchTable result{some_matches(20)};

  std::string fault() const {
    const auto view = view_result(result.table, match_contract());
    if (view) return "";
    EXPECT_EQ(view.error().kind, ErrorKind::kPlugin);
    return view.error().message;
  }
};

TEST_F(TableViewTest, SoundResult_IsViewedInPlace) {
  const auto view = view_result(result.table, match_contract());
  ASSERT_TRUE(view);
  EXPECT_EQ(view->row_count, 20U);
  ASSERT_EQ(view->columns.size(), kMatchColumns);
  EXPECT_EQ(view->columns[0].data, result.left.data());
}

TEST_F(TableViewTest, TableStructTooShort_IsRefused) {
  result.table.struct_size = 16;
  EXPECT_THAT(fault(), HasSubstr("struct_size is 16"));
}

TEST_F(TableViewTest, LargerStructs_AreRead) {  // a plugin of a later minor version
  result.table.struct_size += 8;
  result.columns[0].struct_size += 8;
  EXPECT_EQ(fault(), "");
}

TEST_F(TableViewTest, ColumnStructTooShort_IsRefused) {
  result.columns[3].struct_size = 8;
  EXPECT_THAT(fault(), AllOf(HasSubstr("'distance'"), HasSubstr("struct_size is 8")));
}

TEST_F(TableViewTest, OtherNumberOfColumns_IsRefused) {
  result.table.column_count = 6;
  EXPECT_THAT(fault(), AllOf(HasSubstr("says 7"), HasSubstr("delivers 6")));
}

TEST_F(TableViewTest, NullPointers_AreRefused) {
  result.pointers[2] = nullptr;
  EXPECT_THAT(fault(), AllOf(HasSubstr("'rule'"), HasSubstr("null")));
  result.table.columns = nullptr;
  EXPECT_THAT(fault(), HasSubstr("columns pointer is null"));
}

TEST_F(TableViewTest, OtherName_IsRefused) {
  result.columns[1].name = "id";
  EXPECT_THAT(fault(), AllOf(HasSubstr("'right_id'"), HasSubstr("'id'")));
  result.columns[1].name = nullptr;
  EXPECT_THAT(fault(), HasSubstr("(no name)"));
}

TEST_F(TableViewTest, OtherType_IsRefused) {
  result.columns[4].type = ASSAY_TYPE_INT64;
  EXPECT_THAT(fault(), AllOf(HasSubstr("'score'"), HasSubstr("says float64"), HasSubstr("delivers int64")));
  result.columns[4].type = 1000;
  EXPECT_THAT(fault(), HasSubstr("delivers an unknown type"));
}

TEST_F(TableViewTest, RowsWithoutData_AreRefused) {
  result.columns[6].data = nullptr;
  EXPECT_THAT(fault(), AllOf(HasSubstr("'day'"), HasSubstr("20 rows without data")));
}

TEST_F(TableViewTest, MisalignedData_IsRefused) {
  result.columns[0].data = reinterpret_cast<const char*>(result.left.data()) + 4;
  EXPECT_THAT(fault(), AllOf(HasSubstr("'left_id'"), HasSubstr("8 bytes")));
}

TEST_F(TableViewTest, MisalignedOffsets_AreRefused) {
  result.columns[5].offsets = reinterpret_cast<const char*>(result.note_offsets.data()) + 2;
  EXPECT_THAT(fault(), AllOf(HasSubstr("'note'"), HasSubstr("4 bytes")));
}

TEST_F(TableViewTest, TextWithoutOffsets_IsRefused) {
  result.columns[5].offsets = nullptr;
  EXPECT_THAT(fault(), AllOf(HasSubstr("'note'"), HasSubstr("without offsets")));
}

TEST_F(TableViewTest, TextWithoutData_IsRefused) {
  result.columns[5].data = nullptr;
  EXPECT_THAT(fault(), AllOf(HasSubstr("'note'"), HasSubstr("no data")));
}

TEST_F(TableViewTest, OffsetsThatGoDown_AreRefusedWithTheRow) {
  result.note_offsets[8] = result.note_offsets[7] - 1;
  EXPECT_THAT(fault(), AllOf(HasSubstr("'note'"), HasSubstr("row 7")));
}

TEST_F(TableViewTest, LastOffsetThatGoesDown_IsRefused) {
  result.note_offsets[20] = 0;
  EXPECT_THAT(fault(), HasSubstr("row 19"));
}

TEST_F(TableViewTest, NegativeFirstOffset_IsRefused) {
  result.note_offsets[0] = -4;
  EXPECT_THAT(fault(), AllOf(HasSubstr("'note'"), HasSubstr("-4")));
}

TEST_F(TableViewTest, AbsurdRowCount_IsRefused) {
  result.table.row_count = ~0ULL;
  EXPECT_THAT(fault(), HasSubstr("cannot be in memory"));
}

TEST_F(TableViewTest, NoRows_NeedNoBuffers) {
  result.table.row_count = 0;
  for (assay_column& column : result.columns) column.data = column.offsets = nullptr;
  EXPECT_EQ(fault(), "");
}

TEST(CellText, EveryType_IsReadable) {
  const std::int32_t day = 19782;
  const double tenth = 0.1;
  const std::uint64_t large = ~0ULL;
  const std::int64_t small = -5;
  EXPECT_EQ(cell_text({ASSAY_TYPE_DATE32, nullptr, nullptr, &day}, 0), "2024-02-29");
  EXPECT_EQ(cell_text({ASSAY_TYPE_INT32, nullptr, nullptr, &day}, 0), "19782");
  EXPECT_EQ(cell_text({ASSAY_TYPE_FLOAT64, nullptr, nullptr, &tenth}, 0), "0.1");
  EXPECT_EQ(cell_text({ASSAY_TYPE_UINT64, nullptr, nullptr, &large}, 0), "18446744073709551615");
  EXPECT_EQ(cell_text({ASSAY_TYPE_INT64, nullptr, nullptr, &small}, 0), "-5");
  const std::uint8_t none = 0;
  EXPECT_EQ(cell_text({ASSAY_TYPE_INT64, &none, nullptr, &small}, 0), "null");
}

TEST(CellText, AbsurdDate_IsADayNumber) {
  const std::int32_t day = INT32_MIN;
  EXPECT_EQ(cell_text({ASSAY_TYPE_DATE32, nullptr, nullptr, &day}, 0), "day -2147483648");
}

TEST(CellText, TextThatCannotBePrinted_IsEscapedAndCut) {
  const std::string text = "a\"\n\xc3\xa9" + std::string(100, 'x');
  const std::int64_t offsets[] = {0, 5, static_cast<std::int64_t>(text.size())};
  const ColumnView column{ASSAY_TYPE_LARGE_UTF8, nullptr, offsets, text.data()};
  EXPECT_EQ(cell_text(column, 0), R"("a\"\x0a\xc3\xa9")");
  EXPECT_EQ(cell_text(column, 1), "\"" + std::string(60, 'x') + "\"... (100 bytes)");
}

}  // namespace
}  // namespace assay::equivalence
