// Two tables of random names, what all pairs of them score by score_scalar, and kernels launched on the emulator.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "matcher/gpu/emulator/emulator.hpp"
#include "matcher/gpu/kernels/threshold.hpp"
#include "matcher/gpu/layout/views.hpp"
#include "matcher/similarity/packed_parts.hpp"

namespace matcher::gpu {

// ASSAY_TEST_SEED if it is set, else a fixed number; printed once, so that a failure can be run again.
[[nodiscard]] std::uint64_t test_seed();

struct NameTables {
  std::vector<std::u32string> left;
  std::vector<std::u32string> right;
};

struct NameShape {
  std::size_t rows = 0;       // of each table
  std::uint32_t longest = 0;  // lengths are 0 .. longest
  std::uint32_t symbols = 0;  // size of the alphabet; every third symbol lies outside of ASCII
};

// Half of the right names are left ones with up to three edits, many start alike, some are empty or equal.
[[nodiscard]] NameTables random_names(const NameShape& shape, std::uint64_t stream);

// The scores of two texts, and the lengths that a percent is made of.
[[nodiscard]] PackedParts expected_parts(const std::u32string& left, const std::u32string& right);
[[nodiscard]] PairLengths lengths_of(const std::u32string& left, const std::u32string& right);

// 0, 1, 2, ...
[[nodiscard]] std::vector<std::uint32_t> all_rows(std::size_t rows);
// `count` random pairs of rows.
[[nodiscard]] std::vector<RowPair> random_pairs(const NameTables& tables, std::size_t count, std::uint64_t stream);

// Lanes and blocks in an order drawn from the test's seed.
[[nodiscard]] emulator::EmulatorOptions shuffled();

// kernel<<<grid, block, shared>>>(arguments...)
template <class... Parameters, class... Arguments>
void launch(unsigned grid, unsigned block, std::size_t shared, void (*kernel)(Parameters...), Arguments... arguments) {
  emulator::run_grid(
      {grid}, {block}, shared, [&] { kernel(arguments...); }, shuffled());
}

}  // namespace matcher::gpu
