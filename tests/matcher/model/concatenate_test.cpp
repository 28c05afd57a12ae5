// Tables put together from parts: bits and offsets at every alignment.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "matcher/model/persons_table.hpp"

namespace {

using namespace matcher;

void add_row(PersonsTable& table, std::int64_t row) {
  table.id.push_back(row);
  row % 3 == 0 ? table.first_name.append_null()
               : table.first_name.append(std::string(static_cast<std::size_t>(row % 5), 'x'));
  row % 2 == 0 ? table.last_name.append_null() : table.last_name.append(std::to_string(row));
  table.birthdate.append(row % 7 == 0 ? std::nullopt : std::optional(static_cast<std::int32_t>(row)));
}

void expect_same(const PersonsView& found, const PersonsView& expected) {
  ASSERT_EQ(found.row_count, expected.row_count);
  for (std::size_t row = 0; row < expected.row_count; ++row) {
    ASSERT_EQ(found.id[row], expected.id[row]);
    for (const auto column : {&PersonsView::first_name, &PersonsView::last_name}) {
      ASSERT_EQ((found.*column).valid(row), (expected.*column).valid(row)) << row;
      ASSERT_EQ((found.*column).text_or_empty(row), (expected.*column).text_or_empty(row)) << row;
    }
    ASSERT_EQ(found.birthdate.valid(row), expected.birthdate.valid(row)) << row;
    ASSERT_EQ(found.birthdate.days[row], expected.birthdate.days[row]) << row;
  }
}

TEST(Concatenate, PartsOfAnySize_AreTheWholeTable) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 300; ++round) {
    std::vector<PersonsTable> parts(2 + random() % 6);
    PersonsTable whole;
    std::int64_t row = 0;
    for (PersonsTable& part : parts) {
      for (std::uint64_t count = random() % 20; count > 0; --count, ++row) {
        add_row(part, row);
        add_row(whole, row);
      }
    }
    const auto joined = concatenate(std::move(parts), 1 + static_cast<unsigned>(round) % 3);
    ASSERT_TRUE(joined);
    expect_same(joined->view(), whole.view());
  }
}

// Bits beyond the last row must not leak into rows that come later.
TEST(Concatenate, TableThatGrowsAfterwards_IsStillRight) {
  for (int rows = 0; rows < 20; ++rows) {
    std::vector<PersonsTable> parts(2);
    PersonsTable whole;
    for (std::int64_t row = 0; row < 2 * rows; ++row) {
      add_row(parts[row < rows ? 0 : 1], row);
      add_row(whole, row);
    }
    auto joined = concatenate(std::move(parts), 1);
    ASSERT_TRUE(joined);
    for (std::int64_t row = 0; row < 20; ++row) {
      add_row(*joined, row);
      add_row(whole, row);
    }
    expect_same(joined->view(), whole.view());
  }
}

TEST(Concatenate, DeclaredColumnWithoutRows_StaysThere) {
  std::vector<PersonsTable> parts(2);
  for (PersonsTable& part : parts) part.uuid.declare();
  const auto joined = concatenate(std::move(parts), 1);
  ASSERT_TRUE(joined);
  EXPECT_FALSE(joined->view().uuid.is_absent());
  EXPECT_TRUE(joined->view().hh_id.is_absent());
}

TEST(Concatenate, NoParts_IsAnEmptyTable) {
  const auto joined = concatenate({}, 2);
  ASSERT_TRUE(joined);
  EXPECT_EQ(joined->view().row_count, 0U);
}

}  // namespace
