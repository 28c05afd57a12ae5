#include "harness/equivalence/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "harness/equivalence/row_hash.hpp"

namespace assay::equivalence {

ResultDigest digest_result(const TableView& result, const ResultContract& contract) {
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < contract.columns.size(); ++i) {
    if (is_exact(contract.columns[i])) columns.push_back(i);
  }
  ResultDigest digest{result.row_count, 0, 0};
  RowHashes hashes;
  for (std::uint64_t row = 0; row < result.row_count; row += kBlockRows) {
    const std::size_t count = std::min<std::uint64_t>(kBlockRows, result.row_count - row);
    hash_rows(result, columns, row, count, contract.ordered, hashes);
    for (std::size_t i = 0; i < count; ++i) {
      digest.low += hashes.low[i];
      digest.high += hashes.high[i];
    }
  }
  return digest;
}

bool digest_is_complete(const ResultContract& contract) {
  return std::all_of(contract.columns.begin(), contract.columns.end(), is_exact);
}

std::string to_string(const ResultDigest& digest) {
  return fmt::format("{:016x}{:016x}/{}", digest.high, digest.low, digest.rows);
}

}  // namespace assay::equivalence
