// Audits: every claim is read, every kind of bad file is refused, and only testable claims become cases.
#include "harness/plan/audit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "tests/harness/plan/edited_json.hpp"

namespace assay::plan {
namespace {

using ::testing::AllOf;
using testing::BadFile;
using ::testing::HasSubstr;

constexpr const char* kFile = "audits/name_matcher.json";

Audit name_matcher() {
  return read_audit(std::filesystem::path(ASSAY_SOURCE_DIR) / kFile).value();
}

std::map<std::string, Workload> workloads() {
  return read_workloads(std::filesystem::path(ASSAY_SOURCE_DIR) / "workloads").value();
}

// A claim of the file that has variants.
Json& testable(Json& audit) {
  for (Json& claim : audit["claims"]) {
    if (claim["id"] == "T1-MEM-01") return claim;
  }
  throw std::runtime_error("the audit has no testable claim");
}

TEST(ReadAudit, NameMatcher_HasEveryClaimWithVariantsOrAReason) {
  const Audit audit = name_matcher();
  EXPECT_EQ(audit.document, "name_matcher");
  EXPECT_EQ(audit.claims.size(), 28U);
  for (const AuditClaim& claim : audit.claims) {
    EXPECT_NE(claim.untestable.has_value(), claim.baseline.has_value()) << claim.id;
    EXPECT_FALSE(claim.effects.empty()) << claim.id;
    EXPECT_NE(claim.untestable.value_or("variants"), "") << claim.id;
  }
}

class BadAudit : public ::testing::TestWithParam<BadFile> {};

TEST_P(BadAudit, Error_NamesFileKeyAndValue) {
  const std::string error = testing::error_after(kFile, GetParam().edit, read_audit);
  for (const std::string& said : GetParam().said) EXPECT_THAT(error, HasSubstr(said));
}

INSTANTIATE_TEST_SUITE_P(
    ReadAudit, BadAudit,
    ::testing::Values(
        BadFile{"SchemaUnknown", [](Json& j) { j["schema"] = 1; }, {"schema is 1", "assay-audit/1"}},
        BadFile{"KeyMissing", [](Json& j) { j.erase("source"); }, {"'source' is missing"}},
        BadFile{"ClaimsIsNull", [](Json& j) { j["claims"] = nullptr; }, {"'claims'", "null"}},
        BadFile{"ClaimsIsText", [](Json& j) { j["claims"] = "T1"; }, {"'claims'", "\"T1\""}},
        BadFile{"ClaimKeyUnknown",
                [](Json& j) { testable(j)["claim"] = 1; },
                {"claim \"T1-MEM-01\"", "unknown key 'claim'"}},
        BadFile{"ClaimKeyMissing",
                [](Json& j) { testable(j).erase("stand"); },
                {"claim \"T1-MEM-01\"", "'stand' is missing"}},
        BadFile{"IdIsNumber", [](Json& j) { testable(j)["id"] = 5; }, {"'id'", "5"}},
        BadFile{"IdTwice", [](Json& j) { testable(j)["id"] = j["claims"].back()["id"]; }, {"AGG", "twice"}},
        BadFile{"TierIsText", [](Json& j) { testable(j)["tier"] = "1"; }, {"T1-MEM-01", "'tier'", "\"1\""}},
        BadFile{"ParameterIsNumber",
                [](Json& j) { testable(j)["parameters"]["threshold"] = 95; },
                {"T1-MEM-01", "'parameters'", "95"}},
        BadFile{"NeitherVariantsNorReason",
                [](Json& j) { testable(j)["candidate"] = nullptr; },
                {"T1-MEM-01", "untestable"}},
        BadFile{"VariantsAndReason",
                [](Json& j) {
                  testable(j)["untestable"] = {{"reason", "no time"}};
                },
                {"T1-MEM-01", "either"}},
        BadFile{"UntestableWithoutReason",
                [](Json& j) { testable(j)["untestable"] = Json::object(); },
                {"T1-MEM-01", "'reason' is missing"}},
        BadFile{"NoDataset", [](Json& j) { testable(j)["datasets"] = Json::array(); }, {"T1-MEM-01", "datasets"}},
        BadFile{"NeitherFiguresNorExpectation",
                [](Json& j) { testable(j)["effects"][0]["ratio_high"] = nullptr; },
                {"T1-MEM-01", "either ratio_high or expects"}},
        BadFile{"FiguresAndExpectation",
                [](Json& j) { testable(j)["effects"][0]["expects"] = "less"; },
                {"T1-MEM-01", "either ratio_high or expects"}},
        BadFile{"ExpectsMore",
                [](Json& j) {
                  testable(j)["effects"][0]["ratio_high"] = nullptr;
                  testable(j)["effects"][0]["expects"] = "more";
                },
                {"T1-MEM-01", "'more'", "less, same or nothing"}},
        BadFile{"HeadlineExpectsNothing",
                [](Json& j) {
                  testable(j)["effects"][0]["ratio_high"] = nullptr;
                  testable(j)["effects"][0]["expects"] = "nothing";
                },
                {"T1-MEM-01", "decides nothing"}},
        BadFile{"EffectsIsNull", [](Json& j) { testable(j)["effects"] = nullptr; }, {"T1-MEM-01", "'effects'"}},
        BadFile{"NoHeadline",
                [](Json& j) {
                  for (Json& effect : testable(j)["effects"]) effect["headline"] = false;
                },
                {"T1-MEM-01", "0 effects are headlines"}},
        BadFile{"TwoHeadlines",
                [](Json& j) { testable(j)["effects"].push_back(testable(j)["effects"][0]); },
                {"T1-MEM-01", "2 effects are headlines"}},
        BadFile{"EffectKeyUnknown",
                [](Json& j) { testable(j)["effects"][0]["ratio"] = 1; },
                {"T1-MEM-01", "unknown key 'ratio'"}},
        BadFile{"RatioIsText",
                [](Json& j) { testable(j)["effects"][0]["ratio_low"] = "0.5"; },
                {"T1-MEM-01", "'ratio_low'", "\"0.5\""}},
        BadFile{"HeadlineIsNumber",
                [](Json& j) { testable(j)["effects"][0]["headline"] = 1; },
                {"T1-MEM-01", "'headline'", "1"}}),
    [](const auto& bad) { return bad.param.what; });

TEST(ReadAudit, EveryDocument_HasEveryClaimWithVariantsOrAReason) {
  std::size_t documents = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(ASSAY_SOURCE_DIR) / "audits")) {
    const auto audit = read_audit(entry.path());
    ASSERT_TRUE(audit) << audit.error().message;
    EXPECT_EQ(audit->document, entry.path().stem());
    for (const AuditClaim& claim : audit->claims)
      EXPECT_NE(claim.untestable.has_value(), claim.baseline.has_value()) << claim.id;
    EXPECT_TRUE(plan_audit(*audit, {}, workloads())) << audit->document;
    ++documents;
  }
  EXPECT_GE(documents, 3U);
}

TEST(ReadAudit, RatiosThatTheDocumentDoesNotGive_AreNoneAndNotZero) {
  bool some_open = false;
  for (const AuditClaim& claim : name_matcher().claims) {
    for (const ClaimedEffect& effect : claim.effects) {
      some_open = some_open || !effect.ratio_low;
      EXPECT_GT(effect.ratio_high.value_or(1), 0) << claim.id;
    }
  }
  EXPECT_TRUE(some_open);
}

TEST(PlanAudit, TestableClaims_BecomeCasesOnTheirDatasets) {
  const Audit audit = name_matcher();
  const auto plan = plan_audit(audit, {}, workloads()).value();
  std::set<std::string> expected;  // two claims may be about one pair
  for (const AuditClaim& claim : audit.claims) {
    for (const std::string& dataset : claim.datasets) {
      if (claim.untestable) continue;
      const CaseSpec spec = claim_case(claim, dataset, workloads()).value();
      expected.insert(case_id(spec));
      EXPECT_THAT(plan, ::testing::Contains(spec)) << claim.id;
    }
  }
  EXPECT_EQ(plan.size(), expected.size());
}

TEST(PlanAudit, WantedDatasets_NarrowThePlan) {
  const auto plan = plan_audit(name_matcher(), {"people-10k"}, workloads()).value();
  ASSERT_FALSE(plan.empty());
  for (const CaseSpec& spec : plan) EXPECT_EQ(spec.dataset, "people-10k");
}

TEST(PlanAudit, ClaimOfAnUnknownWorkload_NamesTheClaim) {
  Audit audit = name_matcher();
  for (AuditClaim& claim : audit.claims) {
    if (!claim.untestable) claim.workload = "persons.none";
  }
  const auto plan = plan_audit(audit, {}, workloads());
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().message, AllOf(HasSubstr("claim T1-"), HasSubstr("'persons.none'")));
}

TEST(PlanAudit, BesideASuite_AddsNoCaseTwice) {
  const auto suite = read_suite(std::filesystem::path(ASSAY_SOURCE_DIR) / "suites" / "quick.json").value();
  std::vector<CaseSpec> plan = plan_suite(suite, {}, workloads()).value();
  const std::size_t of_suite = plan.size();
  add_cases(plan, plan_audit(name_matcher(), {}, workloads()).value());
  // What the suite covers came twice; claims about a GPU are not in it.
  EXPECT_TRUE(std::all_of(plan.begin() + static_cast<std::ptrdiff_t>(of_suite), plan.end(),
                          [](const CaseSpec& spec) { return spec.workload == "names.score"; }));
  EXPECT_GT(plan.size(), of_suite);
}

}  // namespace
}  // namespace assay::plan
