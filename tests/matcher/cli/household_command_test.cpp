// `matcher household`: both algorithms on a small village.
#include <string>

#include "tests/matcher/cli/matcher_program.hpp"

namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::MatchesRegex;

class HouseholdCommand : public matcher_test::MatcherProgram {
 protected:
  void SetUp() override {
    MatcherProgram::SetUp();
    write("families.csv",
          "id,uuid,first_name,last_name,birthdate\n1,U,Ana,Cruz,1980-01-01\n2,U,Ben,Cruz,1981-01-01\n"
          "3,U,Cai,Cruz,1982-01-01\n4,,Dan,Lim,1983-01-01\n5,V,Eva,Tan,1984-01-01\n");
    write("census.csv",
          "id,hh_id,first_name,last_name,birthdate\n11,H,Ana,Cruz,1980-01-01\n12,H,Ben,Cruz,1981-01-01\n"
          "13,K,Dan,Lim,1983-01-01\n14,,Eva,Tan,1984-01-01\n15,H,Fay,Cruz,1985-01-01\n16,H,Gus,Cruz,1986-01-01\n");
  }
};

constexpr const char* kHeader = "id,uuid,hh_id,match_percentage,region_code,poor_hat_0,poor_hat_10\n";

TEST_F(HouseholdCommand, A5_IsTheShareOfTheLeftHousehold) {
  const auto outcome = run("household families.csv census.csv -o h.csv");
  EXPECT_EQ(content_of("h.csv"), std::string(kHeader) + "1,U,H,66.67,,,\n2,V,14,100.00,,,\n");
  EXPECT_THAT(outcome.err, MatchesRegex("matcher: A5: 5 x 6 rows, 4 person pairs, 2 households, [0-9.]+ s\n"));
}

TEST_F(HouseholdCommand, A6AndL12_AreTheShareOfTheRightOne) {
  for (const char* algorithm : {"A6", "L12"}) {
    EXPECT_EQ(run(fmt::format("household families.csv census.csv -q -a {} -o -", algorithm)).out,
              std::string(kHeader) + "1,V,14,100.00,,,\n")
        << "half of H is not more than half";
  }
}

TEST_F(HouseholdCommand, Summary_SaysWhatWasCounted) {
  const json summary = run_for_json("household families.csv census.csv -q -a A6 -o h.csv", "h.summary.json");
  EXPECT_EQ(summary["command"], "household");
  EXPECT_EQ(summary["options"]["algorithm"], "A6");
  EXPECT_EQ(summary["result"]["person_pairs"], 4);
  EXPECT_EQ(summary["result"]["households"], 1);
}

TEST_F(HouseholdCommand, NoFamilies_AreNoHouseholds) {
  write("none.csv", "id,uuid,first_name,last_name,birthdate\n");
  EXPECT_EQ(run("household none.csv census.csv -q -o -").out, kHeader);
}

TEST_F(HouseholdCommand, WrongUse_IsOneLine) {
  expect_refused("household left.csv census.csv -o h.csv", 2,
                 "left.csv: households of the left table are named by column 'uuid', which is missing");
  expect_refused("household families.csv census.csv -a A4 -o h.csv", 2, "A4 not in {A5,A6,L12}");
}

}  // namespace
