// A seeded pseudo-random permutation of 0 .. size - 1, evaluated point by point without a table.
#pragma once

#include <cstdint>

#include "datasets/generate/draws.hpp"

namespace assay::datasets {

// Feistel network with Philox as round function over the next even number of bits, and cycle walking back into the
// range (Black and Rogaway: "Ciphers with arbitrary finite domains", CT-RSA 2002, method 2). A bijection by
// construction; at most four steps a value on average.
class Permutation {
 public:
  Permutation(std::uint64_t size, std::uint64_t seed, Stream stream)
      : size_(size), seed_(seed), stream_(static_cast<std::uint32_t>(stream)) {
    while ((std::uint64_t{1} << (2 * half_bits_)) < size_) ++half_bits_;
  }

  // REQUIRES: value < size.
  [[nodiscard]] std::uint64_t operator()(std::uint64_t value) const {
    do {
      value = encrypt(value);
    } while (value >= size_);
    return value;
  }

 private:
  [[nodiscard]] std::uint64_t encrypt(std::uint64_t value) const {
    const std::uint64_t mask = (std::uint64_t{1} << half_bits_) - 1;
    std::uint64_t left = value >> half_bits_;
    std::uint64_t right = value & mask;
    for (std::uint32_t round = 0; round < kRounds; ++round) {
      const PhiloxCounter word =
          philox4x32({static_cast<std::uint32_t>(right), static_cast<std::uint32_t>(right >> 32), stream_, round},
                     {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)});
      const std::uint64_t mixed = left ^ (word[0] & mask);
      left = right;
      right = mixed;
    }
    return (left << half_bits_) | right;
  }

  static constexpr std::uint32_t kRounds = 4;  // Luby and Rackoff: four rounds of random functions are enough

  std::uint64_t size_;
  std::uint64_t seed_;
  std::uint32_t stream_;
  std::uint32_t half_bits_ = 1;
};

}  // namespace assay::datasets
