// The ledger: a row for every claim, judged by the largest data set that was measured, nothing hidden.
#include "harness/cli/ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/analysis.hpp"
#include "tests/harness/store/sample_record.hpp"
#include "tests/harness/store/schema_check.hpp"

namespace assay::cli {
namespace {

using store::CaseRecord;
using store::Outcome;
using ::testing::HasSubstr;
using testing::RecordShape;

const std::filesystem::path kTree = ASSAY_SOURCE_DIR;

plan::Audit name_matcher() {
  return plan::read_audit(kTree / "audits" / "name_matcher.json").value();
}

std::map<std::string, plan::Workload> workloads() {
  return plan::read_workloads(kTree / "workloads").value();
}

// One claim: 15-25 % less time, and half the allocations.
plan::Audit small_audit() {
  plan::AuditClaim claim;
  claim.id = "T1-CPU-03";
  claim.title = "Cache the codes";
  claim.domain = "cpu";
  claim.statement = "per pair -> once";
  claim.tier = 1;
  claim.baseline = "phonetic.per_pair";
  claim.candidate = "phonetic.cached";
  claim.workload = "persons.match";
  claim.datasets = {"people-10k", "people-100k"};
  claim.effects = {{"time/total", "15-25 %", 0.75, 0.85, true, {}},
                   {"memory/allocations", "half", 0.5, 0.5, false, {}}};
  plan::AuditClaim later = claim;
  later.id = "T1-GPU-01";
  later.baseline = later.candidate = later.workload = std::nullopt;
  later.datasets.clear();
  later.untestable = "needs a GPU";
  return {"small", "A small audit", "nobody, 2026", "ratios", {claim, later}};
}

struct Measured {
  std::string dataset;
  std::uint64_t rows = 10'000;
  double ratio = 0.8;
  Outcome outcome = Outcome::kOk;
};

std::map<std::string, CaseRecord> records_of(const plan::Audit& audit, const std::vector<Measured>& measured) {
  std::map<std::string, CaseRecord> records;
  for (const Measured& one : measured) {
    RecordShape shape;
    shape.candidate = {1e6 * one.ratio, 1e6 * one.ratio};
    CaseRecord record = testing::sample_record(shape);
    record.dataset.name = one.dataset;
    record.dataset.rows = {{"left", one.rows}, {"right", one.rows}};
    record.outcome = one.outcome;
    if (one.outcome != Outcome::kOk) record.reason = "2 rows missing";
    EXPECT_TRUE(analyse(record));
    const auto spec = plan::claim_case(audit.claims[0], one.dataset, workloads()).value();
    records.emplace(record_name(spec), std::move(record));
  }
  return records;
}

std::vector<LedgerRow> ledger_of(const plan::Audit& audit, const std::vector<Measured>& measured) {
  return make_ledger(audit, records_of(audit, measured), workloads()).value();
}

TEST(MakeLedger, NothingMeasured_HasARowForEveryClaimOfTheAuditAndEveryReason) {
  const plan::Audit audit = name_matcher();
  const auto rows = make_ledger(audit, {}, workloads()).value();
  ASSERT_EQ(rows.size(), audit.claims.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].claim->id, audit.claims[i].id);
    EXPECT_EQ(rows[i].verdict, "UNTESTABLE");
    EXPECT_EQ(rows[i].reason, audit.claims[i].untestable.value_or("not part of this run"));
    EXPECT_EQ(rows[i].results.size(), audit.claims[i].effects.size());
  }
}

TEST(MakeLedger, MeasuredInsideTheClaim_IsConfirmedWithItsInterval) {
  const plan::Audit audit = small_audit();
  const auto rows = ledger_of(audit, {{"people-10k", 10'000, 0.8}});
  EXPECT_EQ(rows[0].verdict, "CONFIRMED");
  const LedgerResult& headline = rows[0].results[0];
  EXPECT_EQ(headline.dataset, "people-10k");
  EXPECT_NEAR(*headline.ratio, 0.8, 1e-4);
  ASSERT_TRUE(headline.low && headline.high);
  EXPECT_LE(*headline.low, *headline.ratio);
  EXPECT_GE(*headline.high, *headline.ratio);
}

TEST(MakeLedger, EachMeasuredRatio_HasTheVerdictOfItsPlace) {
  const plan::Audit audit = small_audit();
  const auto verdict = [&](double ratio) { return ledger_of(audit, {{"people-10k", 10'000, ratio}})[0].verdict; };
  EXPECT_EQ(verdict(0.5), "UNDERSTATED");
  EXPECT_EQ(verdict(0.8), "CONFIRMED");
  EXPECT_EQ(verdict(0.92), "OVERSTATED");
  EXPECT_EQ(verdict(1.0), "REFUTED");
  EXPECT_EQ(verdict(1.2), "REVERSED");
}

TEST(MakeLedger, ExactMetric_IsJudgedWithoutAnInterval) {
  const plan::Audit audit = small_audit();
  const auto rows = ledger_of(audit, {{"people-10k"}});  // 400 of 1000 allocations
  const LedgerResult& allocations = rows[0].results[1];
  EXPECT_EQ(allocations.claimed.metric, "memory/allocations");
  EXPECT_EQ(allocations.ratio, 0.4);
  EXPECT_FALSE(allocations.low || allocations.high);
  EXPECT_EQ(allocations.verdict, "UNDERSTATED");
}

// The document only says what may happen: shown, not judged.
TEST(MakeLedger, EffectWithoutAClaim_IsMeasuredButNotJudged) {
  plan::Audit audit = small_audit();
  audit.claims[0].effects[1] = {"memory/allocations", "no figure", {}, {}, false, plan::Expectation::kNothing};
  const auto rows = ledger_of(audit, {{"people-10k", 10'000, 0.8}});
  EXPECT_EQ(rows[0].results[1].verdict, "NO_CLAIM");
  EXPECT_EQ(rows[0].results[1].ratio, 0.4);
  EXPECT_FALSE(rows[0].results[1].reason);
}

TEST(MakeLedger, ClaimOfNoDifference_IsConfirmedByEquivalence) {
  plan::Audit audit = small_audit();
  audit.claims[0].effects[0] = {"time/total", "neutral", {}, {}, true, plan::Expectation::kSame};
  EXPECT_EQ(ledger_of(audit, {{"people-10k", 10'000, 1.0}})[0].verdict, "CONFIRMED");
  EXPECT_EQ(ledger_of(audit, {{"people-10k", 10'000, 1.2}})[0].verdict, "REVERSED");
}

TEST(MakeLedger, LargestDataSet_DecidesWhateverTheOrder) {
  plan::Audit audit = small_audit();
  const std::vector<Measured> measured{{"people-10k", 10'000, 0.8}, {"people-100k", 100'000, 1.2}};
  EXPECT_EQ(ledger_of(audit, measured)[0].verdict, "REVERSED");
  std::swap(audit.claims[0].datasets[0], audit.claims[0].datasets[1]);
  const auto rows = ledger_of(audit, measured);
  EXPECT_EQ(rows[0].verdict, "REVERSED");
  EXPECT_EQ(rows[0].results.size(), 4U);  // two data sets of two figures, none hidden
}

TEST(MakeLedger, LargestDataSetWithoutATime_LeavesTheDecisionToTheNext) {
  const plan::Audit audit = small_audit();
  const auto rows = ledger_of(audit, {{"people-10k", 10'000, 0.8}, {"people-100k", 100'000, 0.8, Outcome::kTimedOut}});
  EXPECT_EQ(rows[0].verdict, "CONFIRMED");
  EXPECT_EQ(rows[0].results[0].verdict, "UNTESTABLE");
  EXPECT_THAT(*rows[0].results[0].reason, HasSubstr("timed_out"));
}

TEST(MakeLedger, OnlyFailures_AreUntestableWithTheirReason) {
  const plan::Audit audit = small_audit();
  const auto rows = ledger_of(audit, {{"people-10k", 10'000, 0.8, Outcome::kCrashed}});
  EXPECT_EQ(rows[0].verdict, "UNTESTABLE");
  EXPECT_EQ(rows[0].reason, "crashed: 2 rows missing");
}

// A gain on one data set is no gain if the answer is wrong on another.
TEST(MakeLedger, NotEquivalentOnAnyDataSet_IsNotEquivalentAndHasNoFigure) {
  const plan::Audit audit = small_audit();
  for (const bool on_the_largest : {true, false}) {
    const auto rows =
        ledger_of(audit, {{"people-10k", 10'000, 0.8, on_the_largest ? Outcome::kOk : Outcome::kNotEquivalent},
                          {"people-100k", 100'000, 0.8, on_the_largest ? Outcome::kNotEquivalent : Outcome::kOk}});
    EXPECT_EQ(rows[0].verdict, "NOT_EQUIVALENT");
    EXPECT_THAT(rows[0].reason.value_or(""), HasSubstr("2 rows missing"));
    for (const LedgerResult& result : rows[0].results) {
      EXPECT_EQ(result.verdict == "NOT_EQUIVALENT", !result.ratio.has_value()) << result.dataset;
    }
  }
}

TEST(MakeLedger, FigureThatWasNotMeasured_IsInconclusiveAndNotZero) {
  plan::Audit audit = small_audit();
  std::swap(audit.claims[0].effects[0].headline, audit.claims[0].effects[1].headline);
  auto records = records_of(audit, {{"people-10k"}});
  records.begin()->second.candidate.memory.reset();
  const auto rows = make_ledger(audit, records, workloads()).value();
  EXPECT_EQ(rows[0].verdict, "INCONCLUSIVE");
  EXPECT_EQ(rows[0].reason, "not measured");
  EXPECT_FALSE(rows[0].results[1].ratio);
}

TEST(MakeLedger, UnknownMetric_IsNamed) {
  plan::Audit audit = small_audit();
  audit.claims[0].effects[0].metric = "time/wall";
  const auto rows = make_ledger(audit, records_of(audit, {{"people-10k"}}), workloads());
  ASSERT_FALSE(rows);
  EXPECT_THAT(rows.error().message, HasSubstr("'time/wall'"));
}

TEST(LedgerToJson, MeasuredAndUntested_KeepTheSchema) {
  ASSAY_SKIP_WITHOUT_SCHEMA_CHECKER();
  const plan::Audit whole = name_matcher();
  const auto nothing = make_ledger(whole, {}, workloads()).value();
  EXPECT_EQ(testing::schema_errors("assay-ledger-1.json", to_json(whole, nothing, "2026-11-21T09:10:11Z")), "");
  const plan::Audit small = small_audit();
  const auto rows =
      ledger_of(small, {{"people-10k", 10'000, 0.8}, {"people-100k", 100'000, 0.8, Outcome::kNotEquivalent}});
  const Json json = to_json(small, rows, "2026-11-21T09:10:11Z");
  EXPECT_EQ(testing::schema_errors("assay-ledger-1.json", json), "");
  EXPECT_TRUE(json["rows"][0]["results"][0]["measured"].is_null());  // not equivalent: no figure
  EXPECT_EQ(json["rows"][1]["reason"], "needs a GPU");
}

}  // namespace
}  // namespace assay::cli
