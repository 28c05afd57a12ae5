// Random names, good and bad, from a seed: what the agreement tests feed to both implementations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "tests/scaled.hpp"

namespace agreement {

// ASSAY_TEST_SEED if it is set, else a fixed number; printed once, so that a failure can be run again.
[[nodiscard]] std::uint64_t test_seed();

using assay::testing::scaled;

// The same seed and stream give the same texts everywhere.
class RandomText {
 public:
  explicit RandomText(std::uint64_t stream);

  // In [0, bound). REQUIRES: bound > 0.
  [[nodiscard]] std::size_t below(std::size_t bound) { return random_() % bound; }
  [[nodiscard]] bool one_in(std::size_t n) { return below(n) == 0; }

  // One person's name part as it might stand in a table: mostly plain, often accented, at times anything at all.
  [[nodiscard]] std::string name();
  // Up to a dozen pieces of any script, white space, combining marks, damaged UTF-8, zero bytes; empty at times.
  [[nodiscard]] std::string anything();
  // A few small edits of a text, at the level of bytes: may damage UTF-8.
  [[nodiscard]] std::string edited(std::string text);
  // Capital letters and spaces, rich in the letter groups that Double Metaphone has rules for.
  [[nodiscard]] std::string letters();
  // `length` symbols of a small alphabet, which may lie outside of ASCII.
  [[nodiscard]] std::u32string symbols(std::size_t length, std::size_t alphabet_size);

 private:
  [[nodiscard]] std::string piece();

  std::mt19937_64 random_;
};

// Bytes outside of printable ASCII as \xNN, for failure messages.
[[nodiscard]] std::string escaped(std::string_view bytes);

}  // namespace agreement
