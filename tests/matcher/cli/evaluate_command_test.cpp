// `matcher evaluate`: two tables, one table, text and JSON.
#include <string>

#include "tests/matcher/cli/matcher_program.hpp"

namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

class EvaluateCommand : public matcher_test::MatcherProgram {
 protected:
  void SetUp() override {
    MatcherProgram::SetUp();
    write("truth.csv", "left_id,right_id\n1,7\n2,8\n2,99\n");
  }
};

TEST_F(EvaluateCommand, Text_SaysQualityAndLosses) {
  const auto outcome = run("evaluate left.csv right.csv --truth truth.csv -t 97 --block first --block birthdate");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out,
              StartsWith("3 true pairs, 1 found, 1 of them true\nprecision 1.0000, recall 0.3333, F1 0.5000\n"
                         "  lost, below_threshold: 1\n"
                         "  lost, no_row: 1\n"
                         "  key first: 1 true pairs agree, 0 on no other key; 1 pairs tested\n"
                         "  key birthdate: 2 true pairs agree, 1 on no other key; "));
  EXPECT_EQ(outcome.err, "matcher: truth.csv: 1 lines name ids that no row has\n");
}

TEST_F(EvaluateCommand, Json_HasTheSame) {
  const auto outcome = run("evaluate left.csv right.csv --truth truth.csv -t 97 --review 95 --json");
  const json report = json::parse(outcome.out, nullptr, false);
  ASSERT_TRUE(report.is_object()) << outcome.out;
  EXPECT_EQ(report["command"], "evaluate");
  EXPECT_EQ(report["truth"]["unknown_ids"], 1);
  EXPECT_EQ(report["truth"]["pairs_without_row"], 1);
  EXPECT_EQ(report["quality"]["recall"], 1.0 / 3.0);
  EXPECT_EQ(report["lost"]["for_review"], 1);
  EXPECT_EQ(report["lost"]["below_threshold"], 0);
  EXPECT_TRUE(report["keys"].empty());
}

TEST_F(EvaluateCommand, OneTable_IsReadOnceAndComparedWithItself) {
  write("people.csv", "id,first_name,last_name,birthdate\n1,Ann,Lee,1990-01-01\nx,,,\n2,Ann,Lee,1990-01-01\n");
  write("clusters.csv", "id,cluster\n1,a\n2,a\n");
  const auto outcome = run("evaluate people.csv --truth clusters.csv --on-error skip --json");
  const json report = json::parse(outcome.out, nullptr, false);
  ASSERT_TRUE(report.is_object()) << outcome.out << outcome.err;
  EXPECT_EQ(report["quality"]["true_pairs"], 1);
  EXPECT_EQ(report["quality"]["f1"], 1.0);
  EXPECT_EQ(report["right"], nullptr);
  EXPECT_EQ(report["clusters"]["f1"], 1.0);
  EXPECT_EQ(outcome.err.find("left out"), outcome.err.rfind("left out")) << "one table, one warning";
}

TEST_F(EvaluateCommand, OptionsBeforeTheTables_DoNotSwallowThem) {
  for (const char* option : {"--block first", "--map id=id", "--map-left id=id", "--map-right id=id"}) {
    EXPECT_THAT(run(fmt::format("evaluate --truth truth.csv -t 99 {} left.csv right.csv", option)).out,
                StartsWith("3 true pairs, 1 found, 1 of them true\n"))
        << option;
  }
}

TEST_F(EvaluateCommand, NothingFound_HasNoPrecision) {
  write("right.csv", "id,first_name,last_name,birthdate\n7,Xu,Wu,1970-01-01\n8,Yi,Ma,1971-01-01\n");
  const auto outcome = run("evaluate left.csv right.csv --truth truth.csv -a L3");
  EXPECT_THAT(outcome.out, HasSubstr("precision none, recall 0.0000, F1 0.0000"));
}

TEST_F(EvaluateCommand, WrongUse_IsOneLine) {
  expect_refused("evaluate left.csv right.csv", 2, "--truth is required");
  expect_refused("evaluate left.csv right.csv --truth none.csv", 2, "none.csv: cannot open");
  expect_refused("evaluate left.csv right.csv --truth left.csv", 2, "left.csv:1: needs columns left_id and right_id");
}

TEST_F(EvaluateCommand, RowLeftOut_StaysInTheTruth) {
  write("people.csv",
        "id,first_name,last_name,birthdate\n1,ann,lee,1990-01-01\n2,ann,lee,1990-01-01\n"
        "3,bob,ray,1980-02-02\n4,bob,ray,1980-13-02\n");
  write("clusters.csv", "id,cluster\n1,a\n2,a\n3,b\n4,b\n");
  EXPECT_THAT(run("evaluate people.csv --truth clusters.csv -a A1 --on-error skip").out,
              StartsWith("2 true pairs, 1 found, 1 of them true\nprecision 1.0000, recall 0.5000"));
  const auto with_empty_dates = run("evaluate people.csv --truth clusters.csv -a A1 --bad-dates empty");
  EXPECT_THAT(with_empty_dates.out, HasSubstr("lost, birthdate_missing: 1\n"));
  EXPECT_EQ(with_empty_dates.err, "matcher: people.csv: 1 birthdates are no dates and count as missing\n");
}

TEST_F(EvaluateCommand, KeyOnAColumnThatIsNotThere_IsRefused) {
  expect_refused("evaluate left.csv right.csv --truth truth.csv --block city", 2,
                 "city reads column 'city_code', which a table lacks");
  expect_refused("evaluate left.csv right.csv --truth truth.csv --map city_code=nope", 2, "column 'nope' is missing");
}

}  // namespace
