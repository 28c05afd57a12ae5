// Normal forms of names: the rules and their corners. Non-ASCII text is written in UTF-8 escapes.
#include "matcher/reference/normalize.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using matcher::reference::code_points;
using matcher::reference::is_blank;
using matcher::reference::normalize_for_phonetic;
using matcher::reference::normalize_simple;
using matcher::reference::normalize_text;

TEST(NormalizeText, Accents_AreStrippedComposedOrNot) {
  EXPECT_EQ(normalize_text("Jos\u00e9 GARC\u00cdA"), "jose garcia");
  EXPECT_EQ(normalize_text("Jose\u0301"), "jose");
  EXPECT_EQ(normalize_text("\u1ea4n"), "an");  // two marks on one letter
}

TEST(NormalizeText, LettersThatDoNotDecompose_Stay) {
  EXPECT_EQ(normalize_text("\u0141ukasz \u00d8rsted \u0110uri\u0107 Stra\u00dfe"),
            "\u0142ukasz \u00f8rsted \u0111uric stra\u00dfe");
}

TEST(NormalizeText, PunctuationAndInnerSpaces_Stay) {
  EXPECT_EQ(normalize_text("\t Mary-Jane  O'Brien, Jr. \u00a0\u3000"), "mary-jane  o'brien, jr.");
}

TEST(NormalizeText, Sigma_IsFinalOnlyAtTheEndOfAWord) {
  EXPECT_EQ(normalize_text("\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3 \u03a3"),
            "\u03bf\u03b4\u03c5\u03c3\u03c3\u03b5\u03c5\u03c2 \u03c3");
}

TEST(NormalizeText, DottedCapitalI_LosesItsDot) {
  EXPECT_EQ(normalize_text("\u0130brahim I\u015f\u0131k"), "ibrahim is\u0131k");
}

TEST(NormalizeText, MarksAlone_AreNothing) {
  EXPECT_EQ(normalize_text("\u0301\u0308\u20dd\u0903"), "");
}

TEST(NormalizeText, HangulAndHan_AreDecomposedOrKept) {
  EXPECT_EQ(normalize_text("\uac00"), "\u1100\u1161");
  EXPECT_EQ(normalize_text("\u674e\u5c0f\u9f99"), "\u674e\u5c0f\u9f99");
}

TEST(NormalizeText, InvalidUtf8_BecomesReplacementCharacters) {
  EXPECT_EQ(normalize_text("A\xff"), "a\ufffd");
  EXPECT_EQ(normalize_text("a\xe2\x82z"), "a\ufffdz");              // a cut three-byte sequence is one
  EXPECT_EQ(normalize_text("\xc0\xaf"), "\ufffd\ufffd");            // an overlong form is two
  EXPECT_EQ(normalize_text("\xed\xa0\x80"), "\ufffd\ufffd\ufffd");  // a surrogate is three
}

TEST(NormalizeText, ZeroByte_IsACharacter) {
  EXPECT_EQ(normalize_text(std::string("A\0B", 3)), std::string("a\0b", 3));
}

TEST(NormalizeSimple, DotsGoAndHyphensBecomeSpaces) {
  EXPECT_EQ(normalize_simple(" Mary-Jane  P. St.John "), "mary jane  p stjohn");
}

TEST(NormalizeSimple, TrimComesFirst_SoNewSpacesAtTheEndsStay) {
  EXPECT_EQ(normalize_simple("-a-"), " a ");
  EXPECT_EQ(normalize_simple("a ."), "a ");
}

TEST(NormalizeSimple, Accents_Stay) {
  EXPECT_EQ(normalize_simple("JOS\u00c9 O'N"), "jos\u00e9 o'n");
  EXPECT_EQ(normalize_simple("JOSE\u0301"), "jose\u0301");
}

TEST(NormalizeSimple, LowercaseHasNoContext) {
  EXPECT_EQ(normalize_simple("\u039f\u03a3"), "\u03bf\u03c3");
  EXPECT_EQ(normalize_simple("\u0130"), "i\u0307");
}

TEST(NormalizeForPhonetic, KeepsAsciiLettersAndSingleSpaces) {
  EXPECT_EQ(normalize_for_phonetic("  Mar\u00eda\t \n del-Carmen 2nd O'Hara "), "maria delcarmen nd ohara");
}

TEST(NormalizeForPhonetic, SpaceLeftAtTheEnd_IsTrimmed) {
  EXPECT_EQ(normalize_for_phonetic("jon 3."), "jon");
}

TEST(NormalizeForPhonetic, FourLettersAreSpelledOut) {
  EXPECT_EQ(normalize_for_phonetic("Stra\u00dfe \u1e9e \u00c6 \u01fd \u00d8 \u01ff \u0110"), "strasse ss ae ae o o d");
}

TEST(NormalizeForPhonetic, EverythingElseIsDropped) {
  EXPECT_EQ(normalize_for_phonetic("x\u674e \u0141\u0131\u03a3! y1"), "x y");
  EXPECT_EQ(normalize_for_phonetic("a\x0b"
                                   "b\u00a0c"),
            "abc");  // only ASCII white space separates
}

TEST(IsBlank, WhiteSpaceOnly_IsBlank) {
  EXPECT_TRUE(is_blank(""));
  EXPECT_TRUE(is_blank(" \t\u2003"));
  EXPECT_FALSE(is_blank(" a"));
  EXPECT_FALSE(is_blank("\u0301"));
}

TEST(CodePoints, EachScalarValueIsOne) {
  EXPECT_EQ(code_points("a\u00e9\U0001F600\xff"), U"a\u00e9\U0001F600\ufffd");
}

}  // namespace
