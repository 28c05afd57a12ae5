// A 128-bit fingerprint of a result: cheap enough for every timed run, and blind to row order unless order counts.
#pragma once

#include <cstdint>
#include <string>

#include "harness/equivalence/table_view.hpp"

namespace assay::equivalence {

struct ResultDigest {
  std::uint64_t rows = 0;
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  friend bool operator==(const ResultDigest&, const ResultDigest&) = default;
};

// Sums of two independent row hashes mod 2^64, over the exact columns of the contract. Equal multisets of rows (equal
// sequences if the contract is ordered) have equal digests; different ones differ but for a chance of about 2^-128. A
// sum, unlike an exclusive or, sees rows that come twice. Values count by their bits: -0.0 is not 0.0; a null is no
// value. Not made to withstand a plugin that constructs collisions. O(cells + text bytes), no allocation per row.
// REQUIRES: check_contract passed and the view was made under the same contract.
[[nodiscard]] ResultDigest digest_result(const TableView& result, const ResultContract& contract);

// False if a column has a tolerance: such columns are not in the digest, and equal digests do not prove equal results.
[[nodiscard]] bool digest_is_complete(const ResultContract& contract);

[[nodiscard]] std::string to_string(const ResultDigest& digest);  // 32 hexadecimal digits, then "/" and the row count

}  // namespace assay::equivalence
