// Lowercase of a whole string with the final-sigma rule, scalar by scalar.
#pragma once

#include <cstddef>
#include <string>

namespace matcher {

// Appends the lowercase of a string to `out`. A capital sigma is written as the medial form and turned into the final
// one when what follows shows that the word has ended (Unicode 15, table 3-17, Final_Sigma).
// Call order: write* finish. U+0130 is mapped to 'i' alone: decompose before, or handle it yourself.
class LowercaseWriter {
 public:
  explicit LowercaseWriter(std::string& out) : out_(out) {}

  void write(char32_t scalar);
  void finish() { settle(false); }

 private:
  void settle(bool cased);

  std::string& out_;
  std::size_t sigma_end_ = 0;        // end of a sigma that may become final, 0 = none
  bool after_cased_ = false;         // the last scalar that is not case-ignorable is cased
  bool after_cased_before_ = false;  // the same, before the scalar being written
};

}  // namespace matcher
