// Double Metaphone: the walk over the word, and the letters that have one sound.
#include "matcher/reference/double_metaphone.hpp"

#include <utility>

#include "matcher/reference/double_metaphone_rules.hpp"

namespace matcher::reference {
namespace phonemes {

Word::Word(std::string letters) : letters_(std::move(letters)) {
  const auto holds = [this](std::string_view part) { return letters_.find(part) != std::string::npos; };
  slavo_germanic_ = holds("W") || holds("K") || holds("CZ") || holds("WITZ");
}

char Word::at(int position) const {
  const bool inside = position >= 0 && position < length();
  return inside ? letters_[static_cast<std::size_t>(position)] : '\0';
}

bool Word::has(int position, std::initializer_list<std::string_view> patterns) const {
  if (position < 0 || position >= length()) return false;
  const std::string_view rest = std::string_view(letters_).substr(static_cast<std::size_t>(position));
  for (const std::string_view pattern : patterns) {
    if (rest.starts_with(pattern)) return true;
  }
  return false;
}

bool Word::is_vowel(int position) const {
  return has(position, {"A", "E", "I", "O", "U", "Y"});
}

bool Word::is_germanic() const {
  return has(0, {"VAN ", "VON ", "SCH"});
}

namespace {

// A letter with one sound; doubled, it still sounds once.
Step code_single(const Word& word, int i, std::string_view code) {
  return {code, word.at(i + 1) == word.at(i) ? 2 : 1};
}

// A vowel sounds only at the start, and then like any other vowel.
Step code_vowel(int i) {
  return {i == 0 ? "A" : "", 1};
}

Step code_letter(const Word& word, int i) {
  switch (word.at(i)) {
    case 'A':
    case 'E':
    case 'I':
    case 'O':
    case 'U':
    case 'Y':
      return code_vowel(i);
    case 'B':
      return code_single(word, i, "P");
    case 'C':
      return code_c(word, i);
    case 'D':
      return code_d(word, i);
    case 'F':
      return code_single(word, i, "F");
    case 'G':
      return code_g(word, i);
    case 'H':
      return code_h(word, i);
    case 'J':
      return code_j(word, i);
    case 'K':
      return code_single(word, i, "K");
    case 'L':
      return code_single(word, i, "L");
    case 'M':
      return code_m(word, i);
    case 'N':
      return code_single(word, i, "N");
    case 'P':
      return code_p(word, i);
    case 'Q':
      return code_single(word, i, "K");
    case 'R':
      return code_r(word, i);
    case 'S':
      return code_s(word, i);
    case 'T':
      return code_t(word, i);
    case 'V':
      return code_single(word, i, "F");
    case 'W':
      return code_w(word, i);
    case 'X':
      return code_x(word, i);
    case 'Z':
      return code_z(word, i);
    default:
      return {"", 1};
  }
}

std::string upper_case_word(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  std::string letters(text);
  for (char& letter : letters) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return letters;
}

}  // namespace
}  // namespace phonemes

std::string double_metaphone(std::string_view text, std::size_t maximum_length) {
  const phonemes::Word word(phonemes::upper_case_word(text));
  std::string code;
  int i = word.has(0, {"GN", "KN", "PN", "WR", "PS"}) ? 1 : 0;  // the first letter is silent
  while (code.size() < maximum_length && i < word.length()) {
    const phonemes::Step step = phonemes::code_letter(word, i);
    code += step.code;
    i += step.consumed;
  }
  return code.substr(0, maximum_length);
}

}  // namespace matcher::reference
