// Decoding and the three normal forms: utf8proc in the engine, ICU in the oracle.
#include <gtest/gtest.h>

#include <string>

#include "matcher/reference/normalize.hpp"
#include "matcher/rules/case_rule.hpp"
#include "matcher/text/normalize.hpp"
#include "matcher/text/utf8.hpp"
#include "tests/matcher/agreement/random_text.hpp"

namespace {

using namespace agreement;

using Normalizer = void (*)(std::string_view, std::string&);
using Definition = std::string (*)(std::string_view);

struct NormalForm {
  const char* name;
  Normalizer engine;
  Definition definition;
};

const NormalForm kNormalForms[] = {
    {"normalize_text", matcher::normalize_text, matcher::reference::normalize_text},
    {"normalize_simple", matcher::normalize_simple, matcher::reference::normalize_simple},
    {"normalize_for_phonetic", matcher::normalize_for_phonetic, matcher::reference::normalize_for_phonetic},
};

// True, and silent, if all three normal forms and the decoder agree on a text.
bool agree(const std::string& text) {
  bool same = true;
  std::string found;
  for (const NormalForm& form : kNormalForms) {
    form.engine(text, found);
    const std::string expected = form.definition(text);
    if (found == expected) continue;
    ADD_FAILURE() << form.name << '(' << escaped(text) << ") is " << escaped(found) << ", by definition "
                  << escaped(expected);
    same = false;
  }
  std::u32string scalars;
  matcher::decode_utf8(text, scalars);
  EXPECT_EQ(scalars, matcher::reference::code_points(text)) << escaped(text);
  EXPECT_EQ(matcher::count_scalars(text), scalars.size()) << escaped(text);
  EXPECT_EQ(matcher::is_blank(scalars), matcher::reference::is_blank(text)) << escaped(text);
  return same;
}

TEST(TextAgreement, RandomText_HasTheSameNormalForms) {
  RandomText random(1);
  int failures = 0;
  for (std::size_t i = 0; i < scaled(200000) && failures < 10; ++i) {
    failures += agree(i % 2 == 0 ? random.anything() : random.name()) ? 0 : 1;
  }
}

TEST(TextAgreement, RandomBytes_HaveTheSameNormalForms) {
  RandomText random(2);
  int failures = 0;
  for (std::size_t i = 0; i < scaled(50000) && failures < 10; ++i) {
    std::string bytes;
    for (std::size_t n = random.below(12); n > 0; --n) {
      bytes += static_cast<char>(random.one_in(3) ? random.below(256) : 0x80 + random.below(0x80));
    }
    failures += agree(bytes) ? 0 : 1;
  }
}

TEST(TextAgreement, LongText_HasTheSameNormalForms) {
  RandomText random(3);
  for (std::size_t i = 0; i < scaled(100); ++i) {
    std::string text;
    while (text.size() < 5000) text += random.anything();
    ASSERT_TRUE(agree(text));
  }
}

// Each Unicode scalar value at both ends of a text, and on both sides of a capital sigma, whose lowercase depends on
// its neighbours.
TEST(TextAgreement, EveryScalar_HasTheSameNormalForms) {
  const std::uint32_t step = scaled(10) == 10 ? 1 : 10;
  int failures = 0;
  for (std::uint32_t c = 0; c < 0x110000 && failures < 10; c += step) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string scalar;
    matcher::append_utf8(c, scalar);
    std::string text = scalar;
    for (const char* const context : {" A", "\u03a3", " A\u03a3", "B "}) text.append(context).append(scalar);
    failures += agree(text) ? 0 : 1;
  }
}

}  // namespace
