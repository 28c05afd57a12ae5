// `matcher cascade`: a file per level, a text and a summary.
#include <string>

#include "tests/matcher/cli/matcher_program.hpp"

namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

class CascadeCommand : public matcher_test::MatcherProgram {
 protected:
  void SetUp() override {
    MatcherProgram::SetUp();
    write("a.csv",
          "id,first_name,middle_name,last_name,birthdate\n1,Ana,Maria,Cruz,1980-01-01\n2,Ben,Luis,Cruz,1981-01-01\n"
          "3,Jon,Leo,Smith,1982-01-01\n");
    write("b.csv",
          "id,first_name,middle_name,last_name,birthdate\n11,Ana,Maria,Cruz,1980-01-01\n12,Ben,Leo,Cruz,1981-01-01\n"
          "13,John,Leo,Smith,1982-01-01\n");
  }
};

constexpr const char* kHeader = "left_id,right_id,score,case,decision\n";

TEST_F(CascadeCommand, Levels_AreFilesBesideEachOther) {
  const auto outcome = run("cascade a.csv b.csv -o out.v1.csv");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(content_of("out.v1_L01.csv"), std::string(kHeader) + "1,11,100.000000,EXACT,match\n");
  EXPECT_EQ(content_of("out.v1_L02.csv"), std::string(kHeader) + "2,12,100.000000,EXACT,match\n");
  EXPECT_EQ(content_of("out.v1_L03.csv"), kHeader);
  EXPECT_THAT(content_of("out.v1_L10.csv"), HasSubstr("3,13,"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out.v1_L04.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out.v1.csv"));
  const std::string text = content_of("out.v1_summary.txt");
  EXPECT_THAT(text, StartsWith("L01: 1 pairs of 3 x 3 rows\nL02: 1 pairs of 2 x 2 rows\nL03: 0 pairs of 1 x 1 rows\n"
                               "L04: skipped, column 'barangay_code' is missing\n"));
  EXPECT_EQ(outcome.err, text);
}

TEST_F(CascadeCommand, Independent_KeepsAllRows) {
  EXPECT_EQ(run("cascade --mode independent --levels 3,2 a.csv b.csv -q -o out.csv").exit_code, 0);
  EXPECT_EQ(content_of("out_L03.csv"),
            std::string(kHeader) + "1,11,100.000000,EXACT,match\n2,12,100.000000,EXACT,match\n");
  EXPECT_EQ(content_of("out_summary.txt"), "L02: 2 pairs of 3 x 3 rows\nL03: 2 pairs of 3 x 3 rows\n");
}

TEST_F(CascadeCommand, Summary_ListsLevelsAndConventions) {
  const json summary = run_for_json("cascade a.csv b.csv --levels 1,4,11 -q -o out.csv.gz", "out.summary.json");
  ASSERT_EQ(summary["levels"].size(), 3U);
  EXPECT_EQ(summary["levels"][0]["pairs"], 1);
  EXPECT_EQ(summary["levels"][0]["normalizer"], "text");
  EXPECT_EQ(summary["levels"][1]["pairs"], nullptr);
  EXPECT_EQ(summary["levels"][1]["missing_column"], "barangay_code");
  EXPECT_EQ(summary["levels"][2]["normalizer"], "raw");
  EXPECT_EQ(summary["options"]["length_unit"], "bytes");
  EXPECT_THAT(content_of("out_L01.csv.gz"), StartsWith("\x1F\x8B"));
}

// --length-unit alone must not give L10 and L11 another normalizer.
TEST_F(CascadeCommand, OneConvention_LeavesTheOthers) {
  const json summary =
      run_for_json("cascade a.csv b.csv --levels 11 --length-unit scalars -q -o out.csv", "out.summary.json");
  EXPECT_EQ(summary["options"]["length_unit"], "scalars");
  EXPECT_EQ(summary["levels"][0]["normalizer"], "raw");
}

TEST_F(CascadeCommand, Workbook_HasAllLevels) {
  const auto outcome = run("cascade a.csv b.csv -q -o out.xlsx");
  if (outcome.exit_code != 0) GTEST_SKIP() << outcome.err;
  EXPECT_THAT(content_of("out.xlsx"), StartsWith("PK\x03\x04"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out_L01.xlsx"));
}

TEST_F(CascadeCommand, WrongUse_IsOneLine) {
  expect_refused("cascade a.csv b.csv -o -", 2, "a cascade writes a file per level; name a CSV file or a workbook");
  expect_refused("cascade a.csv b.csv --levels 12 -o out.csv", 2, "there is no cascade level 12");
  expect_refused("cascade a.csv b.csv --missing-columns manual -o out.csv", 2,
                 "name the levels to run; with these columns 1,2,3,10,11 can run");
  expect_refused("cascade a.csv b.csv --missing-columns abort -o out.csv", 2, "level 4 needs column 'barangay_code'");
  expect_refused("cascade a.csv b.csv --levels x -o out.csv", 2, "x");
}

}  // namespace
