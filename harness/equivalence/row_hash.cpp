#include "harness/equivalence/row_hash.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace assay::equivalence {
namespace {

// Odd constants with about half their bits set: the primes of xxHash64 and the increment of SplitMix64.
constexpr std::uint64_t kLowMultiplier = 0x9e3779b185ebca87;
constexpr std::uint64_t kHighMultiplier = 0xc2b2ae3d27d4eb4f;
constexpr std::uint64_t kLowStart = 0x9e3779b97f4a7c15;
constexpr std::uint64_t kHighStart = 0x165667b19e3779f9;
constexpr std::uint64_t kLowNull = 0xd6e8feb86659fd93;
constexpr std::uint64_t kHighNull = 0xa0761d6478bd642f;

// The finalizer of SplitMix64 (Steele, Lea & Flood 2014): every input bit moves every output bit. Sums over rows and
// hash-table positions both need that.
constexpr std::uint64_t avalanche(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

// One step is a bijection of the value for a given state and of the state for a given value, so a row that differs in
// one column never collides in either lane; the lanes take the value in differently, so they do not fail together.
struct Lanes {
  std::uint64_t low;
  std::uint64_t high;

  void take(std::uint64_t for_low, std::uint64_t for_high) {
    low = (low ^ for_low) * kLowMultiplier;
    low ^= low >> 32;
    high = (high + for_high) * kHighMultiplier;
    high ^= high >> 29;
  }
  void take_null() {  // no value reaches this step's result but by chance
    low = avalanche(low + kLowNull);
    high = avalanche(high ^ kHighNull);
  }
};

template <class Take>
void each_row(const ColumnView& column, std::uint64_t first_row, std::size_t count, RowHashes& hashes, Take take) {
  for (std::size_t i = 0; i < count; ++i) {
    Lanes lanes{hashes.low[i], hashes.high[i]};
    if (column.is_null(first_row + i)) {
      lanes.take_null();
    } else {
      take(lanes, first_row + i);
    }
    hashes.low[i] = lanes.low;
    hashes.high[i] = lanes.high;
  }
}

template <class T>
void hash_values(const ColumnView& column, std::uint64_t first_row, std::size_t count, RowHashes& hashes) {
  const T* values = column.values<T>();
  if (column.validity != nullptr) {
    each_row(column, first_row, count, hashes,
             [values](Lanes& lanes, std::uint64_t row) { lanes.take(values[row], values[row]); });
    return;
  }
  for (std::size_t i = 0; i < count; ++i) {  // the common case, without a branch
    Lanes lanes{hashes.low[i], hashes.high[i]};
    lanes.take(values[first_row + i], values[first_row + i]);
    hashes.low[i] = lanes.low;
    hashes.high[i] = lanes.high;
  }
}

void hash_text(const ColumnView& column, std::uint64_t first_row, std::size_t count, RowHashes& hashes) {
  each_row(column, first_row, count, hashes, [&column](Lanes& lanes, std::uint64_t row) {
    const std::string_view text = column.text(row);
    const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
    lanes.take(hash.low64, hash.high64);
  });
}

}  // namespace

void hash_rows(const TableView& table, std::span<const std::size_t> columns, std::uint64_t first_row, std::size_t count,
               bool positions, RowHashes& hashes) {
  for (std::size_t i = 0; i < count; ++i) {
    Lanes lanes{kLowStart, kHighStart};
    if (positions) lanes.take(first_row + i, first_row + i);
    hashes.low[i] = lanes.low;
    hashes.high[i] = lanes.high;
  }
  for (const std::size_t position : columns) {
    const ColumnView& column = table.columns[position];
    if (is_text(column.type)) {
      hash_text(column, first_row, count, hashes);
    } else if (value_bytes(column.type) == 4) {
      hash_values<std::uint32_t>(column, first_row, count, hashes);
    } else {
      hash_values<std::uint64_t>(column, first_row, count, hashes);
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    hashes.low[i] = avalanche(hashes.low[i]);
    hashes.high[i] = avalanche(hashes.high[i]);
  }
}

}  // namespace assay::equivalence
