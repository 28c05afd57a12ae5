// An equi-join of two columns of keys, partitioned so that each part fits the cache.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "matcher/blocking/row_index.hpp"

namespace matcher {

// One row of a side and all rows of the other that have its key: never empty.
struct JoinGroup {
  std::uint32_t row;
  std::span<const std::uint32_t> partners;  // ascending
  bool row_is_left;
};

// Partitions both sides by key and joins part by part; where one side has few rows with a key, the other is scanned.
// Time O(rows + groups), 16 bytes per row. Method: A. Shatdal, C. Kant, J. Naughton, "Cache conscious algorithms for
// relational query processing", VLDB 1994.
class HashJoin {
 public:
  // left, right: one key per row, which must outlive the object; rows with `no_key` join with nothing. Throws
  // std::bad_alloc.
  HashJoin(std::span<const std::uint64_t> left, std::span<const std::uint64_t> right, std::uint64_t no_key,
           unsigned threads);

  [[nodiscard]] std::size_t part_count() const { return part_count_; }

  using Visit = std::function<void(const JoinGroup&)>;
  // Calls visit for the groups of a part: every pair of rows with equal keys is in exactly one group of one part.
  // Several threads may visit different parts.
  void visit_part(std::size_t part, const Visit& visit) const;

 private:
  struct Side {
    std::vector<RowIndex::Entry> rows;  // grouped by part, ascending within
    std::vector<std::size_t> begins;    // part_count() + 1

    [[nodiscard]] std::span<const RowIndex::Entry> part(std::size_t number) const {
      return std::span(rows).subspan(begins[number], begins[number + 1] - begins[number]);
    }
  };
  [[nodiscard]] static Side partition(std::span<const std::uint64_t> keys, std::uint64_t no_key, unsigned part_bits,
                                      unsigned threads);

  void scan_part(std::size_t part, const Visit& visit) const;

  std::size_t part_count_ = 0;
  Side left_;
  Side right_;
  // Where one side has few rows: those by key, and the keys of the other side.
  bool is_scan_ = false;
  bool small_is_left_ = false;
  RowIndex small_;
  std::span<const std::uint64_t> scanned_;
  std::uint64_t no_key_;
};

}  // namespace matcher
