// The household roll-up: what counts, ties, both denominators, the half.
#include "matcher/reference/household.hpp"

#include <gtest/gtest.h>

#include "tests/matcher/reference/persons.hpp"

namespace {

using namespace matcher::reference;
using namespace reference_test;

constexpr auto kA5 = HouseholdAlgorithm::kA5;
constexpr auto kA6 = HouseholdAlgorithm::kA6;

// Rows that have nothing but what the roll-up looks at.
Person member(std::int64_t id, Name uuid, Name hh_id = {}) {
  Person p;
  p.id = id;
  p.uuid = std::move(uuid);
  p.hh_id = std::move(hh_id);
  return p;
}

struct Tables {
  std::vector<Person> left = {};
  std::vector<Person> right = {};
  std::vector<Match> pairs = {};

  void pair(std::size_t left_row, std::size_t right_row, double score = 100.0) {
    pairs.push_back({.left_id = left[left_row].id,
                     .right_id = right[right_row].id,
                     .rule = Rule::kCase1,
                     .score = score,
                     .left_row = left_row,
                     .right_row = right_row});
  }

  // "uuid household matched/total" for each.
  [[nodiscard]] std::vector<std::string> roll_up(HouseholdAlgorithm algorithm) const {
    std::vector<std::string> lines;
    for (const HouseholdMatch& m : roll_up_households(left, right, pairs, algorithm)) {
      EXPECT_EQ(m.number, lines.size() + 1);
      lines.push_back(m.uuid + ' ' + m.household + ' ' + std::to_string(m.matched) + '/' + std::to_string(m.total));
    }
    return lines;
  }
};

using Lines = std::vector<std::string>;

TEST(Household, Share_IsOfTheLeftHouseholdInA5AndOfTheRightInA6) {
  Tables t{{member(1, "u"), member(2, "u"), member(3, "u")}, {member(11, {}, "h"), member(12, {}, "h")}};
  t.pair(0, 0);
  t.pair(1, 1);
  EXPECT_EQ(t.roll_up(kA5), (Lines{"u h 2/3"}));
  EXPECT_EQ(t.roll_up(kA6), (Lines{"u h 2/2"}));
}

// 5 / 6 x 100 is another number if it is not rounded after the division.
TEST(Household, Percentage_IsComputedInFloats) {
  Tables t;
  for (std::size_t i = 0; i < 6; ++i) {
    t.left.push_back(member(1, "u"));
    t.right.push_back(member(2, {}, "h"));
    if (i > 0) t.pair(i, i);
  }
  EXPECT_EQ(roll_up_households(t.left, t.right, t.pairs, kA5).at(0).percent, 83.33332824707031F);
}

TEST(Household, ExactlyHalf_IsOut) {
  Tables t{{member(1, "u"), member(2, "u")}, {member(11, {}, "h")}};
  t.pair(0, 0);
  EXPECT_EQ(t.roll_up(kA5), Lines{});
  EXPECT_EQ(t.roll_up(kA6), (Lines{"u h 1/1"}));
  t.right.push_back(member(12, {}, "h"));
  EXPECT_EQ(t.roll_up(kA6), Lines{});
}

TEST(Household, NullUuid_HasNoHousehold) {
  Tables t{{member(1, {}), member(2, "u")}, {member(11, {}, "h"), member(12, {}, "i")}};
  t.pair(0, 0);
  t.pair(0, 1);
  t.pair(1, 1);
  EXPECT_EQ(t.roll_up(kA5), (Lines{"u i 1/1"}));
  EXPECT_EQ(t.roll_up(kA6), (Lines{"u i 1/1"}));
}

TEST(Household, NullHouseholdId_IsNamedByTheId) {
  Tables t{{member(1, "u"), member(2, "v")}, {member(-7, {}), member(12, {}, "")}};
  t.pair(0, 0);
  t.pair(1, 1);
  EXPECT_EQ(t.roll_up(kA5), (Lines{"u -7 1/1", "v  1/1"}));
}

TEST(Household, NullHouseholdId_MayMeetAnotherRowsName) {
  Tables t{{member(1, "u")}, {member(7, {}), member(12, {}, "7"), member(13, {}, "7")}};
  t.pair(0, 0);
  EXPECT_EQ(t.roll_up(kA6), Lines{});  // one of three
  t.pair(0, 1);
  EXPECT_EQ(t.roll_up(kA6), (Lines{"u 7 2/3"}));
}

TEST(Household, GreatestConfidence_Counts) {
  Tables t{{member(1, "u")}, {member(11, {}, "h"), member(12, {}, "i"), member(13, {}, "j")}};
  t.pair(0, 0, 96.0);
  t.pair(0, 1, 98.0);
  t.pair(0, 2, 97.0);
  EXPECT_EQ(t.roll_up(kA5), (Lines{"u i 1/1"}));
  EXPECT_EQ(t.roll_up(kA6), (Lines{"u h 1/1", "u i 1/1", "u j 1/1"}));
}

TEST(Household, TwoHouseholdsAtTheSameConfidence_AreATie) {
  Tables t{{member(1, "u"), member(2, "v")}, {member(11, {}, "h"), member(12, {}, "i")}};
  t.pair(0, 0);
  t.pair(0, 1);
  EXPECT_EQ(t.roll_up(kA5), Lines{});
  Tables other_side{{member(1, "u"), member(2, "v")}, {member(11, {}, "h")}};
  other_side.pair(0, 0);
  other_side.pair(1, 0);
  EXPECT_EQ(other_side.roll_up(kA6), Lines{});
  EXPECT_EQ(other_side.roll_up(kA5), (Lines{"u h 1/1", "v h 1/1"}));
}

TEST(Household, SameHouseholdTwice_IsNoTie) {
  Tables t{{member(1, "u"), member(2, "u")}, {member(11, {}, "h"), member(12, {}, "h")}};
  t.pair(0, 0);
  t.pair(0, 1);
  t.pair(1, 0);
  EXPECT_EQ(t.roll_up(kA5), (Lines{"u h 2/2"}));
  EXPECT_EQ(t.roll_up(kA6), (Lines{"u h 2/2"}));
}

TEST(Household, GreaterConfidenceLater_ClearsTheTie) {
  Tables t{{member(1, "u")}, {member(11, {}, "h"), member(12, {}, "i"), member(13, {}, "j")}};
  t.pair(0, 0, 96.0);
  t.pair(0, 1, 96.0);
  t.pair(0, 2, 97.0);
  EXPECT_EQ(t.roll_up(kA5), (Lines{"u j 1/1"}));
}

// 2^-23 below 1: a little less than the best is a tie as well, but a little more replaces it.
TEST(Household, AlmostTheSameConfidence_TiesOnlyWhenItComesSecond) {
  const double a_little_less = 100.0 * (1.0 - 0x1p-23);
  Tables t{{member(1, "u")}, {member(11, {}, "h"), member(12, {}, "i")}};
  t.pair(0, 0);
  t.pair(0, 1, a_little_less);
  EXPECT_EQ(t.roll_up(kA5), Lines{});
  t.pairs.clear();
  t.pair(0, 0, a_little_less);
  t.pair(0, 1);
  EXPECT_EQ(t.roll_up(kA5), (Lines{"u i 1/1"}));
  t.pairs.clear();
  t.pair(0, 0);
  t.pair(0, 1, 100.0 * (1.0 - 0x1.8p-23));
  EXPECT_EQ(t.roll_up(kA5), (Lines{"u h 1/1"}));
}

TEST(Household, Pairs_AreGoneThroughInOrderOfTheOtherId) {
  const double a_little_less = 100.0 * (1.0 - 0x1p-23);
  Tables t{{member(1, "u")}, {member(12, {}, "i"), member(11, {}, "h")}};
  t.pair(0, 0);  // the greater id, first in the table
  t.pair(0, 1, a_little_less);
  EXPECT_EQ(t.roll_up(kA5), (Lines{"u i 1/1"}));
}

TEST(Household, PairsForReview_DoNotCount) {
  Tables t{{member(1, "u")}, {member(11, {}, "h")}};
  t.pair(0, 0, 90.0);
  t.pairs[0].decision = Decision::kReview;
  EXPECT_EQ(t.roll_up(kA5), Lines{});
}

TEST(Household, Result_IsInOrderOfBytes) {
  Tables t{{member(1, "u"), member(2, "\u00fc"), member(3, "U"), member(4, "u1")},
           {member(9, {}), member(10, {}), member(2, {}, "x"), member(4, {}, "h")}};
  for (std::size_t i = 0; i < 4; ++i) t.pair(i, i);
  EXPECT_EQ(t.roll_up(kA5), (Lines{"U x 1/1", "u 9 1/1", "u1 h 1/1", "\u00fc 10 1/1"}));
}

TEST(MatchHouseholds, Persons_AreMatchedWithA4) {
  Person left = person(1, "Jon", "Lou", "Smith", date(2000, 12, 4));
  left.uuid = "u";
  const Person right = person(7, "John", {}, "Smith", date(2000, 4, 12));  // 95.7778 without middle
  MatchOptions options{.algorithm = Algorithm::kA1, .threshold_percent = 95.0, .is_cancelled = {}};
  EXPECT_TRUE(match_households(std::vector{left}, std::vector{right}, options, kA5)->empty());
  options.birthdate_test = BirthdateTest::kSwap;
  EXPECT_EQ(match_households(std::vector{left}, std::vector{right}, options, kA5)->size(), 1U);
  options.threshold_percent = 96.0;
  EXPECT_TRUE(match_households(std::vector{left}, std::vector{right}, options, kA5)->empty());
  options.is_cancelled = [] { return true; };
  EXPECT_FALSE(match_households(std::vector{left}, std::vector{right}, options, kA6));
}

}  // namespace
