// Double Metaphone: the letter G (GH, GN, GLI, ...).
#include "matcher/reference/double_metaphone_rules.hpp"

namespace matcher::reference::phonemes {
namespace {

// "Hugh", "bough", "broughton": B, H or D two or three letters before, or B or H four before.
bool is_silent_gh(const Word& word, int i) {
  return word.has(i - 2, {"B", "H", "D"}) || word.has(i - 3, {"B", "H", "D"}) || word.has(i - 4, {"B", "H"});
}

Step code_gh(const Word& word, int i) {
  if (i > 0 && !word.is_vowel(i - 1)) return {"K", 2};
  if (i == 0) return {word.at(2) == 'I' ? "J" : "K", 2};  // "Ghislaine", "ghost"
  if (is_silent_gh(word, i)) return {"", 2};
  // "laugh", "McLaughlin", "cough", "rough", "tough"
  if (i > 2 && word.at(i - 1) == 'U' && word.has(i - 3, {"C", "G", "L", "R", "T"})) return {"F", 2};
  if (word.at(i - 1) != 'I') return {"K", 2};
  return {"", 2};
}

Step code_gn(const Word& word, int i) {
  if (i == 1 && word.is_vowel(0) && !word.is_slavo_germanic()) return {"KN", 2};
  if (!word.has(i + 2, {"EY"}) && !word.is_slavo_germanic()) return {"N", 2};
  return {"KN", 2};
}

// "gy-", "ges-", "gep-", "gel-", "gie-" at the start.
bool starts_with_hard_g(const Word& word, int i) {
  return i == 0 &&
         (word.at(1) == 'Y' || word.has(1, {"ES", "EP", "EB", "EL", "EY", "IB", "IL", "IN", "IE", "EI", "ER"}));
}

// "-ger-", "-gy-", but not "danger", "-egy", "-rgy", "-ogy".
bool is_hard_ger_or_gy(const Word& word, int i) {
  return (word.has(i + 1, {"ER"}) || word.at(i + 1) == 'Y') && !word.has(0, {"DANGER", "RANGER", "MANGER"}) &&
         !word.has(i - 1, {"E", "I"}) && !word.has(i - 1, {"RGY", "OGY"});
}

}  // namespace

Step code_g(const Word& word, int i) {
  if (word.at(i + 1) == 'H') return code_gh(word, i);
  if (word.at(i + 1) == 'N') return code_gn(word, i);
  if (starts_with_hard_g(word, i) || is_hard_ger_or_gy(word, i)) return {"K", 2};
  if (word.has(i + 1, {"E", "I", "Y"}) || word.has(i - 1, {"AGGI", "OGGI"})) {
    const bool is_hard = word.is_germanic() || word.has(i + 1, {"ET"});
    return {is_hard ? "K" : "J", 2};
  }
  return {"K", word.at(i + 1) == 'G' ? 2 : 1};
}

}  // namespace matcher::reference::phonemes
