// Double Metaphone: the letters W and X.
#include "matcher/reference/double_metaphone_rules.hpp"

namespace matcher::reference::phonemes {

Step code_w(const Word& word, int i) {
  if (word.has(i, {"WR"})) return {"R", 2};
  if (i == 0 && (word.is_vowel(1) || word.has(0, {"WH"}))) return {"A", 1};  // "Wasserman", "Whitney"
  if (word.has(0, {"SCH"})) return {"", 1};
  if (word.has(i, {"WICZ", "WITZ"})) return {"TS", 4};  // "Filipowicz"
  return {"", 1};
}

Step code_x(const Word& word, int i) {
  if (i == 0) return {"S", 1};  // "Xavier"
  const bool is_silent = word.is_last(i) && (word.has(i - 3, {"IAU", "EAU"}) || word.has(i - 2, {"AU", "OU"}));
  return {is_silent ? "" : "KS", word.has(i + 1, {"C", "X"}) ? 2 : 1};  // French: "Breaux"
}

}  // namespace matcher::reference::phonemes
