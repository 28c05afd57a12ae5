// What the letter rules of Double Metaphone share: the word, and one rule per difficult letter. Internal.
// Cases that change nothing but the alternate code ("-gli-", "-ows", "sm-", ...) are left out: there is only a primary
// one.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace matcher::reference::phonemes {

// The word being coded, upper case, read at any position: outside of it there is nothing, not an error.
class Word {
 public:
  explicit Word(std::string letters);

  [[nodiscard]] int length() const { return static_cast<int>(letters_.size()); }
  [[nodiscard]] bool is_last(int position) const { return position == length() - 1; }
  // The character at a position; 0 outside of the word.
  [[nodiscard]] char at(int position) const;
  // True if one of the patterns starts at a position and lies wholly inside the word.
  [[nodiscard]] bool has(int position, std::initializer_list<std::string_view> patterns) const;
  // A, E, I, O, U or Y.
  [[nodiscard]] bool is_vowel(int position) const;
  // Holds W, K, CZ or WITZ.
  [[nodiscard]] bool is_slavo_germanic() const { return slavo_germanic_; }
  // Starts with "VAN ", "VON " or SCH.
  [[nodiscard]] bool is_germanic() const;

 private:
  std::string letters_;
  bool slavo_germanic_;
};

// What a rule makes of the letters at a position.
struct Step {
  std::string_view code;  // phonemes to append
  int consumed;           // letters to move on by
};

[[nodiscard]] Step code_c(const Word& word, int i);
[[nodiscard]] Step code_d(const Word& word, int i);
[[nodiscard]] Step code_g(const Word& word, int i);
[[nodiscard]] Step code_h(const Word& word, int i);
[[nodiscard]] Step code_j(const Word& word, int i);
[[nodiscard]] Step code_m(const Word& word, int i);
[[nodiscard]] Step code_p(const Word& word, int i);
[[nodiscard]] Step code_r(const Word& word, int i);
[[nodiscard]] Step code_s(const Word& word, int i);
[[nodiscard]] Step code_t(const Word& word, int i);
[[nodiscard]] Step code_w(const Word& word, int i);
[[nodiscard]] Step code_x(const Word& word, int i);
[[nodiscard]] Step code_z(const Word& word, int i);

}  // namespace matcher::reference::phonemes
