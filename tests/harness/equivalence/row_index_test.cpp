// Rows by key: repeated keys, colliding hashes, and the end of the table.
#include "harness/equivalence/row_index.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace assay::equivalence {
namespace {

constexpr std::size_t kKeys[] = {0};

struct Ids {
  explicit Ids(std::vector<std::int64_t> numbers)
      : values(std::move(numbers)), view{values.size(), {{ASSAY_TYPE_INT64, nullptr, nullptr, values.data()}}} {}
  std::vector<std::int64_t> values;
  TableView view;
};

TEST(RowIndex, RowsOfOneKey_AreHandedOutInOrderAndOnce) {
  const Ids ids({5, 7, 5, 5});
  RowIndex index(ids.view, kKeys, 4);
  for (std::uint64_t row = 0; row < 4; ++row) EXPECT_EQ(index.insert(1, row), row >= 2);
  const Ids asked({5});
  for (const std::uint64_t row : {0U, 2U, 3U}) {
    const RowIndex::Taken taken = index.take(1, asked.view, 0);
    EXPECT_EQ(taken.row, row);
    EXPECT_EQ(taken.repeated, row != 0);
  }
  const RowIndex::Taken none = index.take(1, asked.view, 0);
  EXPECT_EQ(none.row, std::nullopt);
  EXPECT_TRUE(none.known);
  EXPECT_FALSE(index.is_taken(1));
}

TEST(RowIndex, UnknownKey_IsNotKnown) {
  const Ids ids({5});
  RowIndex index(ids.view, kKeys, 1);
  index.insert(1, 0);
  const Ids asked({6});
  EXPECT_FALSE(index.take(1, asked.view, 0).known);
  EXPECT_FALSE(index.is_taken(0));
}

TEST(RowIndex, AllHashesAtTheLastSlot_WrapAround) {
  // 340 rows make 512 slots, a whole page: a step beyond the last one leaves the table
  std::vector<std::int64_t> numbers(340);
  std::iota(numbers.begin(), numbers.end(), 0);
  const Ids ids(numbers);
  RowIndex index(ids.view, kKeys, 340);
  for (std::uint64_t row = 0; row < 340; ++row) EXPECT_FALSE(index.insert(~0ULL, row));
  for (std::uint64_t row = 0; row < 340; ++row) EXPECT_EQ(index.take(~0ULL, ids.view, row).row, row);
}

}  // namespace
}  // namespace assay::equivalence
