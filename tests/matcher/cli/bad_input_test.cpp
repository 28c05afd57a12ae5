// Everything that can be wrong with a table, in one table, through every command: an error with its line, or a counted
// report; never a crash, and the same answer within a memory budget.
#include <string>
#include <vector>

#include "tests/matcher/cli/matcher_program.hpp"

namespace {

using nlohmann::json;
using testing::HasSubstr;

class BadInput : public matcher_test::MatcherProgram {
 protected:
  static constexpr int kRows = 200;  // of them 20, every tenth, malformed

  void SetUp() override {
    MatcherProgram::SetUp();
    write("bad.csv", table(0));
    write("other.csv", table(1000));
  }

  static std::string row(int number, int first_id) {
    const int id = first_id + number;
    switch (number % 10) {
      case 0:  // malformed, in three ways
        return number % 30 == 0    ? fmt::format("{},too,few\n", id)
               : number % 30 == 10 ? fmt::format("x{},no,,number,1980-01-01,u,h\n", id)
                                   : fmt::format("{},no,,date,1980-02-30,u,h\n", id);
      case 1:
        return fmt::format("{},,,,,,\n", id);  // nothing but an id
      case 2:
        return fmt::format("{},\"  \",,\" \",1980-01-01,u,h\n", id);  // blank
      case 3:
        return fmt::format("{},{},,{},1980-01-01,u1,h1\n", id, std::string(10000, 'a'), std::string(10000, 'b'));
      case 4:
        return fmt::format("{},Jos\xC3,\xFF\xFE,Garc\x80\xED\xA0\x80,1980-01-01,u2,h2\n", id);  // no UTF-8
      case 5:
        return fmt::format("{},Ann,,Lee,1990-01-01,u3,h3\n", first_id + 5);  // one id again and again
      default:
        return fmt::format("{},Ann,B,Lee,1990-01-{:02},u3,h3\n", id, 1 + number % 28);
    }
  }
  static std::string table(int first_id) {
    std::string text = "id,first_name,middle_name,last_name,birthdate,uuid,hh_id\n";
    for (int number = 1; number <= kRows; ++number) text += row(number, first_id);
    return text;
  }

  // The commands, without where they write.
  static std::vector<std::string> commands() {
    std::vector<std::string> all;
    for (const char* algorithm : {"A1", "A2", "A3", "A4", "A7-TIERS", "A7-LEVENSHTEIN", "MAX3", "L1", "L10", "L11"}) {
      all.push_back(fmt::format("match bad.csv other.csv -t 50 -a {}", algorithm));
    }
    all.emplace_back("dedupe bad.csv -t 50 -a MAX3");
    all.emplace_back("household bad.csv other.csv -t 60");
    all.emplace_back("cascade bad.csv other.csv -t 60");
    return all;
  }
};

TEST_F(BadInput, ByDefault_TheFirstBadRowEndsTheRun) {
  for (const std::string& command : commands()) {
    expect_refused(command + " -q -o out.csv", 2, "bad.csv:11: ");
  }
  write("truth.csv", "left_id,right_id\n6,1006\n");
  expect_refused("evaluate bad.csv other.csv --truth truth.csv", 2, "bad.csv:11: ");
  expect_refused("explain bad.csv other.csv 6 1006", 2, "bad.csv:11: ");
}

TEST_F(BadInput, Skipped_IsCountedAndGivesTheSameWithinABudget) {
  for (const std::string& command : commands()) {
    const auto in_memory = run(command + " --on-error skip -o a.csv");
    ASSERT_EQ(in_memory.exit_code, 0) << command << in_memory.err;
    EXPECT_THAT(in_memory.err, HasSubstr("bad.csv: left out 20 rows that cannot be read, the first: bad.csv:11: "));
    EXPECT_THAT(in_memory.err, HasSubstr("bad.csv: 19 rows have an id that another row has had"));
    ASSERT_EQ(run(command + " --on-error skip --memory 64M -q -o b.csv").exit_code, 0) << command;
    const bool is_cascade = command.starts_with("cascade");
    EXPECT_EQ(content_of(is_cascade ? "a_L11.csv" : "a.csv"), content_of(is_cascade ? "b_L11.csv" : "b.csv"))
        << command;
    EXPECT_EQ(json::parse(content_of("a.summary.json"))[command.starts_with("dedupe") ? "table" : "left"]["bad_rows"],
              20);
  }
}

TEST_F(BadInput, Reported_SaysWhyRowByRow) {
  ASSERT_EQ(run("match bad.csv other.csv -q -o a.csv --bad-rows rows.csv").exit_code, 0);
  const std::string rows = content_of("rows.csv");
  EXPECT_EQ(std::count(rows.begin(), rows.end(), '\n'), 1 + 20 + 20);
  for (const char* line : {"bad.csv,11,", "bad.csv,21,", "bad.csv,31,", "other.csv,201,"})
    EXPECT_THAT(rows, HasSubstr(line));
}

TEST_F(BadInput, IntoAWorkbook_DamagedTextIsReplaced) {
  const auto outcome = run("match bad.csv other.csv -a A1 --layout peer --on-error skip -q -o out.xlsx");
  if (outcome.exit_code != 0 && outcome.err.find("built without") != std::string::npos) GTEST_SKIP() << outcome.err;
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
}

}  // namespace
