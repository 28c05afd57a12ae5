// The candidate index against an ordered multimap.
#include "matcher/blocking/row_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

namespace {

using matcher::RowIndex;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(RowIndex, Empty_HasNoRows) {
  EXPECT_THAT(RowIndex().rows(5), IsEmpty());
}

TEST(RowIndex, NoEntries_HasNoRows) {
  EXPECT_THAT(RowIndex(std::vector<RowIndex::Entry>{}).rows(0), IsEmpty());
}

TEST(RowIndex, RepeatedKey_GivesItsRowsInOrder) {
  const std::vector<RowIndex::Entry> entries = {{9, 0}, {0, 1}, {9, 2}, {4, 5}, {9, 7}};
  const RowIndex index(entries);
  EXPECT_THAT(index.rows(9), ElementsAre(0, 2, 7));
  EXPECT_THAT(index.rows(0), ElementsAre(1));
  EXPECT_THAT(index.rows(5), IsEmpty());
}

TEST(RowIndex, RandomKeys_AgreeWithAMultimap) {
  std::mt19937_64 random(7);
  for (const std::uint64_t distinct : {1U, 3U, 1000U, 1000000U}) {
    std::vector<RowIndex::Entry> entries;
    std::map<std::uint64_t, std::vector<std::uint32_t>> expected;
    for (std::uint32_t row = 0; row < 5000; ++row) {
      const std::uint64_t key = (random() % distinct) << 32;  // low bits all equal, as in a packed key
      entries.push_back({key, row});
      expected[key].push_back(row);
    }
    const RowIndex index(entries);
    for (const auto& [key, rows] : expected) ASSERT_THAT(index.rows(key), testing::ElementsAreArray(rows)) << key;
    EXPECT_THAT(index.rows(distinct << 32), IsEmpty());
    EXPECT_THAT(index.rows(1), IsEmpty());
  }
}

}  // namespace
