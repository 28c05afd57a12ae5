// L1 to L11: what must be equal, and which rows take no part.
#include <gtest/gtest.h>

#include "matcher/reference/row.hpp"
#include "tests/matcher/reference/persons.hpp"

namespace {

using namespace matcher::reference;
using namespace reference_test;

constexpr Algorithm kByMiddle[] = {Algorithm::kL1, Algorithm::kL4, Algorithm::kL7};
constexpr Algorithm kByInitials[] = {Algorithm::kL2, Algorithm::kL5, Algorithm::kL8};
constexpr Algorithm kByNames[] = {Algorithm::kL3, Algorithm::kL6, Algorithm::kL9};
constexpr Algorithm kByDate[] = {Algorithm::kL1, Algorithm::kL2, Algorithm::kL3};
constexpr Algorithm kByBarangay[] = {Algorithm::kL4, Algorithm::kL5, Algorithm::kL6};
constexpr Algorithm kByCity[] = {Algorithm::kL7, Algorithm::kL8, Algorithm::kL9};

Person resident(Name first, Name middle, Name last) {
  Person p = person(1, std::move(first), std::move(middle), std::move(last));
  p.barangay_code = "B1";
  p.city_code = "C1";
  return p;
}

bool match_in(Algorithm level, const Person& left, const Person& right) {
  return match_of(left, right, all_of(level)).has_value();
}

TEST(Levels, SamePerson_MatchesExactly) {
  const Person p = resident("Ann", "Marie", "Lee");
  for (const auto& levels : {kByMiddle, kByInitials, kByNames}) {
    for (std::size_t i = 0; i < 3; ++i) {
      const auto found = match_of(p, p, all_of(levels[i]));
      ASSERT_TRUE(found);
      EXPECT_EQ(found->rule, Rule::kExact);
      EXPECT_EQ(found->score, 100.0);
      EXPECT_EQ(found->distance + found->matches + found->prefix, 0U);
    }
  }
}

TEST(Levels, FirstAndLast_MustBeEqualAndNotNull) {
  const Person p = resident("Ann", "Marie", "Lee");
  for (const auto& levels : {kByMiddle, kByInitials, kByNames}) {
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_FALSE(match_in(levels[i], p, resident("Anne", "Marie", "Lee")));
      EXPECT_FALSE(match_in(levels[i], p, resident("Ann", "Marie", "Leigh")));
      EXPECT_FALSE(match_in(levels[i], resident({}, "Marie", "Lee"), resident({}, "Marie", "Lee")));
      EXPECT_FALSE(match_in(levels[i], resident("Ann", "Marie", {}), resident("Ann", "Marie", {})));
      EXPECT_TRUE(match_in(levels[i], resident("", "Marie", ""), resident("", "Marie", "")));
    }
  }
}

TEST(Levels, Middle_IsComparedInFullByInitialsOrNotAtAll) {
  const Person left = resident("Ann", "Marie", "Lee");
  const Person right = resident("Ann", "Maria", "Lee");
  const Person other = resident("Ann", "Lou", "Lee");
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_FALSE(match_in(kByMiddle[i], left, right));
    EXPECT_TRUE(match_in(kByInitials[i], left, right));
    EXPECT_FALSE(match_in(kByInitials[i], left, other));
    EXPECT_TRUE(match_in(kByNames[i], left, other));
  }
}

TEST(Levels, ShortMiddle_TakesNoPartInFullMiddleLevels) {
  for (const Name& middle : {Name(), Name(""), Name("M"), Name("M."), Name("..M.."), Name(" M ")}) {
    const Person p = resident("Ann", middle, "Lee");
    for (const Algorithm level : kByMiddle) EXPECT_FALSE(match_in(level, p, p));
    EXPECT_FALSE(match_in(Algorithm::kL10, p, p));
  }
}

TEST(Levels, FullMiddle_IsComparedAsItIs) {
  const Person left = resident("Ann", "Jo.", "Lee");
  for (const Algorithm level : kByMiddle) {
    EXPECT_TRUE(match_in(level, left, left));
    EXPECT_FALSE(match_in(level, left, resident("Ann", "Jo", "Lee")));
  }
}

TEST(Levels, MiddleWithoutLetters_TakesNoPartInInitialsLevels) {
  for (const Name& middle : {Name(), Name(""), Name("12"), Name("\u674e\u5c0f")}) {
    const Person p = resident("Ann", middle, "Lee");
    for (const Algorithm level : kByInitials) EXPECT_FALSE(match_in(level, p, p));
    for (const Algorithm level : kByNames) EXPECT_TRUE(match_in(level, p, p));
  }
}

TEST(Levels, Birthdate_IsAskedForInTheFirstThreeOnly) {
  Person left = resident("Ann", "Marie", "Lee");
  Person right = left;
  right.birthdate_days = 101;
  Person undated = left;
  undated.birthdate_days = std::nullopt;
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_FALSE(match_in(kByDate[i], left, right));
    EXPECT_FALSE(match_in(kByDate[i], undated, undated));
    for (const Algorithm level : {kByBarangay[i], kByCity[i]}) {
      EXPECT_TRUE(match_in(level, left, right));
      EXPECT_TRUE(match_in(level, undated, left));
    }
  }
}

TEST(Levels, Place_MustBeEqualAfterNormalizeText) {
  Person left = resident("Ann", "Marie", "Lee");
  Person right = left;
  right.barangay_code = " b1 ";
  right.city_code = " c1";
  Person elsewhere = left;
  elsewhere.barangay_code = "B2";
  elsewhere.city_code = "C2";
  for (std::size_t i = 0; i < 3; ++i) {
    for (const Algorithm level : {kByBarangay[i], kByCity[i]}) {
      MatchOptions raw = all_of(level);
      raw.normalizer = Normalizer::kRaw;  // of names, not of places
      EXPECT_TRUE(match_of(left, right, raw));
      EXPECT_FALSE(match_in(level, left, elsewhere));
    }
    EXPECT_TRUE(match_in(kByDate[i], left, elsewhere));
  }
}

TEST(Levels, NullOrBlankPlace_TakesNoPart) {
  for (const Name& code : {Name(), Name(""), Name(" \t")}) {
    Person no_barangay = resident("Ann", "Marie", "Lee");
    Person no_city = no_barangay;
    no_barangay.barangay_code = code;
    no_city.city_code = code;
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_FALSE(match_in(kByBarangay[i], no_barangay, no_barangay));
      EXPECT_TRUE(match_in(kByCity[i], no_barangay, no_barangay));
      EXPECT_FALSE(match_in(kByCity[i], no_city, no_city));
      EXPECT_TRUE(match_in(kByBarangay[i], no_city, no_city));
    }
  }
}

TEST(Levels, L10_IsTheCaseRuleWithMiddleForFullMiddles) {
  const Person left = person(1, "John", "Michael", "Smith");
  const auto found = match_of(left, person(2, "Jon", "Michael", "Smyth"), all_of(Algorithm::kL10));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->rule, Rule::kCase3);
  EXPECT_NEAR(found->score, 90.8969, 5e-5);
  MatchOptions strict = all_of(Algorithm::kL10);
  strict.threshold_percent = 95.0;
  EXPECT_FALSE(match_of(left, person(2, "Jon", "Michael", "Smyth"), strict));
}

TEST(Levels, L10_BothNeedAFullMiddle) {
  const Person full = person(1, "Christopher", "Lo", "Montgomery");
  const Person initial = person(2, "Christopher", "L.", "Montgomery");
  EXPECT_TRUE(match_of(full, initial, all_of(Algorithm::kA3)));
  EXPECT_FALSE(match_of(full, initial, all_of(Algorithm::kL10)));
  EXPECT_FALSE(match_of(initial, full, all_of(Algorithm::kL10)));
}

TEST(Levels, L11_IsTheCaseRuleWithoutMiddle) {
  const auto found =
      match_of(person(1, "Jon", "Lou", "Smith"), person(2, "John", {}, "Smith"), all_of(Algorithm::kL11));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->rule, Rule::kCase1);
  EXPECT_NEAR(found->score, 95.7778, 5e-5);
}

TEST(IsFullMiddleName, TwoCharactersBetweenTheDots_AreNeeded) {
  EXPECT_TRUE(is_full_middle_name("jo"));
  EXPECT_TRUE(is_full_middle_name(".jo."));
  EXPECT_TRUE(is_full_middle_name("j r"));
  EXPECT_TRUE(is_full_middle_name("j.r."));
  EXPECT_TRUE(is_full_middle_name("\u674e\u5c0f"));
  EXPECT_FALSE(is_full_middle_name("j"));
  EXPECT_FALSE(is_full_middle_name("j."));
  EXPECT_FALSE(is_full_middle_name("..j.."));
  EXPECT_FALSE(is_full_middle_name("\u674e"));
  EXPECT_FALSE(is_full_middle_name("j \u3000"));
  EXPECT_FALSE(is_full_middle_name(""));
}

TEST(Initials, EachToken_GivesItsFirstLetter) {
  EXPECT_EQ(initials("maria santos"), "ms");
  EXPECT_EQ(initials(" De  la\tCRUZ\u3000Y "), "dlcy");
  EXPECT_EQ(initials("o'brien-lee"), "o");
}

TEST(Initials, TokenWithoutLetter_GivesNone) {
  EXPECT_EQ(initials("(2nd) \u674e a"), "na");
  EXPECT_EQ(initials("\u00e9mile"), "m");
  EXPECT_EQ(initials("12 \u674e"), std::nullopt);
  EXPECT_EQ(initials(""), std::nullopt);
}

}  // namespace
