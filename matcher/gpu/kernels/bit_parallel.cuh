// All three metrics of one pair by bits, one column of the matrix per step. Sources of the recurrences:
// matcher/similarity/ bit_parallel.hpp. The pattern is the left text, bit i stands for its symbol i; the kernels differ
// in where a column's match mask comes from (the bits at which the pattern has the text's next symbol) and in how wide
// a word is.
#pragma once

#include "matcher/gpu/kernels/platform.cuh"
#include "matcher/similarity/score_parts.hpp"

namespace matcher::gpu {

// Vertical differences of the Levenshtein matrix (Hyyro 2003). At the start all are +1.
template <class Word>
struct EditColumn {
  Word positive = static_cast<Word>(~Word{0});
  Word negative = 0;

  // `step`: 1, or 0 for a text that has not begun: with an empty match mask the column then stays as it is.
  ASSAY_DEVICE void advance(Word match, Word step) {
    const Word diagonal = (((match & positive) + positive) ^ positive) | match | negative;
    const Word horizontal_positive = ((negative | ~(diagonal | positive)) << 1) | step;
    const Word horizontal_negative = (diagonal & positive) << 1;
    positive = horizontal_negative | ~(diagonal | horizontal_positive);
    negative = horizontal_positive & diagonal;
  }

  [[nodiscard]] ASSAY_DEVICE std::uint32_t distance(std::uint32_t pattern_length, std::uint32_t text_length) const {
    const Word used = low_bits<Word>(pattern_length);
    return text_length + set_bits(positive & used) - set_bits(negative & used);
  }
};

// Symbols of the pattern that Jaro has matched, taken greedily from the lowest.
template <class Word>
struct JaroMatches {
  Word used = 0;

  // True if the text's symbol finds a free place within `reach`.
  ASSAY_DEVICE bool take(Word match, Word reach) {
    const Word free = match & reach & ~used;
    used |= free & (Word{0} - free);
    return free != 0;
  }
};

// Places further apart than this are no match.
ASSAY_DEVICE std::uint32_t jaro_window(std::uint32_t left_length, std::uint32_t right_length) {
  const std::uint32_t half = greater(left_length, right_length) / 2;
  return half > 0 ? half - 1 : 0;
}

// One thread, one pair, texts as long as a word has bits. `match(symbol)`: the symbol's mask. The prefix stays 0.
template <class Word, class Symbol, class Matches>
ASSAY_DEVICE ScoreParts score_by_bits(std::uint32_t pattern_length, const Symbol* text, std::uint32_t text_length,
                                      const Matches& match) {
  EditColumn<Word> column;
  JaroMatches<Word> jaro;
  Word text_matched = 0;
  const std::uint32_t window = jaro_window(pattern_length, text_length);
  Word reach = low_bits<Word>(window + 1);  // places 0 .. i + window at first, then i - window .. i + window
  for (std::uint32_t i = 0; i < text_length; ++i) {
    const Word mask = match(text[i]);
    column.advance(mask, 1);
    text_matched |= static_cast<Word>(jaro.take(mask, reach)) << i;
    reach = (reach << 1) | static_cast<Word>(i < window);
  }
  std::uint32_t half_transpositions = 0;
  Word rest = jaro.used;
  for (std::uint32_t i = 0; i < text_length; ++i) {
    if ((text_matched >> i & 1) == 0) continue;
    const Word place = rest & (Word{0} - rest);
    half_transpositions += (match(text[i]) & place) == 0 ? 1U : 0U;
    rest ^= place;
  }
  return {column.distance(pattern_length, text_length), set_bits(jaro.used), half_transpositions, 0};
}

}  // namespace matcher::gpu
