// Suites: reading, refusing, and turning into a list of cases without doubles.
#include "harness/plan/suite.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/plan/edited_json.hpp"

namespace assay::plan {
namespace {

using ::testing::AllOf;
using testing::BadFile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::TemporaryFolder;

const std::filesystem::path kTree = ASSAY_SOURCE_DIR;

Suite quick() {
  return read_suite(kTree / "suites" / "quick.json").value();
}

std::map<std::string, Workload> workloads() {
  return read_workloads(kTree / "workloads").value();
}

SuiteCase some_case(std::vector<std::string> datasets = {}) {
  return {"persons.match", {{"threshold", "95"}}, "strings.copied", "strings.interned", std::move(datasets)};
}

TEST(ReadSuite, Quick_HasItsFigures) {
  const Suite suite = quick();
  EXPECT_EQ(suite.id, "quick");
  EXPECT_EQ(suite.seed, 42U);
  EXPECT_EQ(suite.profile, "dirty");
  EXPECT_THAT(suite.datasets, ElementsAre("people-10k", "people-100k"));
  EXPECT_EQ(suite.reference, "persons.reference");
  EXPECT_GT(suite.effort.budget_seconds, 0);
  EXPECT_GE(suite.effort.launches, 2U);
  ASSERT_FALSE(suite.cases.empty());
  EXPECT_EQ(suite.cases[0].baseline, "strings.copied");
}

TEST(ReadSuite, EverySuiteOfTheTree_IsPlannable) {
  for (const auto& entry : std::filesystem::directory_iterator(kTree / "suites")) {
    const auto suite = read_suite(entry.path());
    ASSERT_TRUE(suite) << suite.error().message;
    const auto plan = plan_suite(*suite, {}, workloads());
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_FALSE(plan->empty()) << suite->id;
  }
}

class BadSuite : public ::testing::TestWithParam<BadFile> {};

TEST_P(BadSuite, Error_NamesFileKeyAndValue) {
  const std::string error = testing::error_after("suites/quick.json", GetParam().edit, read_suite);
  for (const std::string& said : GetParam().said) EXPECT_THAT(error, HasSubstr(said));
}

INSTANTIATE_TEST_SUITE_P(
    ReadSuite, BadSuite,
    ::testing::Values(
        BadFile{"SchemaOfAudit", [](Json& j) { j["schema"] = "assay-audit/1"; }, {"assay-audit/1", "assay-suite/1"}},
        BadFile{"KeyMissing", [](Json& j) { j.erase("launches"); }, {"'launches' is missing"}},
        BadFile{"KeyUnknown", [](Json& j) { j["budget"] = 3; }, {"unknown key 'budget'"}},
        BadFile{"SeedNegative", [](Json& j) { j["seed"] = -1; }, {"'seed'", "-1"}},
        BadFile{"LaunchesNegative", [](Json& j) { j["launches"] = -1; }, {"'launches'", "-1"}},
        BadFile{"LaunchesFraction", [](Json& j) { j["launches"] = 2.5; }, {"'launches'", "2.5"}},
        BadFile{"LaunchesZero", [](Json& j) { j["launches"] = 0; }, {"'launches'", "0"}},
        BadFile{"BudgetZero", [](Json& j) { j["budget_seconds"] = 0; }, {"'budget_seconds'", "0"}},
        BadFile{"BudgetText", [](Json& j) { j["budget_seconds"] = "8"; }, {"'budget_seconds'", "\"8\""}},
        BadFile{"LimitNegative", [](Json& j) { j["limits"]["seconds"] = -5; }, {"limits", "'seconds'", "-5"}},
        BadFile{"MemoryZero", [](Json& j) { j["limits"]["memory_bytes"] = 0; }, {"limits", "'memory_bytes'", "0"}},
        BadFile{"LimitUnknown", [](Json& j) { j["limits"]["files"] = 1; }, {"limits", "unknown key 'files'"}},
        BadFile{"LimitsIsNull", [](Json& j) { j["limits"] = nullptr; }, {"limits", "object"}},
        BadFile{"DatasetsIsText", [](Json& j) { j["datasets"] = "people-10k"; }, {"'datasets'", "\"people-10k\""}},
        BadFile{"CasesIsObject", [](Json& j) { j["cases"] = Json::object(); }, {"'cases'", "{}"}},
        BadFile{"CaseKeyUnknown", [](Json& j) { j["cases"][1]["dataset"] = "x"; }, {"cases", "unknown key 'dataset'"}},
        BadFile{"CaseWithoutCandidate",
                [](Json& j) { j["cases"][1].erase("candidate"); },
                {"cases", "'candidate' is missing"}},
        BadFile{"ParameterIsNumber",
                [](Json& j) { j["cases"][0]["parameters"]["threshold"] = 95; },
                {"cases", "'parameters'", "95"}},
        BadFile{"ReferenceIsNumber", [](Json& j) { j["reference"] = 1; }, {"'reference'", "1"}}),
    [](const auto& bad) { return bad.param.what; });

TEST(FindById, UnknownId_ListsWhatIsThereSorted) {
  const TemporaryFolder folder;
  for (const char* name : {"smoke.json", "quick.json", "notes.txt"}) folder.write(name, "");
  EXPECT_EQ(find_by_id(folder.path(), "suite", "quick").value(), folder / "quick.json");
  const auto missing = find_by_id(folder.path(), "suite", "qick");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(missing.error().message,
              AllOf(HasSubstr("suite 'qick'"), HasSubstr("quick, smoke"), Not(HasSubstr("notes"))));
}

TEST(PlanSuite, EveryCase_RunsOnItsOwnOrElseTheSuitesDatasets) {
  Suite suite;
  suite.datasets = {"people-10k", "people-100k"};
  suite.cases = {some_case(), some_case({"people-2k"})};
  const auto plan = plan_suite(suite, {}, workloads()).value();
  std::vector<std::string> datasets;
  for (const CaseSpec& spec : plan) datasets.push_back(spec.dataset);
  EXPECT_THAT(datasets, ElementsAre("people-10k", "people-100k", "people-2k"));
  EXPECT_EQ(plan[0].parameters, (Parameters{{"algorithm", "A3"}, {"threshold", "95"}}));
}

TEST(PlanSuite, WantedDatasets_NarrowThePlan) {
  Suite suite;
  suite.datasets = {"people-10k", "people-100k"};
  suite.cases = {some_case(), some_case({"people-2k"})};
  const auto plan = plan_suite(suite, {"people-100k"}, workloads()).value();
  ASSERT_EQ(plan.size(), 1U);
  EXPECT_EQ(plan[0].dataset, "people-100k");
}

TEST(PlanSuite, SameCaseInOtherWords_IsPlannedOnce) {
  Suite suite;
  suite.datasets = {"people-10k"};
  SuiteCase spelled_out = some_case();
  spelled_out.parameters = {{"algorithm", "A3"}, {"threshold", "95"}};
  suite.cases = {some_case(), spelled_out};
  EXPECT_EQ(plan_suite(suite, {}, workloads()).value().size(), 1U);
}

TEST(PlanSuite, UnknownWorkloadOrParameter_IsNamed) {
  Suite suite;
  suite.id = "mine";
  suite.datasets = {"people-10k"};
  suite.cases = {some_case()};
  suite.cases[0].workload = "persons.macth";
  const auto plan = plan_suite(suite, {}, workloads());
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().message,
              AllOf(HasSubstr("'mine'"), HasSubstr("'persons.macth'"), HasSubstr("persons.match")));
  suite.cases = {some_case()};
  suite.cases[0].parameters = {{"algorithm", "A7"}};
  EXPECT_THAT(plan_suite(suite, {}, workloads()).error().message, HasSubstr("'A7'"));
}

TEST(AddCases, WhatIsThereAlready_IsNotAddedAndOrderStays) {
  const CaseSpec a{"w", {{"p", "1"}}, "x", "y", "d"};
  CaseSpec other_parameter = a;
  other_parameter.parameters["p"] = "2";
  CaseSpec swapped{"w", {{"p", "1"}}, "y", "x", "d"};
  std::vector<CaseSpec> plan{a};
  add_cases(plan, {other_parameter, a, swapped, swapped});
  EXPECT_THAT(plan, ElementsAre(a, other_parameter, swapped));
}

TEST(CaseId, AndRecordName_TellCasesApart) {
  const CaseSpec spec{"persons.match", {{"algorithm", "A3"}, {"threshold", "95"}}, "a.b@c", "a.d", "people-10k"};
  EXPECT_EQ(case_id(spec), "persons.match algorithm=A3 threshold=95 people-10k a.b@c..a.d");
  EXPECT_EQ(record_name(spec), "persons.match_algorithm_A3_threshold_95_people-10k_a.b_c..a.d.json");
  CaseSpec path = spec;
  path.parameters["threshold"] = "../../9 5/";
  EXPECT_EQ(record_name(path).find('/'), std::string::npos);
}

}  // namespace
}  // namespace assay::plan
