// Workload files: what is read, every kind of bad file, and parameters completed from defaults.
#include "harness/plan/workload.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/plan/edited_json.hpp"

namespace assay::plan {
namespace {

using ::testing::AllOf;
using testing::BadFile;
using testing::Edit;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::TemporaryFolder;

constexpr const char* kMatch = "workloads/persons_match.json";

std::string error_of(const Edit& edit) {
  return testing::error_after(kMatch, edit, read_workload);
}

Workload persons_match() {
  return read_workload(std::filesystem::path(ASSAY_SOURCE_DIR) / kMatch).value();
}

Workload edited_workload(const Edit& edit) {
  const TemporaryFolder folder;
  Json json = read_json(std::filesystem::path(ASSAY_SOURCE_DIR) / kMatch).value();
  edit(json);
  return read_workload(folder.write("edited.json", json.dump())).value();
}

TEST(ReadWorkload, PersonsMatch_HasItsContract) {
  const Workload workload = persons_match();
  EXPECT_EQ(workload.id, "persons.match");
  ASSERT_EQ(workload.inputs.size(), 2U);
  EXPECT_EQ(workload.inputs[0].name, "left");
  const auto& columns = workload.inputs[0].columns;
  EXPECT_EQ(columns[0].name, "id");
  EXPECT_EQ(columns[0].type, ASSAY_TYPE_INT64);
  EXPECT_FALSE(columns[0].nullable);
  const auto birthdate = std::find_if(columns.begin(), columns.end(),
                                      [](const InputColumn& column) { return column.name == "birthdate"; });
  ASSERT_NE(birthdate, columns.end());
  EXPECT_EQ(birthdate->type, ASSAY_TYPE_DATE32);
  EXPECT_TRUE(birthdate->nullable);
  EXPECT_FALSE(workload.result.ordered);
  EXPECT_THAT(workload.result.key, ElementsAre("left_id", "right_id"));
  EXPECT_EQ(workload.result.columns.size(), 8U);
  EXPECT_EQ(workload.parameters.at("algorithm").standard, "A3");
  EXPECT_THAT(workload.parameters.at("threshold").values, ::testing::IsEmpty());
}

TEST(ReadWorkload, OrderTolerancesAndMeanings_AreReadAsTheSchemaSpellsThem) {
  const Workload workload = edited_workload([](Json& json) {
    json["inputs"][0]["columns"][0]["meaning"] = "unique";
    json["result"]["order"] = "exact";
    json["result"]["columns"].push_back(
        {{"name", "score"}, {"type", "float64"}, {"tolerance", {{"absolute", 0.5}, {"relative", 1e-9}}}});
    json["result"]["columns"].push_back({{"name", "rate"}, {"type", "float64"}, {"tolerance", {{"relative", 0.25}}}});
  });
  EXPECT_TRUE(workload.result.ordered);
  EXPECT_EQ(workload.result.columns[7].absolute_tolerance, 0);
  EXPECT_EQ(workload.result.columns[8].absolute_tolerance, 0.5);
  EXPECT_EQ(workload.result.columns[8].relative_tolerance, 1e-9);
  EXPECT_EQ(workload.result.columns[9].absolute_tolerance, 0);
  EXPECT_EQ(workload.result.columns[9].relative_tolerance, 0.25);
}

class BadWorkload : public ::testing::TestWithParam<BadFile> {};

TEST_P(BadWorkload, Error_NamesFileKeyAndValue) {
  const std::string error = error_of(GetParam().edit);
  for (const std::string& said : GetParam().said) EXPECT_THAT(error, HasSubstr(said));
}

INSTANTIATE_TEST_SUITE_P(
    ReadWorkload, BadWorkload,
    ::testing::Values(
        BadFile{"SchemaOfAnotherVersion", [](Json& j) { j["schema"] = "assay-workload/2"; }, {"assay-workload/2"}},
        BadFile{"KeyMissing", [](Json& j) { j.erase("result"); }, {"'result' is missing"}},
        BadFile{"KeyUnknown", [](Json& j) { j["inputz"] = 1; }, {"unknown key 'inputz'"}},
        BadFile{"IdIsNumber", [](Json& j) { j["id"] = 7; }, {"'id'", "7"}},
        BadFile{"InputsIsObject", [](Json& j) { j["inputs"] = Json::object(); }, {"'inputs'", "{}"}},
        BadFile{"InputsIsNull", [](Json& j) { j["inputs"] = nullptr; }, {"'inputs'", "null"}},
        BadFile{"InputKeyUnknown", [](Json& j) { j["inputs"][0]["rows"] = 1; }, {"inputs", "unknown key 'rows'"}},
        BadFile{
            "InputColumnsIsText", [](Json& j) { j["inputs"][0]["columns"] = "id"; }, {"inputs", "'columns'", "\"id\""}},
        BadFile{"InputTypeUnknown",
                [](Json& j) { j["inputs"][1]["columns"][2]["type"] = "string"; },
                {"inputs", "'string'", "utf8"}},
        BadFile{"NullableIsNumber",
                [](Json& j) { j["inputs"][0]["columns"][0]["nullable"] = 0; },
                {"inputs", "'nullable'", "0"}},
        BadFile{"ParametersIsArray", [](Json& j) { j["parameters"] = {1}; }, {"'parameters'", "[1]"}},
        BadFile{"ParameterWithoutDefault",
                [](Json& j) { j["parameters"]["threshold"].erase("default"); },
                {"parameters.threshold", "'default' is missing"}},
        BadFile{"ParameterValuesIsText",
                [](Json& j) { j["parameters"]["algorithm"]["values"] = "A1"; },
                {"parameters.algorithm", "'values'", "\"A1\""}},
        BadFile{"DefaultNotAllowed",
                [](Json& j) { j["parameters"]["algorithm"]["default"] = "A9"; },
                {"parameters.algorithm", "'A9'", "A1"}},
        BadFile{"ResultIsArray", [](Json& j) { j["result"] = Json::array(); }, {"result", "object"}},
        BadFile{"OrderUnknown", [](Json& j) { j["result"]["order"] = "sorted"; }, {"result.order", "'sorted'"}},
        BadFile{"KeyNoColumn", [](Json& j) { j["result"]["key"] = {"id"}; }, {"result.key", "'id'"}},
        BadFile{"KeyIsText", [](Json& j) { j["result"]["key"] = "left_id"; }, {"'key'", "\"left_id\""}},
        BadFile{"ResultColumnsIsNull", [](Json& j) { j["result"]["columns"] = nullptr; }, {"'columns'", "null"}},
        BadFile{"ResultTypeUnknown",
                [](Json& j) { j["result"]["columns"][0]["type"] = "int"; },
                {"result.columns", "'int'"}},
        BadFile{"ToleranceIsText",
                [](Json& j) {
                  j["result"]["columns"][3]["tolerance"] = {{"absolute", "1"}};
                },
                {"result.columns", "'absolute'", "\"1\""}},
        BadFile{"ToleranceNegative",
                [](Json& j) {
                  j["result"]["columns"][3]["tolerance"] = {{"relative", -0.5}};
                },
                {"result.columns", "'relative'", "-0.5"}},
        BadFile{"ToleranceKeyUnknown",
                [](Json& j) {
                  j["result"]["columns"][3]["tolerance"] = {{"epsilon", 1}};
                },
                {"tolerance", "unknown key 'epsilon'"}}),
    [](const auto& bad) { return bad.param.what; });

TEST(ReadWorkloads, FolderOfTheTree_HoldsEveryFile) {
  const auto workloads = read_workloads(std::filesystem::path(ASSAY_SOURCE_DIR) / "workloads");
  ASSERT_TRUE(workloads) << workloads.error().message;
  EXPECT_TRUE(workloads->contains("persons.match"));
  EXPECT_TRUE(workloads->contains("persons.birthdates"));
}

TEST(ReadWorkloads, MissingFolder_IsNamed) {
  const TemporaryFolder folder;
  const auto workloads = read_workloads(folder / "absent");
  ASSERT_FALSE(workloads);
  EXPECT_THAT(workloads.error().message, AllOf(HasSubstr((folder / "absent").string()), HasSubstr("No such file")));
}

TEST(ReadWorkloads, OneIdInTwoFiles_IsRefused) {
  const TemporaryFolder folder;
  const std::string text = read_json(std::filesystem::path(ASSAY_SOURCE_DIR) / kMatch).value().dump();
  folder.write("a.json", text);
  folder.write("b.json", text);
  const auto workloads = read_workloads(folder.path());
  ASSERT_FALSE(workloads);
  EXPECT_THAT(workloads.error().message, AllOf(HasSubstr("'persons.match'"), HasSubstr(folder.path().string())));
}

TEST(ReadWorkloads, OtherFilesInTheFolder_AreIgnored) {
  const TemporaryFolder folder;
  folder.write("README.md", "not a workload");
  EXPECT_TRUE(read_workloads(folder.path()).value().empty());
}

TEST(CompleteParameters, NothingGiven_AreTheDefaults) {
  EXPECT_EQ(complete_parameters(persons_match(), {}).value(), (Parameters{{"algorithm", "A3"}, {"threshold", "95"}}));
}

TEST(CompleteParameters, GivenValue_ReplacesItsDefaultOnly) {
  EXPECT_EQ(complete_parameters(persons_match(), {{"threshold", "80"}}).value(),
            (Parameters{{"algorithm", "A3"}, {"threshold", "80"}}));
}

TEST(CompleteParameters, UnknownName_NamesWorkloadNameAndWhatThereIs) {
  const auto complete = complete_parameters(persons_match(), {{"treshold", "80"}});
  ASSERT_FALSE(complete);
  EXPECT_EQ(complete.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(complete.error().message,
              AllOf(HasSubstr("'persons.match'"), HasSubstr("'treshold'"), HasSubstr("algorithm, threshold")));
}

TEST(CompleteParameters, ValueNotAllowed_NamesKeyValueAndChoices) {
  const auto complete = complete_parameters(persons_match(), {{"algorithm", "A5"}});
  ASSERT_FALSE(complete);
  EXPECT_THAT(complete.error().message,
              AllOf(HasSubstr("'algorithm'"), HasSubstr("'A5'"), HasSubstr("A1, A2, A3, A4")));
}

TEST(CompleteParameters, WorkloadWithoutParameters_SaysSo) {
  Workload workload;
  workload.id = "persons.birthdates";
  const auto complete = complete_parameters(workload, {{"x", "y"}});
  ASSERT_FALSE(complete);
  EXPECT_THAT(complete.error().message, HasSubstr("it has none"));
}

}  // namespace
}  // namespace assay::plan
