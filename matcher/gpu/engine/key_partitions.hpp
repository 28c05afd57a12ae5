// Rows with a key in parts that are small enough for a cache: rows of one key are in one part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/gpu/layout/encoded_names.hpp"

namespace matcher::gpu {

// In the order of their keys, of one key those that kernels read first, shorter names first, then by row.
struct KeyedRow {
  std::uint64_t key;     // without initializers, so that a HostArray of them is not written twice
  std::uint32_t length;  // EncodedName::symbols
  std::uint32_t row;

  [[nodiscard]] bool for_kernels() const { return length != EncodedName::kUnreadable; }
  friend bool operator<(const KeyedRow& a, const KeyedRow& b) {
    if (a.key != b.key) return a.key < b.key;
    return a.length_and_row() < b.length_and_row();
  }

 private:
  [[nodiscard]] std::uint64_t length_and_row() const { return std::uint64_t{length} << 32 | row; }
};

class KeyPartitions {
 public:
  // How many parts two tables are divided into, a power of two: the same for both, so that equal keys meet.
  [[nodiscard]] static std::size_t count_for(std::size_t rows);

  // Counts, then places, some rows to a thread. REQUIRES: one key per name; count is of count_for; threads > 0.
  KeyPartitions(const EncodedNames& names, std::span<const std::uint64_t> keys, std::uint64_t no_key, std::size_t count,
                unsigned threads);

  // In the order of the table's rows.
  [[nodiscard]] std::span<KeyedRow> part(std::size_t number) {
    return std::span(rows_).subspan(begins_[number], begins_[number + 1] - begins_[number]);
  }

 private:
  HostArray<KeyedRow> rows_;
  std::vector<std::size_t> begins_;
};

}  // namespace matcher::gpu
