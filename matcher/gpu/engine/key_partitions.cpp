// A counting sort by some bits of a hash of the key.
#include "matcher/gpu/engine/key_partitions.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "matcher/gpu/layout/row_chunks.hpp"

namespace matcher::gpu {
namespace {

constexpr std::size_t kRowsPerPart = 2048;  // 32 KB of each table
constexpr std::size_t kMostParts = 4096;    // places that a thread writes to in turn

// Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4): the upper bits of a product.
std::size_t part_of(std::uint64_t key, std::size_t count) {
  constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;
  return static_cast<std::size_t>((key * kGolden >> 32) * count >> 32);
}

}  // namespace

std::size_t KeyPartitions::count_for(std::size_t rows) {
  return std::clamp<std::size_t>(std::bit_ceil(rows / kRowsPerPart + 1), 1, kMostParts);
}

KeyPartitions::KeyPartitions(const EncodedNames& names, std::span<const std::uint64_t> keys, std::uint64_t no_key,
                             std::size_t count, unsigned threads)
    : begins_(count + 1) {
  // places[chunk * count + part]: first how many rows, then where the next one goes.
  std::vector<std::size_t> places(row_chunks(keys.size()) * count);
  for_row_chunks(threads, keys.size(), [&](unsigned /*lane*/, std::size_t begin, std::size_t end) {
    std::size_t* const counts = places.data() + begin / kRowsPerChunk * count;
    for (std::size_t row = begin; row < end; ++row) {
      if (keys[row] != no_key) ++counts[part_of(keys[row], count)];
    }
  });
  std::size_t placed = 0;
  for (std::size_t part = 0; part < count; ++part) {
    begins_[part] = placed;
    for (std::size_t at = part; at < places.size(); at += count) placed += std::exchange(places[at], placed);
  }
  begins_[count] = placed;
  rows_.resize(placed);
  for_row_chunks(threads, keys.size(), [&](unsigned /*lane*/, std::size_t begin, std::size_t end) {
    std::size_t* const next = places.data() + begin / kRowsPerChunk * count;
    for (std::size_t row = begin; row < end; ++row) {
      if (keys[row] == no_key) continue;
      rows_[next[part_of(keys[row], count)]++] = {keys[row], names.rows[row].symbols, static_cast<std::uint32_t>(row)};
    }
  });
}

}  // namespace matcher::gpu
