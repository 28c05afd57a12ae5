// The names a person can have: embedded tables with their frequencies, by origin and gender.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "datasets/generate/letters.hpp"
#include "datasets/generate/profile.hpp"
#include "datasets/generate/weighted_index.hpp"

namespace assay::datasets {

// kUs first: it is the only origin with real counts and a long tail. Latin scripts end before kGreek.
enum class Origin : std::uint32_t {
  kUs,
  kSpanish,
  kPortuguese,
  kFrench,
  kGerman,
  kDutch,
  kNordic,
  kPolish,
  kCzech,
  kTurkish,
  kVietnamese,
  kFilipino,
  kArabic,
  kGreek,
  kCyrillic,
  kHan,
  kHangul,
  kArab,
  kHebrew,
  kDevanagari
};
inline constexpr std::size_t kOrigins = 20;
[[nodiscard]] constexpr bool is_latin(Origin origin) {
  return origin < Origin::kGreek;
}

enum class Gender : std::uint32_t { kMale, kFemale };

// Names with their weights; views into the embedded tables.
struct NameList {
  std::vector<std::string_view> names;
  WeightedIndex weights;

  [[nodiscard]] std::string_view draw(Draws& draws) const { return names[weights.draw(draws)]; }
};

struct NameTables {
  NameList us_surnames;                                       // the 5,000 most frequent, with census counts
  std::array<NameList, kOrigins> surnames;                    // of the other origins, by rank
  std::array<std::array<NameList, 2>, kOrigins> first_names;  // [origin][gender], by rank
  std::unordered_map<std::string_view, std::vector<std::string_view>> nicknames;
  Accents accents;
  WeightedIndex origins;  // of a household
};

// Parses the embedded tables; about 2 ms.
[[nodiscard]] NameTables load_name_tables(Profile profile);

// The weight of a name that stands at this place in a table sorted by popularity. Zipf-Mandelbrot with an offset of 8,
// which gives the most popular of 150 first names a share of 3.7 %, as in the US of the 20th century.
[[nodiscard]] constexpr std::uint64_t rank_weight(std::uint64_t rank) {
  return 1'000'000 / (rank + 9);
}

}  // namespace assay::datasets
