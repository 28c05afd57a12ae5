// What a matching run is asked to do; docs/algorithms.md defines every choice.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "matcher/blocking/blocking_key.hpp"
#include "matcher/model/algorithm.hpp"
#include "matcher/parallel/cancellation.hpp"
#include "matcher/parallel/progress.hpp"
#include "matcher/text/normal_form.hpp"

namespace matcher {

// What a Levenshtein percent divides by.
enum class LengthUnit : std::uint8_t { kBytes, kScalars };
// Which birthdates a pair may have in A3, A4, MAX3 and L10.
enum class DateTest : std::uint8_t { kEqual, kSwap, kAny };
enum class Profile : std::uint8_t { kPeer, kSound };

inline constexpr std::array<std::string_view, 2> kLengthUnitNames = {"bytes", "scalars"};
inline constexpr std::array<std::string_view, 3> kDateTestNames = {"equal", "swap", "any"};
inline constexpr std::array<std::string_view, 2> kProfileNames = {"peer", "sound"};

// Where the audited program and good sense differ.
struct Conventions {
  Normalizer normalizer = Normalizer::kText;
  LengthUnit length_unit = LengthUnit::kBytes;
  unsigned code_length = 4;      // of a phonetic code, 1 to kLongestPackedCode; 0: full
  bool null_equals_null = true;  // in A1 and A2 with direct normalization

  friend bool operator==(const Conventions&, const Conventions&) = default;
};

[[nodiscard]] Conventions conventions_of(Profile profile, Algorithm algorithm);

// A profile, and what is to be otherwise whatever the algorithm.
struct ConventionChoice {
  Profile profile = Profile::kPeer;
  std::optional<Normalizer> normalizer{};
  std::optional<LengthUnit> length_unit{};
  std::optional<unsigned> code_length{};

  [[nodiscard]] Conventions of(Algorithm algorithm) const;
};

struct MatchOptions {
  Algorithm algorithm = Algorithm::kA3;
  // Scored algorithms keep a pair as a match if its score reaches this; 0 keeps every pair they accept.
  double threshold_percent = 95.0;
  // The most threads to use, the calling one included; 0: as many as the process may run on. Results do not depend on
  // it, and small tables use one.
  unsigned threads = 0;
  CancelCallback is_cancelled{};

  // Pairs that reach this but not the threshold are kept for review. MAX3 without it: 85.
  std::optional<double> review_percent{};
  Conventions conventions{};
  DateTest date_test = DateTest::kEqual;
  bool direct_normalization = false;  // A1 and A2 only
  // Empty: every pair the algorithm accepts is found. Otherwise only pairs that agree on one of them are looked at.
  std::vector<BlockingKey> blocking_keys{};
  // The right table is the left one: pairs i < j only.
  bool same_table = false;
  // Both tables are parts of one: the rows' numbers in it, and pairs of a lesser left number only. Empty, both: they
  // are not. Must outlive the run.
  std::span<const std::uint32_t> left_numbers{};
  std::span<const std::uint32_t> right_numbers{};
  // One byte per row, 0: the row takes no part. Empty: all do. Must outlive the run.
  std::span<const std::uint8_t> left_pool{};
  std::span<const std::uint8_t> right_pool{};
  ProgressCallback on_progress{};
};

}  // namespace matcher
