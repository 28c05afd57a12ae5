// Rows into blocks.
#include "matcher/gpu/engine/blocked_rows.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/matcher/gpu/engine/keyed_tables.hpp"

namespace matcher::gpu {
namespace {

// The pairs of these blocks; a pair that comes twice is a failure.
PairSet pairs_in(const std::vector<RowBlock>& blocks, const BlockedRows& rows) {
  PairSet pairs;
  for (const RowBlock& block : blocks) {
    for (std::uint32_t left = block.left_begin; left < block.left_end; ++left) {
      for (std::uint32_t right = block.right_begin; right < block.right_end; ++right) {
        EXPECT_TRUE(pairs.insert({rows.left[left], rows.right[right]}).second) << left << ", " << right;
      }
    }
  }
  EXPECT_EQ(pairs.size(), pairs_of(blocks));
  return pairs;
}

TEST(BlockedRows, RandomTables_EveryPairOfEqualKeysIsInOneBlock) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    for (const std::uint64_t keys : {1U, 7U, 300U}) {
      const KeyedTables tables(150, keys, seed);
      PairSet expected = tables.of_equal_keys();
      PairSet for_kernels = pairs_in(tables.rows.for_kernels, tables.rows);
      const PairSet for_host = pairs_in(tables.rows.for_host, tables.rows);
      for (const auto& pair : for_kernels) EXPECT_TRUE(tables.readable(pair));
      for (const auto& pair : for_host) EXPECT_FALSE(tables.readable(pair));
      for_kernels.insert(for_host.begin(), for_host.end());
      EXPECT_EQ(for_kernels, expected) << "seed " << seed << ", keys " << keys;
    }
  }
}

TEST(BlockedRows, RowsOfOneKey_ComeByLength) {
  const std::vector<std::u32string> names = {U"ccc", U"a", std::u32string(33, U'a'), U"bb", U"dd"};
  const std::vector<std::uint64_t> keys = {5, 5, 5, 5, 0};
  const EncodedNames encoded = encode_names(names, Alphabet::of(names, names));
  const BlockedRows rows = blocked_rows({encoded, keys}, {encoded, keys}, 0);
  EXPECT_EQ(rows.left, (std::vector<std::uint32_t>{1, 3, 0, 2}));
  EXPECT_EQ(rows.for_kernels, (std::vector<RowBlock>{{0, 3, 0, 3}}));
  EXPECT_EQ(rows.for_host, (std::vector<RowBlock>{{0, 3, 3, 4}, {3, 4, 0, 4}}));
}

// Enough rows for several parts and several chunks, and one key that holds half of them.
TEST(BlockedRows, LargeTables_EveryPairOfEqualKeysIsInOneBlock) {
  std::mt19937_64 random(5);
  const std::vector<std::u32string> names(20'000, U"lee");
  std::vector<std::uint64_t> left(names.size()), right(names.size());
  for (std::uint64_t& key : left) key = random() % 2 == 0 ? 0 : random() % 8000 * 0x0123456789ABCDEF;
  for (std::size_t row = 0; row < right.size(); ++row)
    right[row] = row % 2000 == 0 ? left[1] : random() % 9000 * 0x0123456789ABCDEF;
  const EncodedNames encoded = encode_names(names, Alphabet::of(names, names));
  std::map<std::uint64_t, std::vector<std::uint32_t>> by_key;
  for (std::uint32_t row = 0; row < left.size(); ++row) {
    if (left[row] != 0) by_key[left[row]].push_back(row);
  }
  PairSet expected;
  for (std::uint32_t row = 0; row < right.size(); ++row) {
    if (right[row] == 0) continue;
    for (const std::uint32_t partner : by_key[right[row]]) expected.insert({partner, row});
  }
  const BlockedRows alone = blocked_rows({encoded, left}, {encoded, right}, 0);
  EXPECT_EQ(pairs_in(alone.for_kernels, alone), expected);
  const BlockedRows threads = blocked_rows({encoded, left}, {encoded, right}, 0, 3);
  EXPECT_EQ(threads.left, alone.left);
  EXPECT_EQ(threads.right, alone.right);
  EXPECT_EQ(threads.for_kernels, alone.for_kernels);
}

TEST(BlockedRows, NothingInCommon_IsNoBlock) {
  const std::vector<std::u32string> names = {U"ann"};
  const std::vector<std::uint64_t> left = {1}, right = {2}, none = {0};
  const EncodedNames encoded = encode_names(names, Alphabet::of(names, names));
  EXPECT_TRUE(blocked_rows({encoded, left}, {encoded, right}, 0).for_kernels.empty());
  EXPECT_TRUE(blocked_rows({encoded, none}, {encoded, none}, 0).for_kernels.empty());
}

}  // namespace
}  // namespace matcher::gpu
