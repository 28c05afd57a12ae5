// The three normal forms; expected values for the non-ASCII cases were made by Rust's str::to_lowercase and trim.
#include "matcher/text/normalize.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace matcher {
namespace {

using namespace std::string_view_literals;

std::string text_form(std::string_view name) {
  std::string out = "left over from an earlier call";
  normalize_text(name, out);
  return out;
}

std::string simple_form(std::string_view name) {
  std::string out = "left over from an earlier call";
  normalize_simple(name, out);
  return out;
}

std::string phonetic_form(std::string_view name) {
  std::string out = "left over from an earlier call";
  normalize_for_phonetic(name, out);
  return out;
}

TEST(NormalizeText, Ascii_IsLowercasedAndTrimmed) {
  EXPECT_EQ(text_form(" \t Mary-Jane O'BRIEN Jr.\r\n"), "mary-jane o'brien jr.");
  EXPECT_EQ(text_form("a  b"), "a  b");
  EXPECT_EQ(text_form("[@`{"), "[@`{");
  EXPECT_EQ(text_form("  "), "");
  EXPECT_EQ(text_form(""), "");
}

TEST(NormalizeText, Accents_AreStripped) {
  EXPECT_EQ(text_form("Jos\u00E9 GARC\u00CDA"), "jose garcia");
  EXPECT_EQ(text_form("Jose\u0301"), "jose");     // already decomposed
  EXPECT_EQ(text_form("Nguy\u1EC5n"), "nguyen");  // decomposes in two steps
  EXPECT_EQ(text_form("\u00D1u\u00F1ez"), "nunez");
  EXPECT_EQ(text_form("\u0130zmir"), "izmir");     // capital I with dot above
  EXPECT_EQ(text_form("\u212Alaus"), "klaus");     // Kelvin sign
  EXPECT_EQ(text_form("\uAC00"), "\u1100\u1161");  // Hangul falls apart into jamo
}

TEST(NormalizeText, LettersThatDoNotDecompose_Stay) {
  EXPECT_EQ(text_form("\u0141ukasz"), "\u0142ukasz");
  EXPECT_EQ(text_form("\u00D8\u0110\u00DF\u00C6"), "\u00F8\u0111\u00DF\u00E6");
}

TEST(NormalizeText, CapitalSigma_IsFinalAtTheEndOfAWordOnly) {
  EXPECT_EQ(text_form("\u039F\u0394\u039F\u03A3"), "\u03BF\u03B4\u03BF\u03C2");
  EXPECT_EQ(text_form("\u03A3\u0391\u03A3 \u03A3"), "\u03C3\u03B1\u03C2 \u03C3");
  EXPECT_EQ(text_form("\u0391\u03A3."), "\u03B1\u03C2.");              // a full stop is passed over
  EXPECT_EQ(text_form("\u0391\u03A3.\u0391"), "\u03B1\u03C3.\u03B1");  // and so is one inside a word
  EXPECT_EQ(text_form("\u0391.\u03A3"), "\u03B1.\u03C2");
  EXPECT_EQ(text_form("\u0391\u03A3\u03A3"), "\u03B1\u03C3\u03C2");
  EXPECT_EQ(text_form("a\u03A3-b"), "a\u03C2-b");
}

TEST(NormalizeText, UnicodeWhiteSpace_IsTrimmed) {
  EXPECT_EQ(text_form("\u00A0\u2003x\u3000\u0085"), "x");
  EXPECT_EQ(text_form("\u0301 x \u0301"), "x");  // spaces inside marks are ends once the marks are gone
  EXPECT_EQ(text_form("\u200Bx"), "\u200Bx");    // zero width space is no White_Space
}

TEST(NormalizeText, DamagedUtf8_BecomesReplacementScalars) {
  EXPECT_EQ(text_form("A\xC3"), "a\uFFFD");
  EXPECT_EQ(text_form("\xE2\x80"sv
                      "B \xFF "sv),
            "\uFFFDb \uFFFD");
}

TEST(NormalizeSimple, DotsAndHyphens_AreRemovedAndSpaced) {
  EXPECT_EQ(simple_form(" Mary-Jane O'Brien Jr. "), "mary jane o'brien jr");
  EXPECT_EQ(simple_form("J.R.R."), "jrr");
  EXPECT_EQ(simple_form("jon  smith"), "jon  smith");
}

TEST(NormalizeSimple, HyphenAtTheEnds_LeavesASpace) {
  EXPECT_EQ(simple_form(" -Anna- "), " anna ");
}

TEST(NormalizeSimple, Accents_Stay) {
  EXPECT_EQ(simple_form("JOS\u00C9-Mar\u00EDa"), "jos\u00E9 mar\u00EDa");
  EXPECT_EQ(simple_form("Jose\u0301"), "jose\u0301");
}

TEST(NormalizeSimple, CapitalIWithDot_BecomesTwoScalars) {
  EXPECT_EQ(simple_form("\u0130nci"), "i\u0307nci");
}

TEST(NormalizeSimple, CapitalSigma_IsNeverFinal) {
  EXPECT_EQ(simple_form("\u0391\u03A3"), "\u03B1\u03C3");
}

TEST(NormalizeSimple, UnicodeWhiteSpace_IsTrimmed) {
  EXPECT_EQ(simple_form("\u2003\u00C9x\u00A0"), "\u00E9x");
}

TEST(NormalizeSimple, DamagedAtTheEnd_IsNotTakenForSpace) {
  EXPECT_EQ(simple_form("x \xE2\x80"), "x \uFFFD");
  EXPECT_EQ(simple_form("x\xC2\xA0"), "x");
  EXPECT_EQ(simple_form("x\xE2\xC2\xA0"), "x\uFFFD");
}

TEST(NormalizeForPhonetic, EverythingButLettersAndSpaces_IsDropped) {
  EXPECT_EQ(phonetic_form(" Mary-Jane  O'Brien 3rd. "), "maryjane obrien rd");
  EXPECT_EQ(phonetic_form("a \t\n b"), "a b");
  EXPECT_EQ(phonetic_form("a ' b"), "a b");
  EXPECT_EQ(phonetic_form("a ."), "a");
  EXPECT_EQ(phonetic_form("123"), "");
  EXPECT_EQ(phonetic_form("\u4E2D\u6587"), "");
}

TEST(NormalizeForPhonetic, Accents_AreStripped) {
  EXPECT_EQ(phonetic_form("Jos\u00E9 \u00D1u\u00F1ez"), "jose nunez");
}

TEST(NormalizeForPhonetic, SpecialLetters_AreSpeltOut) {
  EXPECT_EQ(phonetic_form("Stra\u00DFe \u1E9E"), "strasse ss");
  EXPECT_EQ(phonetic_form("\u00C6\u00E6 \u01FC\u01FD"), "aeae aeae");
  EXPECT_EQ(phonetic_form("\u00D8\u00F8\u01FE \u0110\u0111"), "ooo dd");
  EXPECT_EQ(phonetic_form("\u0141\u0142"), "");
}

TEST(NormalizeForPhonetic, OtherWhiteSpaceInside_IsNoSpace) {
  EXPECT_EQ(phonetic_form("a\u00A0b"), "ab");
  EXPECT_EQ(phonetic_form("a\vb"), "ab");
}

}  // namespace
}  // namespace matcher
