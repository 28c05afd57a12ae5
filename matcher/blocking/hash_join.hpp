// An equi-join of two columns of keys, partitioned so that each part fits the cache.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "matcher/blocking/row_index.hpp"

namespace matcher {

// Rows with the same key, on both sides: never empty.
struct JoinGroup {
  std::uint32_t left_row;
  std::span<const std::uint32_t> right_rows;  // ascending
};

// Partitions both sides by key and joins part by part. Time O(rows + groups), 16 bytes per row. Method: A. Shatdal,
// C. Kant, J. Naughton, "Cache conscious algorithms for relational query processing", VLDB 1994.
class HashJoin {
 public:
  // left, right: one key per row; rows with `no_key` join with nothing. Throws std::bad_alloc.
  HashJoin(std::span<const std::uint64_t> left, std::span<const std::uint64_t> right, std::uint64_t no_key,
           unsigned threads);

  [[nodiscard]] std::size_t part_count() const { return left_.begins.size() - 1; }

  using Visit = std::function<void(const JoinGroup&)>;
  // Calls visit for every left row of a part that has partners. Several threads may visit different parts.
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

  Side left_;
  Side right_;
};

}  // namespace matcher
