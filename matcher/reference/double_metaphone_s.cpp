// Double Metaphone: the letters S, T and Z.
#include "matcher/reference/double_metaphone_rules.hpp"

namespace matcher::reference::phonemes {
namespace {

Step code_sc(const Word& word, int i) {
  if (word.at(i + 2) == 'H') {
    if (word.has(i + 3, {"OO", "UY", "ED", "EM"})) return {"SK", 3};  // Dutch: "school", "schooner"
    return {"X", 3};
  }
  if (word.has(i + 2, {"I", "E", "Y"})) return {"S", 3};
  return {"SK", 3};
}

}  // namespace

Step code_s(const Word& word, int i) {
  if (word.has(i - 1, {"ISL", "YSL"})) return {"", 1};  // "island", "Carlisle", "Carlysle"
  if (i == 0 && word.has(i, {"SUGAR"})) return {"X", 1};
  if (word.has(i, {"SH"})) {
    return {word.has(i + 1, {"HEIM", "HOEK", "HOLM", "HOLZ"}) ? "S" : "X", 2};  // Germanic: "Stockholm"
  }
  if (word.has(i, {"SC"})) return code_sc(word, i);
  const bool is_silent = word.is_last(i) && word.has(i - 2, {"AI", "OI"});  // French: "Resnais", "Artois"
  return {is_silent ? "" : "S", word.has(i + 1, {"S", "Z"}) ? 2 : 1};
}

Step code_t(const Word& word, int i) {
  if (word.has(i, {"TION", "TIA", "TCH"})) return {"X", 3};
  if (word.has(i, {"TH", "TTH"})) {
    const bool is_hard = word.has(i + 2, {"OM", "AM"}) || word.is_germanic();  // "Thomas", "Thames"
    return {is_hard ? "T" : "0", 2};
  }
  return {"T", word.has(i + 1, {"T", "D"}) ? 2 : 1};
}

Step code_z(const Word& word, int i) {
  if (word.at(i + 1) == 'H') return {"J", 2};  // pinyin: "Zhao"
  return {"S", word.at(i + 1) == 'Z' ? 2 : 1};
}

}  // namespace matcher::reference::phonemes
