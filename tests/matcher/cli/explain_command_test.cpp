// `matcher explain`: as text and as JSON.
#include <string>

#include "tests/matcher/cli/matcher_program.hpp"

namespace {

using ExplainCommand = matcher_test::MatcherProgram;
using nlohmann::json;
using testing::HasSubstr;

TEST_F(ExplainCommand, Text_SaysWhatEachAlgorithmDoes) {
  const auto outcome = run("explain left.csv right.csv 1 7 --block birthdate --block first");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("full names without middle name: 'jon smith' and 'john smith'"));
  EXPECT_THAT(outcome.out, HasSubstr("A3              accepts, CASE 1, 96.161616 %"));
  EXPECT_THAT(outcome.out, HasSubstr("A1              refuses"));
  EXPECT_THAT(outcome.out, HasSubstr("blocking key birthdate: agrees\nblocking key first: does not agree\n"));
}

TEST_F(ExplainCommand, Ids_NameTheRows) {
  EXPECT_THAT(run("explain left.csv right.csv 2 8").out, HasSubstr("A1              accepts, EXACT, 100.000000 %"));
}

TEST_F(ExplainCommand, Json_HasTheSame) {
  const auto outcome = run("explain left.csv right.csv 1 7 --json --block first");
  const json explanation = json::parse(outcome.out, nullptr, false);
  ASSERT_TRUE(explanation.is_object()) << outcome.out;
  EXPECT_EQ(explanation["schema"], "matcher-explanation/1");
  EXPECT_EQ(explanation["values"][0]["name"], "birthdate");
  EXPECT_EQ(explanation["values"][0]["left"], "1980-02-03");
  EXPECT_EQ(explanation["names"][1]["distance"], 1);
  EXPECT_EQ(explanation["birthdate_tier"], 100.0);
  EXPECT_EQ(explanation["verdicts"].size(), 18U);
  EXPECT_EQ(explanation["verdicts"][2]["algorithm"], "A3");
  EXPECT_EQ(explanation["verdicts"][2]["rule"], "CASE 1");
  EXPECT_EQ(explanation["verdicts"][0]["score"], nullptr);
  EXPECT_EQ(explanation["keys"][0]["agrees"], false);
}

TEST_F(ExplainCommand, Verdict_IsWhatMatchSays) {
  write("left.csv", "id,first_name,last_name,birthdate\n1,\xC3\x89va\xC3\xA9,Li,1980-02-03\n");
  write("right.csv", "id,first_name,last_name,birthdate\n7,Evae,Li,1980-02-03\n");
  const json verdicts = json::parse(run("explain left.csv right.csv 1 7 --json").out, nullptr, false)["verdicts"];
  for (const json& verdict : verdicts) {
    const auto algorithm = verdict["algorithm"].get<std::string>();
    const std::string pairs = run(fmt::format("match left.csv right.csv -t 0 -q -o - -a {}", algorithm)).out;
    EXPECT_EQ(verdict["accepted"], pairs.find("1,7,") != std::string::npos) << algorithm;
  }
}

TEST_F(ExplainCommand, WrongUse_IsOneLine) {
  expect_refused("explain left.csv right.csv 3 7", 2, "left.csv: no row has the id '3'");
  expect_refused("explain left.csv right.csv 1 x", 2, "right.csv: no row has the id 'x'");
  expect_refused("explain left.csv right.csv 1", 2, "right_id is required");
  expect_refused("explain left.csv right.csv 1 7 --code-length 99", 2, "code length 99 is out of range");
}

}  // namespace
