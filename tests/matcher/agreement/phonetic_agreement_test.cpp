// Double Metaphone of the engine against the oracle's.
#include <gtest/gtest.h>

#include <string>

#include "matcher/phonetic/double_metaphone.hpp"
#include "matcher/reference/double_metaphone.hpp"
#include "matcher/reference/normalize.hpp"
#include "tests/matcher/agreement/random_text.hpp"

namespace {

using namespace agreement;

// double_metaphone_code as text: first character in the lowest byte.
std::string unpacked(std::uint32_t code) {
  std::string text;
  for (; code != 0; code >>= 8) text += static_cast<char>(code & 0xFF);
  return text;
}

bool agree(const std::string& text, std::size_t maximum_length) {
  const std::string expected = matcher::reference::double_metaphone(text, maximum_length);
  EXPECT_EQ(matcher::double_metaphone(text, maximum_length), expected)
      << escaped(text) << ", length " << maximum_length;
  return matcher::double_metaphone(text, maximum_length) == expected;
}

TEST(PhoneticAgreement, RandomLetterGroups_HaveTheSameCode) {
  RandomText random(10);
  int failures = 0;
  for (std::size_t i = 0; i < scaled(500000) && failures < 10; ++i) {
    const std::string text = random.letters();
    failures += agree(text, 4) && agree(text, random.below(12)) ? 0 : 1;
    EXPECT_EQ(unpacked(matcher::double_metaphone_code(text)), matcher::reference::double_metaphone(text)) << text;
  }
}

// All words of up to four letters: 475,254 of them.
TEST(PhoneticAgreement, EveryShortWord_HasTheSameCode) {
  const std::size_t step = scaled(10) == 10 ? 1 : 10;
  std::size_t words_of_length = 1;
  int failures = 0;
  for (std::size_t length = 1; length <= 4; ++length) {
    words_of_length *= 26;
    for (std::size_t word = 0; word < words_of_length && failures < 10; word += step) {
      std::string text;
      for (std::size_t rest = word; text.size() < length; rest /= 26) text += static_cast<char>('a' + rest % 26);
      failures += agree(text, 4) ? 0 : 1;
    }
  }
}

TEST(PhoneticAgreement, RandomNames_HaveTheSameCode) {
  RandomText random(11);
  for (std::size_t i = 0; i < scaled(100000); ++i) {
    const std::string name = random.name() + ' ' + random.name();
    ASSERT_TRUE(agree(matcher::reference::normalize_for_phonetic(name), 4));
  }
}

}  // namespace
