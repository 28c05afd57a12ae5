// `matcher match`: options, layouts, outputs and the summary.
#include <string>

#include "tests/matcher/cli/matcher_program.hpp"

namespace {

using MatchCommand = matcher_test::MatcherProgram;
using matcher_test::Outcome;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr const char* kHeader = "left_id,right_id,score,case,decision\n";

TEST_F(MatchCommand, Review_ReportsPairsBelowTheThreshold) {
  const json summary = run_for_json("match left.csv right.csv -t 97 --review 96% -q -o m.csv", "m.summary.json");
  EXPECT_EQ(content_of("m.csv"), std::string(kHeader) + "1,7,96.161616,CASE 1,review\n2,8,100.000000,DIRECT,match\n");
  EXPECT_EQ(summary["result"]["accepted_pairs"], 2);
  EXPECT_EQ(summary["result"]["matches"], 1);
  EXPECT_EQ(summary["result"]["review"], 1);
  EXPECT_EQ(summary["options"]["review_percent"], 96.0);
}

TEST_F(MatchCommand, Threshold_IsReadInThreeForms) {
  for (const char* threshold : {"97", "97%", "0.97"}) {
    EXPECT_EQ(run(fmt::format("match left.csv right.csv -t {} -q -o -", threshold)).out,
              std::string(kHeader) + "2,8,100.000000,DIRECT,match\n");
  }
  expect_refused("match left.csv right.csv -o m.csv -t 90 --review 95", 2, "review bound 95 is above the threshold 90");
}

TEST_F(MatchCommand, Block_TestsOnlyPairsThatAgree) {
  const json summary = run_for_json(
      "match left.csv right.csv -t 0 --birthdate any --block first --block last+first:1 -q -o m.csv", "m.summary.json");
  EXPECT_EQ(content_of("m.csv"), std::string(kHeader) + "1,7,96.161616,CASE 1,match\n2,8,100.000000,DIRECT,match\n");
  EXPECT_THAT(summary["options"]["blocking_keys"], ElementsAre("first", "last+first:1"));
  ASSERT_EQ(summary["result"]["candidates"].size(), 2U);
  EXPECT_EQ(summary["result"]["candidates"][1]["key"], "last+first:1");
  expect_refused("match left.csv right.csv -o m2.csv --birthdate any", 2, "add blocking keys");
  expect_refused("match left.csv right.csv -o m2.csv --block surname", 2, "surname");
}

TEST_F(MatchCommand, Select_ChoosesAmongPairs) {
  write("twins.csv", "id,first_name,last_name,birthdate\n5,Jon,Smith,1980-02-03\n6,John,Smith,1980-02-03\n");
  EXPECT_EQ(run("match left.csv twins.csv -a A4 -q -o -").out,
            std::string(kHeader) + "1,5,100.000000,DIRECT,match\n1,6,95.777778,CASE 1,match\n");
  for (const char* select : {"best", "greedy", "optimal"}) {
    EXPECT_EQ(run(fmt::format("match left.csv twins.csv -a A4 -q -o - --select {}", select)).out,
              std::string(kHeader) + "1,5,100.000000,DIRECT,match\n");
  }
  expect_refused("match left.csv twins.csv -o m.csv --select first", 2, "optimal");
}

TEST_F(MatchCommand, PeerLayout_ShowsBothPersons) {
  write("one.csv", "id,uuid,first_name,middle_name,last_name,birthdate\n3,\"u,1\",Ann,,Lee,1990-01-01\n");
  EXPECT_EQ(run("match one.csv right.csv -q -o - --layout peer").out,
            "Table1_ID,Table1_UUID,Table1_FirstName,Table1_MiddleName,Table1_LastName,Table1_Birthdate,Table2_ID,"
            "Table2_UUID,Table2_FirstName,Table2_MiddleName,Table2_LastName,Table2_Birthdate,is_matched_Fuzzy,"
            "Confidence,MatchedFields\n"
            "3,\"u,1\",Ann,,Lee,1990-01-01,8,,Ann,,Lee,1990-01-01,true,1,\"fuzzy,DIRECT MATCH,birthdate\"\n");
  EXPECT_THAT(run("match one.csv right.csv -q -a A1 -o - --layout peer").out,
              HasSubstr("Table2_FirstName,Table2_LastName,Table2_Birthdate,is_matched_Infnbd,Confidence"));
}

TEST_F(MatchCommand, Summary_SaysWhatWasDone) {
  write("left.csv", "id,first_name,last_name,birthdate\n1,Jon,,1980-02-03\n1,,Lee,\n");
  const json summary =
      run_for_json("match left.csv right.csv -a L3 --profile sound --code-length 6 -o m.csv", "m.summary.json");
  EXPECT_EQ(summary["schema"], "matcher-summary/1");
  EXPECT_EQ(summary["command"], "match");
  EXPECT_EQ(summary["output"], "m.csv");
  EXPECT_EQ(summary["options"]["algorithm"], "L3");
  EXPECT_EQ(summary["options"]["profile"], "sound");
  EXPECT_EQ(summary["options"]["code_length"], 6);
  EXPECT_EQ(summary["options"]["length_unit"], "scalars");
  EXPECT_EQ(summary["left"]["rows"], 2);
  EXPECT_EQ(summary["left"]["duplicate_ids"], 1);
  EXPECT_EQ(summary["left"]["nulls"]["last_name"], 1);
  EXPECT_EQ(summary["left"]["nulls"]["birthdate"], 1);
  EXPECT_EQ(summary["left"]["nulls"]["middle_name"], nullptr) << "no such column";
  EXPECT_EQ(summary["right"]["nulls"]["last_name"], 0);
  EXPECT_GE(summary["seconds"]["match"], 0.0);
  EXPECT_TRUE(summary["peak_rss_bytes"].is_number_integer());
}

TEST_F(MatchCommand, SummaryFile_IsWhereTheUserSays) {
  EXPECT_EQ(run("match left.csv right.csv -q -o m.csv --summary none").exit_code, 0);
  EXPECT_EQ(file_count(), 3U);
  EXPECT_EQ(run_for_json("match left.csv right.csv -q -o m.csv --summary s.json", "s.json")["command"], "match");
  EXPECT_EQ(file_count(), 4U);
  EXPECT_EQ(run("match left.csv right.csv -q -o -").exit_code, 0);
  EXPECT_EQ(file_count(), 4U) << "none beside standard output";
}

TEST_F(MatchCommand, SummariesOfRunsNamedByThreshold_StayApart) {
  EXPECT_EQ(run_for_json("match left.csv right.csv -q -t 95 -o t0.95.csv.gz", "t0.95.summary.json")["output"],
            "t0.95.csv.gz");
  EXPECT_EQ(run_for_json("match left.csv right.csv -q -t 90 -o t0.90.csv", "t0.90.summary.json")["output"],
            "t0.90.csv");
}

TEST_F(MatchCommand, OutputFormat_FollowsTheEnding) {
  EXPECT_EQ(run("match left.csv right.csv -q -o m.csv.gz").exit_code, 0);
  EXPECT_THAT(content_of("m.csv.gz"), StartsWith("\x1F\x8B"));
  EXPECT_EQ(run("match left.csv right.csv -q -o m.csv.zst").exit_code, 0);
  EXPECT_THAT(content_of("m.csv.zst"), StartsWith("\x28\xB5\x2F\xFD"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "m.summary.json"));
  const Outcome workbook = run("match left.csv right.csv -q -o m.xlsx");
  if (workbook.exit_code != 0) GTEST_SKIP() << workbook.err;
  EXPECT_THAT(content_of("m.xlsx"), StartsWith("PK\x03\x04"));
}

TEST_F(MatchCommand, TableOptions_ReachTheReader) {
  write("odd.csv", "nr; given ;last_name;birthdate\nP-1; Ann ;Lee;01.01.1990\nP-2;x;y;32.01.1990\n");
  const Outcome outcome =
      run("match odd.csv odd.csv --map id=nr --map first_name=given --delimiter ';' --trim --text-ids "
          "--date-format dd.mm.yyyy --bad-rows bad.csv -o -");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, std::string(kHeader) + "P-1,P-1,100.000000,DIRECT,match\n");
  EXPECT_THAT(outcome.err, HasSubstr("matcher: odd.csv: left out 1 rows that cannot be read, the first: odd.csv:3:"));
  EXPECT_THAT(content_of("bad.csv"), StartsWith("table,line,reason\nodd.csv,3,"));
  expect_refused("match left.csv right.csv -o m.csv --map forename=x", 2, "'forename=x' maps no column");
  expect_refused("match left.csv right.csv -o m.csv --delimiter ab", 2, "delimiter 'ab' is not one character");
  expect_refused("match left.csv right.csv -o m.csv --date-format yy", 2, "date format 'yy' needs four y");
}

TEST_F(MatchCommand, MapOfOneSide_LeavesTheOther) {
  write("given.csv", "id,given,last_name,birthdate\n8,Ann,Lee,1990-01-01\n");
  EXPECT_EQ(run("match given.csv right.csv -q -o - --map-left first_name=given").out,
            std::string(kHeader) + "8,8,100.000000,DIRECT,match\n");
  EXPECT_EQ(run("match right.csv given.csv -q -o - --map-right first_name=given").out,
            std::string(kHeader) + "8,8,100.000000,DIRECT,match\n");
}

TEST_F(MatchCommand, Quiet_StillWarns) {
  write("left.csv", "id,first_name,last_name,birthdate\nx,Jon,Smith,1980-02-03\n");
  const Outcome outcome = run("match left.csv right.csv -q -o - --on-error skip");
  EXPECT_EQ(outcome.out, kHeader);
  EXPECT_THAT(outcome.err, HasSubstr("left out 1 rows"));
}

// Which of three pairs (an accent, a hyphen, an apostrophe) are equal under which normalizer.
TEST_F(MatchCommand, Normalizer_IsAppliedAndDeclared) {
  write("a.csv",
        "id,first_name,last_name,birthdate\n1,Jos\xC3\xA9,Cruz,1980-01-01\n2,Mary-Ann,Lee,1981-01-01\n"
        "3,Pat,O'Brien,1982-01-01\n4,Eva,Tan,1983-01-01\n");
  write("b.csv",
        "id,first_name,last_name,birthdate\n1,JOSE,Cruz,1980-01-01\n2,mary ann,LEE,1981-01-01\n"
        "3,Pat,OBrien,1982-01-01\n4,Eva,Tan,1983-01-01\n");
  const std::pair<const char*, std::vector<int>> expected[] = {
      {"text", {1, 4}}, {"simple", {2, 4}}, {"phonetic", {1, 3, 4}}, {"raw", {4}}};
  for (const auto& [normalizer, ids] : expected) {
    std::string pairs = "left_id,right_id,score,case,decision\n";
    for (const int id : ids) pairs += fmt::format("{0},{0},100.000000,EXACT,match\n", id);
    const json summary =
        run_for_json(fmt::format("match a.csv b.csv -a A1 --normalizer {} -q -o m.csv", normalizer), "m.summary.json");
    EXPECT_EQ(content_of("m.csv"), pairs) << normalizer;
    EXPECT_EQ(summary["options"]["normalizer"], normalizer);
  }
}

}  // namespace
