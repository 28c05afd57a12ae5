// Blocks into arrays and tasks.
#include "matcher/gpu/engine/packed_blocks.hpp"

#include <gtest/gtest.h>

#include "tests/matcher/gpu/engine/keyed_tables.hpp"

namespace matcher::gpu {
namespace {

// Every pair that a task scores, as rows of the tables; a pair that comes twice is a failure.
PairSet pairs_in(const PackedBlocks& packed) {
  PairSet pairs;
  for (const PackedClass& of_class : packed.classes) {
    for (const WarpTask& task : of_class.tasks) {
      for (std::uint32_t row = task.first_row; row < task.end_row; ++row) {
        for (std::uint32_t lane = 0; lane < kTileRecords; ++lane) {
          if ((task.lanes >> lane & 1) == 0) continue;
          const std::uint32_t right = of_class.rows.at(task.tile * kTileRecords + lane);
          EXPECT_TRUE(pairs.insert({packed.left_rows.at(row), right}).second);
        }
      }
    }
  }
  return pairs;
}

PairSet readable(const KeyedTables& tables) {
  PairSet pairs = tables.of_equal_keys();
  std::erase_if(pairs, [&](const auto& pair) { return !tables.readable(pair); });
  return pairs;
}

PackedBlocks pack(const KeyedTables& tables) {
  return pack_blocks(tables.left, tables.right, tables.rows, tables.rows.for_kernels);
}

TEST(PackedBlocks, RandomTables_EveryPairOfABlockIsInOneTask) {
  for (const std::uint64_t seed : {1U, 2U}) {
    for (const std::uint64_t keys : {1U, 6U, 100U}) {
      const KeyedTables tables(200, keys, seed);
      EXPECT_EQ(pairs_in(pack(tables)), readable(tables)) << "seed " << seed << ", keys " << keys;
    }
  }
}

TEST(PackedBlocks, OneLargeBlock_IsCutIntoTasks) {
  const KeyedTables tables(700, 1, 4);
  const PackedBlocks packed = pack(tables);
  EXPECT_EQ(pairs_in(packed), readable(tables));
  for (const PackedClass& of_class : packed.classes) {
    for (const WarpTask& task : of_class.tasks) EXPECT_LE(task.end_row - task.first_row, 256U);
  }
}

TEST(PackedBlocks, RowsThatWouldNotFillATile_GoWithLongerOnes) {
  std::vector<std::u32string> names(40, U"abcdefg");
  names.insert(names.end(), 3, U"abcdefghij");
  names.insert(names.end(), 2, std::u32string(20, U'a'));
  const std::vector<std::uint64_t> keys(names.size(), 1);
  const EncodedNames encoded = encode_names(names, Alphabet::of(names, names));
  const BlockedRows rows = blocked_rows({encoded, keys}, {encoded, keys}, 0);
  const PackedBlocks packed = pack_blocks(encoded, encoded, rows, rows.for_kernels);
  std::vector<std::size_t> sizes;
  for (const PackedClass& of_class : packed.classes) sizes.push_back(of_class.rows.size());
  EXPECT_EQ(sizes, (std::vector<std::size_t>{40, 0, 0, 5, 0}));
}

TEST(PackedBlocks, PairsOfATask_AreRowsTimesLanes) {
  EXPECT_EQ(pairs_of(WarpTask{0, 3, 10, 0xffffffffU}), 7U * 32U);
  EXPECT_EQ(pairs_of(WarpTask{0, 3, 10, 0x80000001U}), 14U);
}

}  // namespace
}  // namespace matcher::gpu
