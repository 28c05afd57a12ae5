// Double Metaphone: the letter C (CH, CC, CZ, CI, ...).
#include "matcher/reference/double_metaphone_rules.hpp"

namespace matcher::reference::phonemes {
namespace {

// "-ACH-" after a consonant sounds like K, unless I or E follows ("Bacher" and "Macher" excepted); so does "CHIA".
bool is_hard_ch(const Word& word, int i) {
  if (word.has(i, {"CHIA"})) return true;
  if (i < 2 || word.is_vowel(i - 2) || !word.has(i - 1, {"ACH"})) return false;
  return !word.has(i + 2, {"I", "E"}) || word.has(i - 2, {"BACHER", "MACHER"});
}

// "chemistry", "chorus", "character" but not "chore".
bool starts_with_greek_ch(const Word& word, int i) {
  return i == 0 && word.has(1, {"HARAC", "HARIS", "HOR", "HYM", "HIA", "HEM"}) && !word.has(0, {"CHORE"});
}

// "Sch...", "orchestra", "architect", "cht", "chs", and "ch" before a consonant or at the end. Not "Van ..." and, for
// "cht" and "chs", only from the third letter on: rphonetic 3.0.4.
bool is_germanic_ch(const Word& word, int i) {
  if (word.has(0, {"SCH"})) return true;
  if (word.has(i - 2, {"ORCHES", "ARCHIT", "ORCHID"})) return true;
  if (i > 1 && word.has(i + 2, {"T", "S"})) return true;
  const bool after_back_vowel = i == 0 || word.has(i - 1, {"A", "O", "U", "E"});
  const bool before_consonant = word.has(i + 2, {"L", "R", "N", "M", "B", "H", "F", "V", "W", " "});
  return after_back_vowel && (before_consonant || word.is_last(i + 1));
}

Step code_ch(const Word& word, int i) {
  if (i > 0 && word.has(i, {"CHAE"})) return {"K", 2};  // "Michael"
  if (starts_with_greek_ch(word, i) || is_germanic_ch(word, i)) return {"K", 2};
  if (i > 0 && word.has(0, {"MC"})) return {"K", 2};  // "McHugh"
  return {"X", 2};
}

Step code_cc(const Word& word, int i) {
  const bool before_front_vowel = word.has(i + 2, {"I", "E", "H"}) && !word.has(i + 2, {"HU"});
  if (!before_front_vowel) return {"K", 2};  // "Bacchus"
  const bool two_sounds = (i == 1 && word.at(0) == 'A') || word.has(i - 1, {"UCCEE", "UCCES"});
  return {two_sounds ? "KS" : "X", 3};  // "accident", "succeed"; "Bertucci"
}

Step code_plain_c(const Word& word, int i) {
  if (word.has(i + 1, {" C", " Q", " G"})) return {"K", 3};  // "Mac Caffrey", "Mac Gregor"
  const bool same_sound_follows = word.has(i + 1, {"C", "K", "Q"}) && !word.has(i + 1, {"CE", "CI"});
  return {"K", same_sound_follows ? 2 : 1};
}

}  // namespace

Step code_c(const Word& word, int i) {
  if (is_hard_ch(word, i)) return {"K", 2};
  if (i == 0 && word.has(i, {"CAESAR"})) return {"S", 2};
  if (word.has(i, {"CH"})) return code_ch(word, i);
  if (word.has(i, {"CZ"}) && !word.has(i - 2, {"WICZ"})) return {"S", 2};  // "Czerny"
  if (word.has(i + 1, {"CIA"})) return {"X", 3};                           // "focaccia"
  const bool is_scottish = i == 1 && word.at(0) == 'M';                    // "McClellan"
  if (word.has(i, {"CC"}) && !is_scottish) return code_cc(word, i);
  if (word.has(i, {"CK", "CG", "CQ"})) return {"K", 2};
  if (word.has(i, {"CI", "CE", "CY"})) return {"S", 2};
  return code_plain_c(word, i);
}

}  // namespace matcher::reference::phonemes
