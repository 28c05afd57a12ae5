// The column of one left symbol is a row of words; carries run from word to word.
#include "matcher/similarity/bit_parallel_blocks.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace matcher {
namespace {

using Word = std::uint64_t;
constexpr std::size_t kWordBits = 64;

std::size_t words_for(std::size_t symbols) {
  return (symbols + kWordBits - 1) / kWordBits;
}

// The lowest `count` bits. REQUIRES: count <= 64.
constexpr Word low_bits(std::size_t count) {
  return count == 0 ? 0 : ~Word{0} >> (kWordBits - count);
}

// For each different symbol of a text, the bit set of its places.
class PlacesBySymbol {
 public:
  explicit PlacesBySymbol(std::u32string_view text) : symbols_(text), words_(words_for(text.size())) {
    std::sort(symbols_.begin(), symbols_.end());
    symbols_.erase(std::unique(symbols_.begin(), symbols_.end()), symbols_.end());
    bits_.resize((symbols_.size() + 1) * words_);  // the last set stays empty: symbols that do not occur
    for (std::size_t j = 0; j < text.size(); ++j) {
      bits_[row_of(text[j]) * words_ + j / kWordBits] |= Word{1} << (j % kWordBits);
    }
  }

  [[nodiscard]] const Word* of(char32_t symbol) const { return bits_.data() + row_of(symbol) * words_; }
  [[nodiscard]] std::size_t words() const { return words_; }

 private:
  [[nodiscard]] std::size_t row_of(char32_t symbol) const {
    const auto found = std::lower_bound(symbols_.begin(), symbols_.end(), symbol);
    if (found == symbols_.end() || *found != symbol) return symbols_.size();
    return static_cast<std::size_t>(found - symbols_.begin());
  }

  std::u32string symbols_;
  std::size_t words_;
  std::vector<Word> bits_;
};

// The vertical differences of one column of the edit matrix, advanced by one left symbol at a time.
class EditColumn {
 public:
  explicit EditColumn(std::size_t rows) : differences_(words_for(rows)), last_bit_((rows - 1) % kWordBits) {}

  // Returns by how much the bottom cell changes: -1, 0 or +1.
  int advance(const Word* places) {
    Word carry_positive = 1;  // the top row counts up
    Word carry_negative = 0;
    int change = 0;
    for (std::size_t w = 0; w < differences_.size(); ++w) {
      auto& [positive, negative] = differences_[w];
      const Word match = places[w] | carry_negative;
      const Word diagonal = (((match & positive) + positive) ^ positive) | match | negative;
      const Word horizontal_positive = negative | ~(diagonal | positive);
      const Word horizontal_negative = diagonal & positive;
      const Word shifted_positive = (horizontal_positive << 1) | carry_positive;
      const Word shifted_negative = (horizontal_negative << 1) | carry_negative;
      positive = shifted_negative | ~(diagonal | shifted_positive);
      negative = shifted_positive & diagonal;
      carry_positive = horizontal_positive >> (kWordBits - 1);
      carry_negative = horizontal_negative >> (kWordBits - 1);
      change = static_cast<int>((horizontal_positive >> last_bit_) & 1) -
               static_cast<int>((horizontal_negative >> last_bit_) & 1);  // only the last word's counts
    }
    return change;
  }

 private:
  struct Differences {
    Word positive = ~Word{0};
    Word negative = 0;
  };
  std::vector<Differences> differences_;
  std::size_t last_bit_;
};

std::uint32_t edit_distance(std::u32string_view left, std::u32string_view right, const PlacesBySymbol& places,
                            std::uint32_t cutoff) {
  if (right.empty()) return static_cast<std::uint32_t>(left.size());
  EditColumn column(right.size());
  auto bottom = static_cast<std::int64_t>(right.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    bottom += column.advance(places.of(left[i]));
    const auto remaining = static_cast<std::int64_t>(left.size() - i - 1);
    if (bottom - remaining > static_cast<std::int64_t>(cutoff)) break;  // each symbol lowers it by one at most
  }
  return bottom > static_cast<std::int64_t>(cutoff) ? cutoff + 1 : static_cast<std::uint32_t>(bottom);
}

// The free places of the right text. first_free finds, and takes, the first of `places` in [begin, end).
class FreePlaces {
 public:
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

  explicit FreePlaces(std::size_t words) : taken_(words) {}

  std::size_t take_first(const Word* places, std::size_t begin, std::size_t end) {
    for (std::size_t w = begin / kWordBits; w * kWordBits < end; ++w) {
      Word candidates = places[w] & ~taken_[w];
      if (w == begin / kWordBits) candidates &= ~low_bits(begin % kWordBits);
      if (end - w * kWordBits < kWordBits) candidates &= low_bits(end - w * kWordBits);
      if (candidates == 0) continue;
      taken_[w] |= candidates & (~candidates + 1);
      return w * kWordBits + static_cast<std::size_t>(std::countr_zero(candidates));
    }
    return kNone;
  }

  [[nodiscard]] bool taken(std::size_t place) const {
    return ((taken_[place / kWordBits] >> (place % kWordBits)) & 1) != 0;
  }

 private:
  std::vector<Word> taken_;
};

void count_matches(std::u32string_view left, std::u32string_view right, const PlacesBySymbol& places,
                   ScoreParts& parts) {
  const std::size_t half = std::max(left.size(), right.size()) / 2;
  const std::size_t window = half > 0 ? half - 1 : 0;
  FreePlaces free(places.words());
  std::u32string matched;  // the matched symbols of the left text, in order
  for (std::size_t i = 0; i < left.size(); ++i) {
    const std::size_t begin = i > window ? i - window : 0;
    const std::size_t end = std::min(right.size(), i + window + 1);
    if (begin < end && free.take_first(places.of(left[i]), begin, end) != FreePlaces::kNone) matched.push_back(left[i]);
  }
  parts.matches = static_cast<std::uint32_t>(matched.size());
  std::size_t k = 0;
  for (std::size_t j = 0; j < right.size(); ++j) {
    if (free.taken(j) && right[j] != matched[k++]) ++parts.half_transpositions;
  }
}

}  // namespace

ScoreParts score_blocks(std::u32string_view left, std::u32string_view right) {
  const PlacesBySymbol places(right);
  ScoreParts parts;
  parts.distance = edit_distance(left, right, places, std::numeric_limits<std::uint32_t>::max());
  count_matches(left, right, places, parts);
  const std::size_t limit = std::min({left.size(), right.size(), static_cast<std::size_t>(kLongestPrefix)});
  while (parts.prefix < limit && left[parts.prefix] == right[parts.prefix]) ++parts.prefix;
  return parts;
}

std::uint32_t distance_blocks(std::u32string_view left, std::u32string_view right, std::uint32_t cutoff) {
  return edit_distance(left, right, PlacesBySymbol(right), cutoff);
}

}  // namespace matcher
