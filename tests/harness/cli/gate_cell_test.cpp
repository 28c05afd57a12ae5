// When the first stage of a gate calls a cell slower: beyond the margin and beyond what its control showed.
#include "harness/cli/gate_cell.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace assay::cli {
namespace {

using stats::SequentialDecision;

constexpr stats::SequentialOptions kOptions{.margin = 0.02, .cap = 24};

// Log ratios that lie `spread` below and above the median in turn.
std::vector<double> pairs(std::size_t count, double median, double spread) {
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(median + (i % 2 == 0 ? spread : -spread));
  return values;
}

TEST(DecideCell, SlowerThanMarginAndControl_IsRegressed) {
  EXPECT_EQ(decide_cell(pairs(24, 0.06, 0.001), pairs(24, 0, 0.001), kOptions), SequentialDecision::kRegressed);
}

// A policy may ask for less than the usual 2 %: a control that is quiet enough allows it.
TEST(DecideCell, SmallMarginOfThePolicy_CountsWhereTheControlIsQuiet) {
  constexpr stats::SequentialOptions kNarrow{.margin = 0.01, .cap = 24};
  EXPECT_EQ(decide_cell(pairs(24, 0.016, 0.001), pairs(24, 0, 0.001), kNarrow), SequentialDecision::kRegressed);
  EXPECT_EQ(decide_cell(pairs(24, 0.016, 0.001), pairs(24, 0, 0.018), kNarrow), SequentialDecision::kCapReached);
}

TEST(DecideCell, ControlThatVariesAsMuch_KeepsItOpenUntilTheCap) {
  EXPECT_EQ(decide_cell(pairs(24, 0.06, 0.001), pairs(24, 0, 0.08), kOptions), SequentialDecision::kCapReached);
  stats::SequentialOptions longer = kOptions;
  longer.cap = 36;
  EXPECT_EQ(decide_cell(pairs(24, 0.06, 0.001), pairs(24, 0, 0.08), longer), SequentialDecision::kContinue);
}

TEST(DecideCell, NoisyControl_DoesNotMakeItEasierToPass) {
  EXPECT_NE(decide_cell(pairs(24, 0.03, 0.001), pairs(24, 0, 0.08), kOptions), SequentialDecision::kNotSlower);
  EXPECT_EQ(decide_cell(pairs(24, 0.0, 0.001), pairs(24, 0, 0.08), kOptions), SequentialDecision::kNotSlower);
}

}  // namespace
}  // namespace assay::cli
