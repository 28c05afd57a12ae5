// Every name has one class, and what no kernel can score is told apart.
#include "matcher/gpu/layout/length_class.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace matcher::gpu {
namespace {

LengthClass class_of(std::size_t length) {
  const std::u32string text(length, U'a');
  return length_class(text, Alphabet::of(std::vector<std::u32string>{text}, {}));
}

TEST(LengthClass, Borders_BelongToTheShorterClass) {
  EXPECT_EQ(class_of(0), LengthClass::k8);
  EXPECT_EQ(class_of(8), LengthClass::k8);
  EXPECT_EQ(class_of(9), LengthClass::k12);
  EXPECT_EQ(class_of(12), LengthClass::k12);
  EXPECT_EQ(class_of(16), LengthClass::k16);
  EXPECT_EQ(class_of(17), LengthClass::k24);
  EXPECT_EQ(class_of(25), LengthClass::k32);
  EXPECT_EQ(class_of(32), LengthClass::k32);
  EXPECT_EQ(class_of(33), LengthClass::k64);
  EXPECT_EQ(class_of(64), LengthClass::k64);
  EXPECT_EQ(class_of(65), LengthClass::kLong);
}

TEST(LengthClass, SymbolWithoutCode_IsUncodedUnlessTooLong) {
  const Alphabet alphabet = Alphabet::of(std::vector<std::u32string>{U"ab"}, {});
  EXPECT_EQ(length_class(U"abc", alphabet), LengthClass::kUncoded);
  EXPECT_EQ(length_class(std::u32string(65, U'c'), alphabet), LengthClass::kLong);
}

TEST(RowsByClass, AnyTable_HoldsEveryRowOnceByLengthThenOrder) {
  std::vector<std::u32string> texts;
  for (std::size_t i = 0; i < 200; ++i) texts.emplace_back(i * 37 % 70, U'a');
  const Alphabet alphabet = Alphabet::of(texts, {});
  const ClassRows rows = rows_by_class(texts, alphabet);
  std::vector<std::uint32_t> all;
  for (std::size_t c = 0; c < kLengthClasses; ++c) {
    for (std::size_t i = 0; i < rows[c].size(); ++i) {
      all.push_back(rows[c][i]);
      EXPECT_EQ(static_cast<std::size_t>(length_class(texts[rows[c][i]], alphabet)), c);
      if (i == 0) continue;
      const auto before = std::pair(texts[rows[c][i - 1]].size(), rows[c][i - 1]);
      EXPECT_LT(before, std::pair(texts[rows[c][i]].size(), rows[c][i]));
    }
  }
  std::sort(all.begin(), all.end());
  ASSERT_EQ(all.size(), texts.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i], i);
}

}  // namespace
}  // namespace matcher::gpu
