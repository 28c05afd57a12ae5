// The owning table and the column view it gives.
#include "matcher/model/persons_table.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using matcher::PersonsTable;
using matcher::PersonsView;
using matcher::TextBuilder;

TEST(PersonsTable, NullAndEmpty_StayApart) {
  PersonsTable table;
  table.id = {7, 8};
  table.first_name.append("");
  table.first_name.append_null();
  const PersonsView view = table.view();
  EXPECT_TRUE(view.first_name.valid(0));
  EXPECT_EQ(view.first_name[0], "");
  EXPECT_FALSE(view.first_name.valid(1));
  EXPECT_EQ(view.first_name.text_or_empty(1), "");
}

TEST(PersonsTable, ManyRows_KeepTheirValuesAndNulls) {
  PersonsTable table;
  for (int row = 0; row < 100; ++row) {
    table.id.push_back(row);
    row % 3 == 0 ? table.last_name.append_null() : table.last_name.append(std::to_string(row));
    table.birthdate.append(row % 7 == 0 ? std::nullopt : std::optional<std::int32_t>(row * 10));
  }
  const PersonsView view = table.view();
  ASSERT_EQ(view.row_count, 100U);
  for (std::size_t row = 0; row < 100; ++row) {
    EXPECT_EQ(view.id[row], static_cast<std::int64_t>(row));
    ASSERT_EQ(view.last_name.valid(row), row % 3 != 0) << row;
    EXPECT_EQ(view.last_name.text_or_empty(row), row % 3 == 0 ? "" : std::to_string(row));
    ASSERT_EQ(view.birthdate.valid(row), row % 7 != 0) << row;
    EXPECT_EQ(view.birthdate.days[row], row % 7 == 0 ? 0 : static_cast<std::int32_t>(row * 10));
  }
}

TEST(PersonsTable, ColumnNeverFilled_IsAbsentAndAllNull) {
  PersonsTable table;
  table.id = {1};
  table.first_name.append("a");
  EXPECT_EQ(table.view().uuid.offsets, nullptr);
  EXPECT_FALSE(table.view().uuid.valid(0));
}

TEST(TextBuilder, FullColumn_HasNoRoom) {
  TextBuilder column;
  column.append("abc");
  EXPECT_TRUE(column.has_room_for(TextBuilder::kMaxBytes - 3));
  EXPECT_FALSE(column.has_room_for(TextBuilder::kMaxBytes - 2));
}

}  // namespace
