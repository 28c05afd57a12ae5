// A gate's report as JUnit XML, Markdown, GitHub annotations and GitLab metrics.
#include "harness/gate/outputs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <pugixml.hpp>

namespace assay::gate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Cell cell(const std::string& variant, CellVerdict verdict) {
  Cell made{.id = "persons.match people-10k " + variant, .variant = variant, .dataset = "people-10k"};
  made.verdict = verdict;
  made.seconds = 1.5;
  return made;
}

GateReport mixed() {
  GateReport report;
  report.created_utc = "2026-11-21T12:00:00Z";
  report.baseline = "base";
  report.candidate = "head";
  report.cells = {cell("a.equal", CellVerdict::kNotSlower), cell("b.slow", CellVerdict::kRegressed),
                  cell("c.open", CellVerdict::kInconclusive), cell("d.same", CellVerdict::kIdentical)};
  report.cells[1].ratio = 1.0523456;
  report.cells[1].low = 1.04;
  report.cells[1].high = 1.06;
  report.cells[2].reason = "a <b> & \"c\" | 'd'\nsecond line";
  return report;
}

pugi::xml_node parsed(pugi::xml_document& document, const GateReport& report) {
  EXPECT_TRUE(document.load_string(to_junit(report).c_str()));
  return document.child("testsuites").child("testsuite");
}

TEST(Junit, Counts_AreThoseOfTheCases) {
  pugi::xml_document document;
  const pugi::xml_node suite = parsed(document, mixed());
  EXPECT_EQ(suite.attribute("tests").as_int(), 4);
  EXPECT_EQ(suite.attribute("failures").as_int(), 1);
  EXPECT_EQ(suite.attribute("skipped").as_int(), 1);
  EXPECT_EQ(std::distance(suite.begin(), suite.end()), 4);
}

TEST(Junit, RedCell_IsAFailureWithItsReason_AndOddTextSurvives) {
  pugi::xml_document document;
  const pugi::xml_node suite = parsed(document, mixed());
  const pugi::xml_node slow = suite.find_child_by_attribute("testcase", "name", "persons.match people-10k b.slow");
  EXPECT_STREQ(slow.child("failure").attribute("type").value(), "REGRESSED");
  EXPECT_THAT(slow.child("failure").attribute("message").value(), StartsWith("REGRESSED: +5.2 %"));
  EXPECT_STREQ(slow.attribute("time").value(), "1.500");
  const pugi::xml_node open = suite.find_child_by_attribute("testcase", "name", "persons.match people-10k c.open");
  EXPECT_THAT(open.child("skipped").attribute("message").value(), HasSubstr("a <b> & \"c\" | 'd'"));
}

TEST(Junit, ContaminatedRun_HasNoFailureForATime) {
  GateReport report = mixed();
  report.contaminated = "stolen time";
  pugi::xml_document document;
  EXPECT_EQ(parsed(document, report).attribute("failures").as_int(), 0);
}

TEST(Markdown, BeginsWithTheMarker_TheGravestCellFirst) {
  const std::string text = to_markdown(mixed());
  EXPECT_THAT(text, StartsWith(std::string(kCommentMarker) + "\n**Assay gate: red: 1 of 4 cells slower.**"));
  EXPECT_LT(text.find("b.slow"), text.find("c.open"));
  EXPECT_LT(text.find("c.open"), text.find("a.equal"));
  EXPECT_THAT(text, HasSubstr("1.052 [1.040, 1.060]"));
  EXPECT_THAT(text, HasSubstr("\\| 'd' second line"));
}

TEST(Markdown, ManyCells_StayBelowTheLimitAndAreCounted) {
  GateReport report = mixed();
  for (int i = 0; i < 2000; ++i) report.cells.push_back(cell("many." + std::to_string(i), CellVerdict::kNotSlower));
  const std::string text = to_markdown(report);
  EXPECT_LE(text.size(), 60000U);
  EXPECT_THAT(text, HasSubstr("b.slow"));
  const auto rows = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  EXPECT_GT(rows, 200U);
  EXPECT_THAT(text, HasSubstr(" more cells, none of them graver"));
}

TEST(Annotations, OneLineForEveryRedOrOpenCell_Escaped) {
  const std::string text = to_github_annotations(mixed());
  EXPECT_THAT(text, HasSubstr("::error title=REGRESSED b.slow::persons.match people-10k b.slow: +5.2 %25 in"));
  EXPECT_THAT(text, HasSubstr("::warning title=INCONCLUSIVE c.open::"));
  EXPECT_THAT(text, HasSubstr("'d'%0Asecond line"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
}

TEST(Annotations, ContaminatedRun_WarnsOnly) {
  GateReport report = mixed();
  report.contaminated = "stolen time";
  EXPECT_THAT(to_github_annotations(report), Not(HasSubstr("::error")));
}

TEST(Annotations, MoreThanTen_AreCut) {
  GateReport report;
  for (int i = 0; i < 30; ++i) report.cells.push_back(cell("x." + std::to_string(i), CellVerdict::kRegressed));
  const std::string text = to_github_annotations(report);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 10);
}

TEST(GitlabMetrics, OnlyWhatWasTimed_AndTheEndMark) {
  GateReport report = mixed();
  report.cells[1].id += " \"quoted\"";
  const std::string text = to_gitlab_metrics(report);
  EXPECT_THAT(text, HasSubstr("assay_ratio{cell=\"persons.match people-10k b.slow \\\"quoted\\\"\",bound=\"estimate\"} "
                              "1.05235\n"));
  EXPECT_THAT(text, Not(HasSubstr("d.same")));
  EXPECT_THAT(text, ::testing::EndsWith("# EOF\n"));
}

}  // namespace
}  // namespace assay::gate
