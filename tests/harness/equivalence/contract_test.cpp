// Sound and unsound result contracts.
#include "harness/equivalence/contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/harness/equivalence/matches.hpp"

namespace assay::equivalence {
namespace {

std::string fault(const ResultContract& contract) {
  const Status status = check_contract(contract);
  if (status) return "";
  EXPECT_EQ(status.error().kind, ErrorKind::kUsage);
  return status.error().message;
}

TEST(Contract, SoundContract_Passes) {
  EXPECT_EQ(fault(match_contract()), "");
}

TEST(Contract, KeyAndValues_AreSplit) {
  ResultContract contract = match_contract();
  contract.key = {"right_id", "left_id"};
  EXPECT_THAT(key_columns(contract), testing::ElementsAre(1, 0));
  EXPECT_THAT(value_columns(contract), testing::ElementsAre(2, 3, 4, 5, 6));
}

TEST(Contract, EmptyKey_IsEveryColumn) {
  ResultContract contract = match_contract();
  contract.key = {};
  EXPECT_EQ(key_columns(contract).size(), kMatchColumns);
  EXPECT_TRUE(value_columns(contract).empty());
}

TEST(Contract, NoColumns_IsRefused) {
  EXPECT_THAT(fault({}), testing::HasSubstr("no columns"));
}

TEST(Contract, NameTwice_IsRefused) {
  ResultContract contract = match_contract();
  contract.columns[3].name = "rule";
  EXPECT_THAT(fault(contract), testing::HasSubstr("'rule' is named twice"));
}

TEST(Contract, UnknownType_IsRefused) {
  ResultContract contract = match_contract();
  contract.columns[3].type = 99;
  EXPECT_THAT(fault(contract), testing::HasSubstr("unknown type 99"));
  contract.columns[3].type = 0;
  EXPECT_THAT(fault(contract), testing::HasSubstr("unknown type 0"));
}

TEST(Contract, KeyThatIsNoColumn_IsRefused) {
  ResultContract contract = match_contract();
  contract.key = {"left_id", "middle_id"};
  EXPECT_THAT(fault(contract), testing::HasSubstr("'middle_id'"));
  contract.key = {"left_id", "left_id"};
  EXPECT_THAT(fault(contract), testing::HasSubstr("key 'left_id' is named twice"));
}

TEST(Contract, SenselessTolerance_IsRefused) {
  for (const double tolerance : {-1.0, std::nan(""), HUGE_VAL}) {
    ResultContract contract = match_contract();
    contract.columns[4].absolute_tolerance = tolerance;
    EXPECT_THAT(fault(contract), testing::HasSubstr("'score'")) << tolerance;
    contract = match_contract();
    contract.columns[4].relative_tolerance = tolerance;
    EXPECT_THAT(fault(contract), testing::HasSubstr("'score'")) << tolerance;
  }
}

TEST(Contract, ToleranceOnKeyOrText_IsRefused) {
  ResultContract contract = match_contract();
  contract.columns[0].absolute_tolerance = 1;
  EXPECT_THAT(fault(contract), testing::HasSubstr("'left_id' is a key"));
  contract = match_contract();
  contract.columns[5].relative_tolerance = 0.1;
  EXPECT_THAT(fault(contract), testing::HasSubstr("'note' is text"));
  contract = match_contract();
  contract.key = {};
  contract.columns[4].absolute_tolerance = 1;
  EXPECT_THAT(fault(contract), testing::HasSubstr("'score' is a key"));
}

}  // namespace
}  // namespace assay::equivalence
