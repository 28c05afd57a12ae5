// A short sequence of random draws that belongs to one (seed, stream, index): what a row or household is made from.
#pragma once

#include <cstdint>

#include "datasets/generate/philox.hpp"

namespace assay::datasets {

// What a sequence is used for. A number never changes its meaning within a generator version: it is part of the bytes.
enum class Stream : std::uint32_t {
  kHouseholdSizes = 1,  // index: block of rows
  kHousehold = 2,       // index: first row of the household
  kPerson = 3,          // index: row
  kFreshHousehold = 4,  // the same for right-hand rows without a partner
  kFreshPerson = 5,
  kHouseholdOverlap = 6,  // is the household in the right table, index: first row
  kMemberOverlap = 7,     // is the member, index: row
  kSecondCopy = 8,        // index: right slot
  kLeftUuid = 9,          // index: first row of the household
  kRightUuid = 10,
  kMissing = 11,  // parts the left register never had, index: row
  kRowOrder = 12,
  kHouseholdNumber = 13,
  kDamage = 64,  // + DamageKind, index: right slot
};

// Integer draws only. The first four cost one Philox call, each further four another. Two different draws never stand
// in one expression whose order of evaluation the language leaves open: compilers differ there, and the bytes would.
class Draws {
 public:
  Draws(std::uint64_t seed, Stream stream, std::uint64_t index)
      : Draws(seed, static_cast<std::uint32_t>(stream), index) {}
  Draws(std::uint64_t seed, std::uint32_t stream, std::uint64_t index)
      : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
        counter_{static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32), stream, 0} {}

  // Uniform over all 32-bit values.
  [[nodiscard]] std::uint32_t next() {
    if (used_ == 4) {
      block_ = philox4x32(counter_, key_);
      ++counter_[3];
      used_ = 0;
    }
    return block_[used_++];
  }

  // Uniform over 0 .. bound - 1, to within bound / 2^32. REQUIRES: bound > 0.
  [[nodiscard]] std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>((std::uint64_t{next()} * bound) >> 32);
  }

  // The same for 64-bit bounds below 2^63, to within bound / 2^64.
  [[nodiscard]] std::uint64_t below_wide(std::uint64_t bound) {
    const std::uint64_t high = next();
    const std::uint64_t low = next();
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((Wide{(high << 32) | low} * bound) >> 64);
  }

  // True with a probability of exactly per_65536 / 65536.
  [[nodiscard]] bool chance(std::uint32_t per_65536) { return (next() >> 16) < per_65536; }

 private:
  PhiloxKey key_;
  PhiloxCounter counter_;
  PhiloxCounter block_{};
  std::uint32_t used_ = 4;
};

}  // namespace assay::datasets
