// Households from matched persons: ties, thresholds, both denominators.
#include "matcher/household/roll_up.hpp"

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <vector>

#include "matcher/model/persons_table.hpp"

namespace {

using namespace matcher;
using testing::ElementsAre;
using testing::IsEmpty;

HouseholdMatch household(const char* uuid, const char* hh_id, float percent) {
  return {uuid, hh_id, percent};
}

class RollUp : public testing::Test {
 protected:
  // Ids are 1, 2, ... on the left and 101, 102, ... on the right; "" is null.
  void lefts(const std::vector<const char*>& uuids) {
    for (const char* uuid : uuids) {
      left_.id.push_back(static_cast<std::int64_t>(left_.id.size()) + 1);
      *uuid == '\0' ? left_.uuid.append_null() : left_.uuid.append(uuid);
    }
  }
  void rights(const std::vector<const char*>& hh_ids) {
    for (const char* hh_id : hh_ids) {
      right_.id.push_back(static_cast<std::int64_t>(right_.id.size()) + 101);
      *hh_id == '\0' ? right_.hh_id.append_null() : right_.hh_id.append(hh_id);
    }
  }
  void pair(std::uint32_t left_row, std::uint32_t right_row, double score = 100.0, bool for_review = false) {
    matches_.push_back({.left_row = left_row, .right_row = right_row, .for_review = for_review, .score = score});
  }
  std::vector<HouseholdMatch> roll_up(HouseholdSide side) {
    matches_ = sorted_matches({matches_}, left_.view(), right_.view());
    return roll_up_households(matches_, left_.view(), right_.view(), side);
  }
  std::vector<HouseholdMatch> a5() { return roll_up(HouseholdSide::kLeft); }
  std::vector<HouseholdMatch> a6() { return roll_up(HouseholdSide::kRight); }

  PersonsTable left_;
  PersonsTable right_;
  std::vector<Match> matches_;
};

TEST_F(RollUp, ShareOfTheLeftHousehold_IsA5_OfTheRightOne_A6) {
  lefts({"U", "U", "U"});
  rights({"H", "H"});
  pair(0, 0);
  pair(1, 1);
  EXPECT_THAT(a5(), ElementsAre(household("U", "H", 2.0F / 3.0F * 100.0F)));
  EXPECT_THAT(a6(), ElementsAre(household("U", "H", 100.0F)));
}

TEST_F(RollUp, ExactlyHalf_IsOut) {
  lefts({"U", "U"});
  rights({"H", "H", "H"});
  pair(0, 0);
  EXPECT_THAT(a5(), IsEmpty());
  pair(1, 2);
  EXPECT_THAT(a5(), ElementsAre(household("U", "H", 100.0F)));
}

TEST_F(RollUp, PersonTiedBetweenHouseholds_IsDropped) {
  lefts({"U"});
  rights({"H", "K"});
  pair(0, 0, 97);
  pair(0, 1, 97);
  EXPECT_THAT(a5(), IsEmpty());
  EXPECT_THAT(a6(), ElementsAre(household("U", "H", 100.0F), household("U", "K", 100.0F)));
}

TEST_F(RollUp, SameHouseholdTwice_IsNoTie) {
  lefts({"U"});
  rights({"H", "H"});
  pair(0, 0, 97);
  pair(0, 1, 97);
  EXPECT_THAT(a5(), ElementsAre(household("U", "H", 100.0F)));
}

TEST_F(RollUp, GreaterConfidenceLater_ClearsTheTie) {
  lefts({"U"});
  rights({"H", "K", "M"});
  pair(0, 0, 96);
  pair(0, 1, 96);
  pair(0, 2, 97);
  EXPECT_THAT(a5(), ElementsAre(household("U", "M", 100.0F)));
}

TEST_F(RollUp, LesserConfidence_ChangesNothing) {
  lefts({"U"});
  rights({"H", "K"});
  pair(0, 0, 97);
  pair(0, 1, 96);
  EXPECT_THAT(a5(), ElementsAre(household("U", "H", 100.0F)));
}

// One step of a float below 1 is 2^-24: within the tolerance if it comes later, an improvement if it comes first.
TEST_F(RollUp, ConfidenceOneStepBelow_IsATieOnlyAfterTheBest) {
  const double below = 100.0 * (1.0 - 0x1p-24);
  lefts({"U"});
  rights({"H", "K"});
  pair(0, 0, 100.0);
  pair(0, 1, below);
  EXPECT_THAT(a5(), IsEmpty());
  matches_.clear();
  pair(0, 0, below);
  pair(0, 1, 100.0);
  EXPECT_THAT(a5(), ElementsAre(household("U", "K", 100.0F)));
}

TEST_F(RollUp, TieInA6_IsBetweenUuids) {
  lefts({"U", "V", "V"});
  rights({"H"});
  pair(1, 0, 97);
  pair(2, 0, 97);
  EXPECT_THAT(a6(), ElementsAre(household("V", "H", 100.0F)));
  pair(0, 0, 97);
  EXPECT_THAT(a6(), IsEmpty());
}

TEST_F(RollUp, NullUuid_IsIgnoredAndTiesNobody) {
  lefts({"", "U"});
  rights({"H"});
  pair(0, 0, 100);
  EXPECT_THAT(a5(), IsEmpty());
  pair(1, 0, 97);
  EXPECT_THAT(a5(), ElementsAre(household("U", "H", 100.0F)));
  EXPECT_THAT(a6(), ElementsAre(household("U", "H", 100.0F)));
}

TEST_F(RollUp, NullHousehold_IsNamedByItsId) {
  lefts({"U", "V"});
  rights({"", "", "101"});
  pair(0, 0);
  pair(1, 1);
  EXPECT_THAT(a5(), ElementsAre(household("U", "101", 100.0F), household("V", "102", 100.0F)));
  EXPECT_THAT(a6(), ElementsAre(household("V", "102", 100.0F))) << "101 has two persons, the one by its hh_id";
}

TEST_F(RollUp, NullHouseholdWithTextIds_IsNamedByTheTextId) {
  lefts({"U"});
  rights({""});
  right_.text_id.append("P-7");
  pair(0, 0);
  EXPECT_THAT(a5(), ElementsAre(household("U", "P-7", 100.0F)));
}

TEST_F(RollUp, ReviewPairs_DoNotCount) {
  lefts({"U", "V"});
  rights({"H", "K"});
  pair(0, 0, 90, true);
  pair(1, 1, 96);
  pair(1, 0, 96, true);
  EXPECT_THAT(a5(), ElementsAre(household("V", "K", 100.0F)));
}

TEST_F(RollUp, Households_ComeInOrderOfBytes) {
  lefts({"b", "B", "b", "\xC3\xA9"});
  rights({"2", "10", "9", "1"});
  for (std::uint32_t row = 0; row < 4; ++row) pair(row, row);
  EXPECT_THAT(a6(), ElementsAre(household("B", "10", 100.0F), household("b", "2", 100.0F), household("b", "9", 100.0F),
                                household("\xC3\xA9", "1", 100.0F)));
}

TEST_F(RollUp, Nothing_IsNothing) {
  EXPECT_THAT(a5(), IsEmpty());
  EXPECT_THAT(a6(), IsEmpty());
}

}  // namespace
