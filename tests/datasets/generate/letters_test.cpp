// Letters: UTF-8 round trips, case, accents.
#include "datasets/generate/letters.hpp"

#include <gtest/gtest.h>

#include "datasets/generate/name_tables.hpp"

namespace assay::datasets {
namespace {

const Accents& accents() {
  static const NameTables kTables = load_name_tables(Profile::kDirty);
  return kTables.accents;
}

std::u32string decode(std::string_view text) {
  std::u32string letters;
  decode_utf8(text, &letters);
  return letters;
}

TEST(Utf8, OneToFourBytes_ComeBack) {
  const std::u32string letters = U"aZ\u00e9\u0142\u1ec5\u4e2d\uac00\U0001f600";
  EXPECT_EQ(decode(encode_utf8(letters)), letters);
  EXPECT_EQ(encode_utf8(U"\u1ec5"), "\xe1\xbb\x85");
}

TEST(KeepInitial, MultiByteLetter_StaysWhole) {
  std::string text = encode_utf8(U"\u00c9lodie");
  keep_initial(&text);
  EXPECT_EQ(text, encode_utf8(U"\u00c9"));
}

TEST(Case, LettersOfAllBicameralScripts_ComeBack) {
  for (const char32_t letter :
       std::u32string(U"az\u00e9\u00f8\u0142\u0161\u017e\u01b0\u1ec5\u03b1\u03ae\u0434\u0451")) {
    EXPECT_NE(upper(letter), letter) << static_cast<std::uint32_t>(letter);
    EXPECT_EQ(lower(upper(letter)), letter) << static_cast<std::uint32_t>(letter);
  }
  EXPECT_EQ(upper(U'\u4e2d'), U'\u4e2d');
  EXPECT_EQ(upper(U'\u00df'), U'\u00df');
}

TEST(Accents, NameWithAccents_LosesThem) {
  EXPECT_EQ(accents().without_accents(U"Dvo\u0159\u00e1k"), U"Dvorak");
  EXPECT_EQ(accents().without_accents(U"\u0141uk\u00f8 Stra\u00dfe"), U"Luko Strasse");
  EXPECT_EQ(accents().without_accents(U"Nguy\u1ec5n"), U"Nguyen");
}

TEST(Accents, DoubleAccent_IsTakenApartToTheEnd) {
  EXPECT_EQ(accents().decomposed(U"\u1ec5"), U"e\u0302\u0303");
}

TEST(WrongLetter, AnyLetter_DiffersAndKeepsCase) {
  for (const char32_t letter : std::u32string(U"azAZ\u00e9\u00c9\u0142\u03b1\u0434\u0414\u05d0\u0633\u4e2d\uac00")) {
    for (std::uint64_t index = 0; index < 200; ++index) {
      Draws draws(1, Stream::kPerson, index);
      const char32_t wrong = wrong_letter(letter, draws);
      ASSERT_NE(lower(wrong), lower(letter));
      ASSERT_EQ(lower(wrong) != wrong, lower(letter) != letter);
      ASSERT_TRUE(is_letter(wrong));
    }
  }
}

}  // namespace
}  // namespace assay::datasets
