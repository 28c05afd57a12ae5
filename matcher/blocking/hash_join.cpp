// Partitioned hash join.
#include "matcher/blocking/hash_join.hpp"

#include <algorithm>
#include <bit>

#include "matcher/parallel/fork_join.hpp"

namespace matcher {
namespace {

constexpr std::size_t kRowsPerPart = 4096;  // with its hash table about 200 KB: a part stays in the second-level cache
constexpr unsigned kMostPartBits = 12;
// A side with this few rows is a hash table that stays in the cache while the other side is scanned.
constexpr std::size_t kFewRows = 4096;
constexpr std::size_t kScanRows = 65536;

// The high bits of a multiplicative hash; RowIndex takes low bits of another.
std::size_t part_of(std::uint64_t key, unsigned part_bits) {
  constexpr std::uint64_t kOdd = 0xd6e8feb86659fd93ULL;
  return part_bits == 0 ? 0 : (key * kOdd) >> (64 - part_bits);
}

std::vector<RowIndex::Entry> entries(std::span<const std::uint64_t> keys, std::uint64_t no_key) {
  std::vector<RowIndex::Entry> rows;
  for (std::size_t row = 0; row < keys.size(); ++row) {
    if (keys[row] != no_key) rows.push_back({keys[row], static_cast<std::uint32_t>(row)});
  }
  return rows;
}

}  // namespace

HashJoin::HashJoin(std::span<const std::uint64_t> left, std::span<const std::uint64_t> right, std::uint64_t no_key,
                   unsigned threads)
    : no_key_(no_key) {
  const auto rows_with_key = [&](std::span<const std::uint64_t> keys) {
    return keys.size() - static_cast<std::size_t>(std::count(keys.begin(), keys.end(), no_key));
  };
  const std::size_t left_rows = rows_with_key(left);
  const std::size_t right_rows = rows_with_key(right);
  if (std::min(left_rows, right_rows) <= kFewRows) {
    is_scan_ = true;
    small_is_left_ = left_rows < right_rows;
    small_ = RowIndex(entries(small_is_left_ ? left : right, no_key));
    scanned_ = small_is_left_ ? right : left;
    part_count_ = small_.all_rows().empty() ? 0 : (scanned_.size() + kScanRows - 1) / kScanRows;
    return;
  }
  const std::size_t parts = (std::max(left.size(), right.size()) + kRowsPerPart - 1) / kRowsPerPart;
  const auto part_bits = std::min(
      static_cast<unsigned>(std::bit_width(std::bit_ceil(std::max<std::size_t>(parts, 1)))) - 1, kMostPartBits);
  part_count_ = std::size_t{1} << part_bits;
  left_ = partition(left, no_key, part_bits, threads);
  right_ = partition(right, no_key, part_bits, threads);
}

HashJoin::Side HashJoin::partition(std::span<const std::uint64_t> keys, std::uint64_t no_key, unsigned part_bits,
                                   unsigned threads) {
  const std::size_t parts = std::size_t{1} << part_bits;
  const std::size_t chunk_rows = (keys.size() + threads - 1) / threads;
  const std::size_t chunks = keys.empty() ? 0 : (keys.size() + chunk_rows - 1) / chunk_rows;
  std::vector<std::vector<std::size_t>> cursors(chunks, std::vector<std::size_t>(parts));
  const auto each_row = [&](std::size_t chunk, const auto& visit) {
    const std::size_t end = std::min((chunk + 1) * chunk_rows, keys.size());
    for (std::size_t row = chunk * chunk_rows; row < end; ++row) {
      if (keys[row] != no_key) visit(row, part_of(keys[row], part_bits));
    }
  };
  fork_join(threads, chunks, [&](unsigned, std::size_t chunk) {
    each_row(chunk, [&](std::size_t, std::size_t part) { ++cursors[chunk][part]; });
  });

  Side side;
  side.begins.resize(parts + 1);
  std::size_t total = 0;
  for (std::size_t part = 0; part < parts; ++part) {
    side.begins[part] = total;
    for (auto& cursor : cursors) {
      const std::size_t count = cursor[part];
      cursor[part] = total;
      total += count;
    }
  }
  side.begins[parts] = total;
  side.rows.resize(total);
  fork_join(threads, chunks, [&](unsigned, std::size_t chunk) {
    each_row(chunk, [&](std::size_t row, std::size_t part) {
      side.rows[cursors[chunk][part]++] = {keys[row], static_cast<std::uint32_t>(row)};
    });
  });
  return side;
}

void HashJoin::visit_part(std::size_t part, const Visit& visit) const {
  if (is_scan_) return scan_part(part, visit);
  const RowIndex right(right_.part(part));
  if (right.all_rows().empty()) return;
  for (const RowIndex::Entry& left : left_.part(part)) {
    const std::span<const std::uint32_t> rows = right.rows(left.key);
    if (!rows.empty()) visit({left.row, rows, true});
  }
}

void HashJoin::scan_part(std::size_t part, const Visit& visit) const {
  const std::size_t end = std::min((part + 1) * kScanRows, scanned_.size());
  for (std::size_t row = part * kScanRows; row < end; ++row) {
    if (scanned_[row] == no_key_) continue;
    const std::span<const std::uint32_t> partners = small_.rows(scanned_[row]);
    if (!partners.empty()) visit({static_cast<std::uint32_t>(row), partners, !small_is_left_});
  }
}

}  // namespace matcher
