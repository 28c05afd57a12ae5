// Every command's summary keeps matcher/cli/summary.schema.json.
#include <string>

#include "tests/matcher/cli/matcher_program.hpp"

namespace {

class SummarySchema : public matcher_test::MatcherProgram {
 protected:
  void SetUp() override {
    MatcherProgram::SetUp();
    if (std::string(ASSAY_SCHEMA_PYTHON).empty()) {
      GTEST_SKIP() << "no python3 with jsonschema; install python3-jsonschema";
    }
  }

  // What the JSON files break, a line each.
  [[nodiscard]] std::string errors(const std::string& files) const {
    const std::string source = ASSAY_SOURCE_DIR;
    const std::string command = fmt::format(
        "cd '{}' && '{}' '{}/tests/harness/store/validate_json.py' '{}/matcher/cli/summary.schema.json' {} "
        ">errors.txt 2>&1",
        folder_.string(), ASSAY_SCHEMA_PYTHON, source, source, files);
    const int status = std::system(command.c_str());
    const std::string text = content_of("errors.txt");
    return text.empty() && status != 0 ? "the check failed" : text;
  }
};

TEST_F(SummarySchema, EveryCommand_KeepsIt) {
  write("families.csv", "id,uuid,first_name,last_name,birthdate\n1,U,Ann,Lee,1990-01-01\nx,,,,\n");
  write("truth.csv", "left_id,right_id\n1,7\n9,9\n");
  EXPECT_EQ(run("match left.csv right.csv -q -o match.csv --block first --review 90").exit_code, 0);
  EXPECT_EQ(run("match left.csv right.csv -q -o max.csv -a MAX3 --profile sound --select optimal").exit_code, 0);
  EXPECT_EQ(run("dedupe left.csv -q -o dedupe.csv").exit_code, 0);
  EXPECT_EQ(run("household families.csv right.csv -q -o household.csv --on-error skip").exit_code, 0);
  EXPECT_EQ(run("cascade left.csv right.csv -q -o cascade.csv").exit_code, 0);
  write("evaluate.json", run("evaluate left.csv right.csv --truth truth.csv --json --block last").out);
  write("one.json", run("evaluate left.csv --truth truth.csv --json").out);
  EXPECT_EQ(errors("match.summary.json max.summary.json dedupe.summary.json household.summary.json "
                   "cascade.summary.json evaluate.json one.json"),
            "");
}

TEST_F(SummarySchema, OtherContent_BreaksIt) {
  nlohmann::json summary = run_for_json("match left.csv right.csv -q -o m.csv", "m.summary.json");
  summary["result"].erase("review");
  summary["left"]["rows"] = -1;
  summary["options"]["profile"] = "loud";
  write("broken.json", summary.dump());
  const std::string text = errors("broken.json");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3) << text;
}

}  // namespace
