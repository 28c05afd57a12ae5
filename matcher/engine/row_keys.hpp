// The value of a join key for every row of a prepared table.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/blocking/blocking_key.hpp"
#include "matcher/engine/prepared_table.hpp"
#include "matcher/parallel/cancellation.hpp"

namespace matcher {

// Of rows that have no key. No key is that number.
inline constexpr std::uint64_t kNoKey = 0;

// One 64-bit digest per row; rows whose values are equal have equal digests, others (but for one pair of values in
// 2^64) different ones. pool: as MatchOptions::left_pool. O(rows x parts). Throws Cancelled and std::bad_alloc.
[[nodiscard]] std::vector<std::uint64_t> row_keys(const PreparedTable& table, std::span<const KeyPart> parts,
                                                  std::span<const std::uint8_t> pool, unsigned threads,
                                                  const CancelCallback& is_cancelled);

}  // namespace matcher
