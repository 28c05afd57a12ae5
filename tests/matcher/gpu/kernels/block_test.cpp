// The block kernels on whole tables, every length class and alphabet, against score_scalar.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "matcher/gpu/kernels/catalog.hpp"
#include "matcher/gpu/kernels/threshold.hpp"
#include "matcher/gpu/layout/length_class.hpp"
#include "matcher/gpu/layout/rows.hpp"
#include "matcher/gpu/layout/tiles.hpp"
#include "tests/matcher/gpu/kernels/random_names.hpp"
#include "tests/scaled.hpp"

namespace matcher::gpu {
namespace {

using assay::testing::scaled;

constexpr PackedParts kNotWritten = 0xffffffffU;

// Left: all rows of up to 32 symbols. Right: one length class in tiles.
struct Block {
  NameTables tables;
  Alphabet alphabet;
  std::vector<std::uint32_t> left_rows;
  std::vector<std::uint32_t> right_rows;
  PatternTable left;
  TileTable right;

  Block(const NameTables& names, std::uint32_t slots) : tables(names), alphabet(Alphabet::of(names.left, names.right)) {
    for (std::uint32_t i = 0; i < tables.left.size(); ++i) {
      if (tables.left[i].size() <= kPatternSymbols) left_rows.push_back(i);
    }
    for (std::uint32_t i = 0; i < tables.right.size(); ++i) {
      if (tables.right[i].size() <= slots) right_rows.push_back(i);
    }
    left = make_patterns(encode_names(tables.left, alphabet), left_rows);
    right = make_tiles(encode_names(tables.right, alphabet), right_rows, slots);
  }
  [[nodiscard]] const std::u32string& left_text(std::size_t row) const { return tables.left[left_rows[row]]; }
  [[nodiscard]] const std::u32string& right_text(std::size_t position) const {
    return tables.right[right_rows[position]];
  }
};

using Parameters = std::tuple<std::uint32_t, std::uint32_t>;  // slots, symbols
class BlockKernels : public testing::TestWithParam<Parameters> {
 protected:
  [[nodiscard]] std::uint32_t slots() const { return std::get<0>(GetParam()); }
  [[nodiscard]] std::uint32_t symbols() const { return std::get<1>(GetParam()); }
  // 67 records: two full tiles and a tail of three; or one tile and a tail.
  [[nodiscard]] Block block(std::uint32_t longest) const {
    return {random_names({std::max<std::size_t>(scaled(67), 35), longest, symbols()}, 100 + slots() + symbols()),
            slots()};
  }
};

TEST_P(BlockKernels, EveryPair_EqualsScalar) {
  const Block block = this->block(std::max(slots(), 20U));
  const std::uint64_t pitch = block.right_rows.size();
  std::vector<PackedParts> scores(block.left_rows.size() * pitch + 1, kNotWritten);
  launch(2, kBlockThreads, 0, block_scores(slots(), block.alphabet.fits_five_bits()), block.left.view(),
         block.right.view(), CrossTasks{9}, ScoreMatrix{scores.data(), pitch});
  for (std::size_t l = 0; l < block.left_rows.size(); ++l) {
    for (std::size_t r = 0; r < pitch; ++r) {
      ASSERT_EQ(scores[l * pitch + r], expected_parts(block.left_text(l), block.right_text(r)))
          << "left " << l << ", right " << r;
    }
  }
  EXPECT_EQ(scores.back(), kNotWritten);
}

struct Listed {
  std::vector<Match> matches;
  std::uint32_t count = 0;
  std::uint32_t scored = 0;

  void sort() {
    std::sort(matches.begin(), matches.end(),
              [](const Match& a, const Match& b) { return std::tie(a.left, a.right) < std::tie(b.left, b.right); });
  }
};

Listed run_list(const Block& block, std::uint32_t slots, double percent, bool pruned, std::uint32_t capacity) {
  Listed listed;
  listed.matches.resize(capacity);
  const MatchList list{threshold_of(percent), listed.matches.data(), &listed.count, capacity};
  const bool five_bits = block.alphabet.fits_five_bits();
  if (pruned) {
    launch(2, kBlockThreads, 0, pruned_matches(slots, five_bits), block.left.view(), block.right.view(), CrossTasks{20},
           list, &listed.scored);
  } else {
    launch(2, kBlockThreads, 0, block_matches(slots, five_bits), block.left.view(), block.right.view(), CrossTasks{9},
           list);
  }
  listed.matches.resize(std::min(listed.count, capacity));
  listed.sort();
  return listed;
}

bool same(const Match& a, const Match& b) {
  return a.left == b.left && a.right == b.right && a.parts == b.parts;
}

// What the kernel must hand back, by the formulas: all that reach the threshold.
std::vector<Match> accepted(const Block& block, double percent) {
  std::vector<Match> matches;
  for (std::uint32_t l = 0; l < block.left_rows.size(); ++l) {
    for (std::uint32_t r = 0; r < block.right_rows.size(); ++r) {
      const PackedParts parts = expected_parts(block.left_text(l), block.right_text(r));
      const PairLengths lengths = lengths_of(block.left_text(l), block.right_text(r));
      if (accepts(percent, unpack_parts(parts), lengths)) matches.push_back({l, r, parts});
    }
  }
  return matches;
}

std::vector<Match> accepted_of(const Block& block, std::vector<Match> matches, double percent) {
  std::erase_if(matches, [&](const Match& match) {
    const PairLengths lengths = lengths_of(block.left_text(match.left), block.right_text(match.right));
    return !accepts(percent, unpack_parts(match.parts), lengths);
  });
  return matches;
}

TEST_P(BlockKernels, Threshold_FullAndPrunedFindWhatTheFormulasAccept) {
  const Block block = this->block(slots());
  const auto all = static_cast<std::uint32_t>(block.left_rows.size() * block.right_rows.size());
  for (const double percent : {80.0, 85.0, 90.0, 95.0}) {
    const std::vector<Match> expected = accepted(block, percent);
    ASSERT_FALSE(expected.empty());
    const Listed full = run_list(block, slots(), percent, false, all);
    const Listed pruned = run_list(block, slots(), percent, true, all);
    const auto full_accepted = accepted_of(block, full.matches, percent);
    ASSERT_TRUE(std::equal(full_accepted.begin(), full_accepted.end(), expected.begin(), expected.end(), same))
        << percent;
    ASSERT_TRUE(
        std::equal(pruned.matches.begin(), pruned.matches.end(), full.matches.begin(), full.matches.end(), same))
        << percent << ": " << pruned.count << " of " << full.count;
    EXPECT_GE(pruned.scored, pruned.count);
    EXPECT_TRUE(symbols() < 9 || pruned.scored < all) << "nothing was pruned";
  }
}

TEST_P(BlockKernels, ListTooShort_CountsOnAndWritesNoFurther) {
  const Block block = this->block(slots());
  const auto all = static_cast<std::uint32_t>(block.left_rows.size() * block.right_rows.size());
  const Listed whole = run_list(block, slots(), 85.0, true, all);
  const Listed cut = run_list(block, slots(), 85.0, true, 3);
  EXPECT_EQ(cut.count, whole.count);
  EXPECT_EQ(cut.matches.size(), 3U);
}

// Where the blocks of a list begin: anywhere in a tile.
constexpr std::array<std::uint32_t, 4> kLeftBegins = {0, 1, 21, 35};
constexpr std::array<std::uint32_t, 4> kRightBegins = {0, 5, 33, 35};

std::size_t block_of(std::uint32_t place, const std::array<std::uint32_t, 4>& begins) {
  return static_cast<std::size_t>(std::upper_bound(begins.begin(), begins.end(), place) - begins.begin());
}

// Tasks of at most seven rows for the three blocks; what lies behind them is in none.
std::vector<WarpTask> tasks_of_blocks() {
  std::vector<WarpTask> tasks;
  for (std::size_t block = 0; block + 1 < kLeftBegins.size(); ++block) {
    for (std::uint32_t row = kLeftBegins[block]; row < kLeftBegins[block + 1]; row += 7) {
      for (std::uint32_t tile = 0; tile < 2; ++tile) {
        WarpTask task{tile, row, std::min(row + 7, kLeftBegins[block + 1]), 0};
        for (std::uint32_t position = kRightBegins[block]; position < kRightBegins[block + 1]; ++position) {
          if (position / kTileRecords == tile) task.lanes |= std::uint32_t{1} << position % kTileRecords;
        }
        if (task.lanes != 0) tasks.push_back(task);
      }
    }
  }
  return tasks;
}

Listed run_tasks(const Block& block, std::uint32_t slots, double percent, bool pruned, std::uint32_t capacity) {
  Listed listed;
  listed.matches.resize(capacity);
  const MatchList list{threshold_of(percent), listed.matches.data(), &listed.count, capacity};
  const bool five_bits = block.alphabet.fits_five_bits();
  const std::vector<WarpTask> tasks = tasks_of_blocks();
  const ListedTasks source{tasks.data(), static_cast<std::uint32_t>(tasks.size())};
  if (pruned) {
    launch(2, kBlockThreads, 0, pruned_listed_matches(slots, five_bits), block.left.view(), block.right.view(), source,
           list, &listed.scored);
  } else {
    launch(2, kBlockThreads, 0, listed_matches(slots, five_bits), block.left.view(), block.right.view(), source, list);
  }
  listed.matches.resize(std::min(listed.count, capacity));
  listed.sort();
  return listed;
}

TEST_P(BlockKernels, ListOfTasks_FindsThePairsOfItsBlocksAndNoOthers) {
  const Block block = this->block(slots());
  const auto all = static_cast<std::uint32_t>(block.left_rows.size() * block.right_rows.size());
  for (const double percent : {0.0, 85.0}) {
    std::vector<Match> expected = run_list(block, slots(), percent, false, all).matches;
    std::erase_if(expected, [](const Match& match) {
      return match.left >= kLeftBegins.back() || match.right >= kRightBegins.back() ||
             block_of(match.left, kLeftBegins) != block_of(match.right, kRightBegins);
    });
    ASSERT_FALSE(expected.empty());
    for (const bool pruned : {false, true}) {
      const Listed listed = run_tasks(block, slots(), percent, pruned, all);
      EXPECT_TRUE(std::equal(listed.matches.begin(), listed.matches.end(), expected.begin(), expected.end(), same))
          << percent << (pruned ? " pruned: " : ": ") << listed.count << ", not " << expected.size();
    }
  }
}

TEST(Catalog, NumberOfSlotsThatNoTileHas_IsNull) {
  EXPECT_EQ(block_scores(20, true), nullptr);
  EXPECT_EQ(block_matches(0, false), nullptr);
  EXPECT_EQ(pruned_matches(64, true), nullptr);
  EXPECT_EQ(listed_matches(20, true), nullptr);
  EXPECT_EQ(pruned_listed_matches(20, true), nullptr);
}

std::string name_of(const testing::TestParamInfo<Parameters>& info) {
  return std::to_string(std::get<0>(info.param)) + "slots_" + std::to_string(std::get<1>(info.param)) + "symbols";
}
INSTANTIATE_TEST_SUITE_P(Classes, BlockKernels,
                         testing::Combine(testing::Values(8U, 12U, 16U, 24U, 32U), testing::Values(2U, 9U, 29U, 200U)),
                         name_of);

}  // namespace
}  // namespace matcher::gpu
