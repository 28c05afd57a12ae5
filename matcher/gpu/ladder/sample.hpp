// The names that kernels are timed on: two tables of one length class, and the scores of their pairs as the CPU has
// them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "matcher/gpu/layout/alphabet.hpp"
#include "matcher/gpu/layout/views.hpp"
#include "matcher/similarity/packed_parts.hpp"

namespace matcher::gpu {

struct SampleShape {
  std::uint32_t longest = 12;  // symbols; names have longest - 3 to longest of them, as a length class has
  std::uint32_t left_rows = 4096;
  std::uint32_t right_rows = 4096;
  std::uint32_t listed_rows = 1024;  // left rows whose pairs make the list for kernels with one thread per pair
  std::uint64_t seed = 1;
};

// Names of small Latin letters, drawn evenly; every hundredth right name is a left one with up to two letters replaced,
// so that there is something to find.
class Sample {
 public:
  // REQUIRES: 4 <= longest <= 32, listed_rows <= left_rows. O(left x right).
  explicit Sample(const SampleShape& shape);

  [[nodiscard]] const SampleShape& shape() const { return shape_; }
  [[nodiscard]] const std::vector<std::u32string>& left() const { return left_; }
  [[nodiscard]] const std::vector<std::u32string>& right() const { return right_; }
  [[nodiscard]] const Alphabet& alphabet() const { return alphabet_; }

  // Of all pairs, row by row: parts()[left * right_rows + right].
  [[nodiscard]] const std::vector<PackedParts>& parts() const { return parts_; }
  // The first listed_rows rows of them, as a list.
  [[nodiscard]] std::vector<RowPair> listed_pairs() const;

 private:
  SampleShape shape_;
  std::vector<std::u32string> left_;
  std::vector<std::u32string> right_;
  Alphabet alphabet_;
  std::vector<PackedParts> parts_;
};

}  // namespace matcher::gpu
