// Name tables and made-up names: what the embedded data must hold, and how skewed the names of a population are.
#include "datasets/generate/name_tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "datasets/generate/household.hpp"
#include "datasets/generate/syllables.hpp"

namespace assay::datasets {
namespace {

TEST(NameTables, EmbeddedTables_AreComplete) {
  const NameTables tables = load_name_tables(Profile::kDirty);
  EXPECT_EQ(tables.us_surnames.names.size(), 5000u);
  EXPECT_EQ(tables.us_surnames.names[0], "Smith");
  EXPECT_EQ(tables.us_surnames.weights.size(), 5000u);
  EXPECT_GT(tables.nicknames.size(), 100u);
  std::set<std::string_view> first_names;
  for (std::size_t origin = 0; origin < kOrigins; ++origin) {
    const NameList& surnames = origin == 0 ? tables.us_surnames : tables.surnames[origin];
    EXPECT_GE(surnames.names.size(), 10u) << origin;
    for (const NameList& list : tables.first_names[origin]) {
      EXPECT_GE(list.names.size(), 10u) << origin;
      first_names.insert(list.names.begin(), list.names.end());
    }
  }
  EXPECT_GT(first_names.size(), 1000u);
}

TEST(NameTables, AccentedLatinNames_CanAllLoseTheirAccents) {
  const NameTables tables = load_name_tables(Profile::kUnicode);
  std::u32string letters;
  for (std::size_t origin = 0; is_latin(static_cast<Origin>(origin)); ++origin) {
    std::vector<std::string_view> names = tables.surnames[origin].names;
    for (const NameList& list : tables.first_names[origin])
      names.insert(names.end(), list.names.begin(), list.names.end());
    for (const std::string_view name : names) {
      decode_utf8(name, &letters);
      for (const char32_t letter : tables.accents.without_accents(letters)) EXPECT_LT(letter, 0x80u) << name;
    }
  }
}

TEST(NameTables, ApostrophesParticlesAndHyphens_AreThere) {
  const NameTables tables = load_name_tables(Profile::kDirty);
  const auto has = [](const NameList& list, std::string_view name) {
    return std::find(list.names.begin(), list.names.end(), name) != list.names.end();
  };
  EXPECT_TRUE(has(tables.us_surnames, "O'Brien"));
  EXPECT_TRUE(has(tables.us_surnames, "D'Angelo"));
  EXPECT_TRUE(has(tables.us_surnames, "McDonald"));
  EXPECT_TRUE(has(tables.surnames[static_cast<std::size_t>(Origin::kSpanish)], "de la Cruz"));
  EXPECT_TRUE(has(tables.surnames[static_cast<std::size_t>(Origin::kDutch)], "van der Berg"));
  EXPECT_TRUE(has(tables.surnames[static_cast<std::size_t>(Origin::kArabic)], "al-Masri"));
  EXPECT_TRUE(has(tables.first_names[0][1], "Mary-Ann"));
}

TEST(RareSurname, SameRank_IsTheSameNameAndRanksDiffer) {
  std::set<std::string> names;
  for (std::uint32_t rank = 1U << kRareSurnameLowBits; rank < (1U << kRareSurnameHighBits); rank += 16) {
    std::string name;
    append_rare_surname(rank, &name);
    std::string again;
    append_rare_surname(rank, &again);
    ASSERT_EQ(name, again);
    ASSERT_GE(name.size(), 3u);
    names.insert(name);
  }
  EXPECT_GT(names.size(), 6000u);  // of 7,680 ranks
}

TEST(RareRank, EachPowerOfTwo_HasTheSameShare) {
  std::map<std::uint32_t, int> counts;
  for (std::uint64_t index = 0; index < 40'000; ++index) {
    Draws draws(3, Stream::kPerson, index);
    const std::uint32_t rank = draw_rare_rank(4, 8, draws);
    ASSERT_GE(rank, 16u);
    ASSERT_LT(rank, 256u);
    ++counts[rank < 32 ? 16 : rank < 64 ? 32 : rank < 128 ? 64 : 128];
  }
  for (const auto& [low, count] : counts) EXPECT_NEAR(count, 10'000, 500) << low;
}

// Smith has 1.37 % of the 178 million people in the table, which supply 57.5 % of the US surnames.
TEST(Surname, TopShareAndTail_AreLikeThoseOfTheCensus) {
  const NameTables tables = load_name_tables(Profile::kDirty);
  std::map<std::string, int> counts;
  std::string surname;
  constexpr int kDraws = 200'000;
  for (std::uint64_t index = 0; index < kDraws; ++index) {
    Draws draws(9, Stream::kPerson, index);
    draw_surname(tables, Origin::kUs, draws, &surname);
    ++counts[surname];
  }
  const auto top = std::max_element(counts.begin(), counts.end(), [](auto& a, auto& b) { return a.second < b.second; });
  EXPECT_EQ(top->first, "Smith");
  EXPECT_NEAR(top->second, kDraws * 0.0137 * 0.575, 160);
  EXPECT_GT(counts.size(), 30'000u);
  EXPECT_LT(counts.size(), 80'000u);
}

TEST(Household, Blocks_AreDividedWithoutGapsOrOverlaps) {
  for (const Profile profile : {Profile::kDirty, Profile::kHouseholds}) {
    std::uint64_t households = 0;
    for (std::uint64_t row = 0; row < 64 * 500;) {
      const HouseholdRows rows = household_of(row, 42, profile);
      ASSERT_EQ(rows.first_row, row);
      ASSERT_GE(rows.size, 1u);
      for (std::uint64_t member = row; member < row + rows.size; ++member) {
        ASSERT_EQ(household_of(member, 42, profile).first_row, row);
      }
      row += rows.size;
      ++households;
    }
    const double mean = 64.0 * 500 / static_cast<double>(households);
    EXPECT_NEAR(mean, profile == Profile::kDirty ? 2.4 : 4.0, 0.25);
  }
}

}  // namespace
}  // namespace assay::datasets
