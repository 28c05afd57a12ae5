// Double Metaphone: the letters D, H, J, M, P and R.
#include "matcher/reference/double_metaphone_rules.hpp"

namespace matcher::reference::phonemes {

Step code_d(const Word& word, int i) {
  if (word.has(i, {"DG"})) {
    if (word.has(i + 2, {"I", "E", "Y"})) return {"J", 3};  // "edge"
    return {"TK", 2};                                       // "Edgar"
  }
  return {"T", word.has(i, {"DT", "DD"}) ? 2 : 1};
}

// H sounds only before a vowel, and there at the start or after a vowel.
Step code_h(const Word& word, int i) {
  const bool sounds = (i == 0 || word.is_vowel(i - 1)) && word.is_vowel(i + 1);
  if (sounds) return {"H", 2};
  return {"", 1};
}

// Spanish J sounds like H: "Jose" alone or before a space, and everything in "San ...".
Step code_j(const Word& word, int i) {
  if (word.has(i, {"JOSE"}) || word.has(0, {"SAN "})) {
    const bool is_spanish = (i == 0 && word.at(4) == ' ') || word.length() == 4 || word.has(0, {"SAN "});
    return {is_spanish ? "H" : "J", 1};
  }
  const int consumed = word.at(i + 1) == 'J' ? 2 : 1;
  if (i == 0 || word.is_last(i)) return {"J", consumed};
  const bool is_silent = word.has(i + 1, {"L", "T", "K", "S", "N", "M", "B", "Z"}) || word.has(i - 1, {"S", "K", "L"});
  return {is_silent ? "" : "J", consumed};
}

// The B of a final "-umb" or of "-umber" is silent: "dumb", "thumber".
Step code_m(const Word& word, int i) {
  const bool silent_b = word.has(i - 1, {"UMB"}) && (word.is_last(i + 1) || word.has(i + 2, {"ER"}));
  return {"M", word.at(i + 1) == 'M' || silent_b ? 2 : 1};
}

Step code_p(const Word& word, int i) {
  if (word.at(i + 1) == 'H') return {"F", 2};
  return {"P", word.has(i + 1, {"P", "B"}) ? 2 : 1};  // "Campbell"
}

// A final French "-ier" has a silent R ("Rogier", "Hochmeier" excepted), but only from the fifth letter on ("Bier"):
// rphonetic 3.0.4.
Step code_r(const Word& word, int i) {
  const bool is_french = i > 3 && word.is_last(i) && word.has(i - 2, {"IE"}) && !word.is_slavo_germanic();
  const bool is_silent = is_french && !word.has(i - 4, {"ME", "MA"});
  return {is_silent ? "" : "R", word.at(i + 1) == 'R' ? 2 : 1};
}

}  // namespace matcher::reference::phonemes
