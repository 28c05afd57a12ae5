// What the cells of a gate come to: exit code, sentence, explanation.
#include "harness/gate/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::gate {
namespace {

using ::testing::HasSubstr;

Cell cell(CellVerdict verdict) {
  return {.id = "persons.match people-10k strings.copied",
          .variant = "strings.copied",
          .dataset = "people-10k",
          .verdict = verdict};
}

GateReport report(std::vector<CellVerdict> verdicts) {
  GateReport made;
  for (const CellVerdict verdict : verdicts) made.cells.push_back(cell(verdict));
  return made;
}

TEST(GateExitCode, EachVerdict_HasItsDocumentedCode) {
  using V = CellVerdict;
  EXPECT_EQ(exit_code_of(report({V::kNotEquivalent})), 4);
  EXPECT_EQ(exit_code_of(report({V::kBroken})), 6);
  EXPECT_EQ(exit_code_of(report({V::kOverBudget})), 3);
  EXPECT_EQ(exit_code_of(report({V::kRegressed})), 3);
  for (const V verdict : {V::kInconclusive, V::kNotSlower, V::kImproved, V::kIdentical, V::kIgnored, V::kSkipped,
                          V::kAdded, V::kRemoved, V::kSeemsSlower, V::kWithinBudget}) {
    EXPECT_EQ(exit_code_of(report({verdict})), 0) << to_string(verdict);
  }
  EXPECT_EQ(exit_code_of(report({})), 0);
}

TEST(GateExitCode, TheGravest_Wins) {
  using V = CellVerdict;
  EXPECT_EQ(exit_code_of(report({V::kNotSlower, V::kRegressed, V::kBroken, V::kNotEquivalent})), 4);
  EXPECT_EQ(exit_code_of(report({V::kRegressed, V::kBroken})), 6);
  EXPECT_EQ(exit_code_of(report({V::kInconclusive, V::kRegressed})), 3);
}

TEST(GateExitCode, Strict_MakesWhatOnlySeemsSlowerRed) {
  GateReport strict = report({CellVerdict::kSeemsSlower, CellVerdict::kWithinBudget});
  strict.strict = true;
  EXPECT_EQ(exit_code_of(strict), 5);
  strict = report({CellVerdict::kWithinBudget});
  strict.strict = true;
  EXPECT_EQ(exit_code_of(strict), 0);
}

TEST(GateExitCode, Strict_MakesOnlyInconclusiveRed) {
  GateReport strict = report({CellVerdict::kInconclusive, CellVerdict::kNotSlower});
  strict.strict = true;
  EXPECT_EQ(exit_code_of(strict), 5);
  strict = report({CellVerdict::kNotSlower, CellVerdict::kIdentical, CellVerdict::kIgnored});
  strict.strict = true;
  EXPECT_EQ(exit_code_of(strict), 0);
}

TEST(GateExitCode, Contamination_TakesTimesAwayAndNothingElse) {
  using V = CellVerdict;
  const auto contaminated = [](std::vector<V> verdicts) {
    GateReport made = report(std::move(verdicts));
    made.contaminated = "another program used both cores";
    made.strict = true;
    return exit_code_of(made);
  };
  EXPECT_EQ(contaminated({V::kRegressed}), 75);
  EXPECT_EQ(contaminated({V::kNotSlower}), 75);
  EXPECT_EQ(contaminated({V::kInconclusive}), 75);
  EXPECT_EQ(contaminated({V::kOverBudget}), 3);
  EXPECT_EQ(contaminated({V::kBroken}), 6);
  EXPECT_EQ(contaminated({V::kNotEquivalent}), 4);
}

TEST(GateSentence, SaysColourAndCounts) {
  using V = CellVerdict;
  EXPECT_EQ(summary_sentence(report({V::kRegressed, V::kNotSlower})), "red: 1 of 2 cells slower");
  EXPECT_EQ(summary_sentence(report({V::kOverBudget, V::kRegressed, V::kNotSlower})),
            "red: 1 of 3 cells over budget, 1 slower");
  EXPECT_EQ(summary_sentence(report({V::kNotSlower, V::kImproved})), "green: none of 2 cells slower");
  EXPECT_EQ(summary_sentence(report({V::kNotSlower, V::kInconclusive})),
            "green: none of 2 cells slower as far as could be shown; 1 inconclusive");
  GateReport contaminated = report({V::kRegressed});
  contaminated.contaminated = "stolen time";
  EXPECT_THAT(summary_sentence(contaminated), HasSubstr("neither red nor green"));
  EXPECT_THAT(summary_sentence(contaminated), HasSubstr("stolen time"));
}

TEST(GateExplanation, Regression_SaysBothMeasurementsAndTheMargin) {
  Cell slow = cell(CellVerdict::kRegressed);
  slow.ratio = 1.052;
  slow.confirmation_ratio = 1.049;
  slow.margin = 0.02;
  slow.pairs = 24;
  EXPECT_EQ(explanation(slow), "+5.2 % in 24 pairs, and +4.9 % in fresh processes; the margin is 2.0 %");
}

TEST(GateExplanation, BudgetBreach_NamesMetricAndFigures) {
  Cell over = cell(CellVerdict::kOverBudget);
  over.breaches = {{"memory/allocations", 1000, 1200, 0.05}, {"memory/peak_live_bytes", 1, 2, 0}};
  EXPECT_EQ(explanation(over), "memory/allocations went from 1000 to 1200, 5 % more is allowed (and 1 more)");
}

TEST(GateExplanation, Inconclusive_SaysWhatCouldHaveBeenShown) {
  Cell open = cell(CellVerdict::kInconclusive);
  open.pairs = 96;
  open.minimum_detectable_effect = 0.043;
  EXPECT_EQ(explanation(open), "96 pairs could have shown 4.3 % at best");
  for (std::size_t i = 0; i < kCellVerdictNames.size(); ++i) {
    EXPECT_FALSE(explanation(cell(static_cast<CellVerdict>(i))).empty()) << kCellVerdictNames[i];
  }
}

TEST(GateFigures, NotMeasured_IsNoNumber) {
  EXPECT_EQ(figures_text(cell(CellVerdict::kIdentical)), "not timed");
  Cell timed = cell(CellVerdict::kNotSlower);
  timed.ratio = 0.9988;
  EXPECT_EQ(figures_text(timed), "0.999");
  timed.low = 0.99;
  timed.high = 1.01;
  EXPECT_EQ(figures_text(timed), "0.999 [0.990, 1.010]");
}

TEST(GateJson, WhatWasNotMeasured_IsNull) {
  const Json json = to_json(report({CellVerdict::kIdentical}));
  EXPECT_EQ(json["schema"], "assay-gate/1");
  EXPECT_EQ(json["exit_code"], 0);
  EXPECT_TRUE(json["cells"][0]["ratio"].is_null());
  EXPECT_TRUE(json["contaminated"].is_null());
  EXPECT_EQ(json["cells"][0]["verdict"], "IDENTICAL");
}

}  // namespace
}  // namespace assay::gate
