// What the user sees: aligned tables, figures with units, plain lines off a terminal.
#include "harness/cli/terminal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <sstream>

#include "harness/cli/analysis.hpp"
#include "harness/cli/ledger.hpp"
#include "tests/harness/store/sample_record.hpp"

namespace assay::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Everything that is written to the stream of a ProgressLine.
template <class Use>
std::string written_by(bool quiet, Use use) {
  FILE* const temporary = std::tmpfile();
  ProgressLine line(temporary, quiet);
  use(line);
  std::rewind(temporary);
  std::string result;
  for (int c = std::fgetc(temporary); c != EOF; c = std::fgetc(temporary)) result += static_cast<char>(c);
  std::fclose(temporary);
  return result;
}

TEST(TableText, ColumnsOfDifferentWidths_StartAtTheSamePlace) {
  const auto lines = lines_of(table_text({{"a", "second"}, {"longer one", "x"}, {"b", "y"}}));
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0], "a           second");
  EXPECT_EQ(lines[1], std::string(18, '-'));
  EXPECT_EQ(lines[2], "longer one  x");
  EXPECT_EQ(lines[3], "b           y");
}

TEST(TableText, LettersOfSeveralBytes_TakeOneColumn) {
  const auto lines = lines_of(table_text({{"name", "n"}, {"M\xc3\xbcller", "1"}, {"Muller", "2"}}));
  EXPECT_EQ(lines[2], "M\xc3\xbcller  1");
  EXPECT_EQ(lines[3], "Muller  2");
  EXPECT_EQ(lines[1].size(), 9U);
}

TEST(TableText, LastColumn_HasNoBlanksAtItsEnd) {
  for (const std::string& line : lines_of(table_text({{"a", "bbbb"}, {"c", "d"}}))) EXPECT_NE(line.back(), ' ');
}

TEST(DurationText, EveryMagnitude_HasItsUnit) {
  EXPECT_EQ(duration_text(0), "0 ns");
  EXPECT_EQ(duration_text(512), "512 ns");
  EXPECT_EQ(duration_text(1500), "1.5 us");
  EXPECT_EQ(duration_text(12'345'678), "12.3 ms");
  EXPECT_EQ(duration_text(4.56e9), "4.56 s");
  EXPECT_EQ(duration_text(123.4e9), "123 s");
  EXPECT_EQ(duration_text(4321e9), "4321 s");
}

TEST(DurationText, JustBelowTheNextUnit_IsNotWrittenWithAnExponent) {
  for (const double nanoseconds : {999.7, 999'700.0, 999'700'000.0, 1234e9}) {
    EXPECT_THAT(duration_text(nanoseconds), Not(HasSubstr("e+"))) << nanoseconds;
  }
  EXPECT_EQ(duration_text(999'700), "1 ms");
}

TEST(BytesText, EveryMagnitude_HasItsBinaryUnit) {
  EXPECT_EQ(bytes_text(0), "0 B");
  EXPECT_EQ(bytes_text(1023), "1023 B");
  EXPECT_EQ(bytes_text(1024), "1 KiB");
  EXPECT_EQ(bytes_text(3.25 * 1024 * 1024), "3.25 MiB");
  EXPECT_EQ(bytes_text(5.0 * 1024 * 1024 * 1024 * 1024 * 1024), "5120 TiB");
}

TEST(ChangeText, Ratios_AreSaidInWords) {
  EXPECT_EQ(change_text(0.5, true), "2.00x faster");
  EXPECT_EQ(change_text(3.0, true), "3.00x slower");
  EXPECT_EQ(change_text(0.8, true), "25.0 % faster");
  EXPECT_EQ(change_text(1.042, true), "4.2 % slower");
  EXPECT_EQ(change_text(1.0002, true), "no change");
  EXPECT_EQ(change_text(0.6, false), "-40.0 %");
  EXPECT_EQ(change_text(1.1, false), "+10.0 %");
  EXPECT_EQ(change_text(0, false), "gone");
}

TEST(VerdictTable, OkCase_ShowsTimesRatioMemoryAndVerdict) {
  testing::RecordShape shape;
  shape.candidate = {5e5, 5e5};
  store::CaseRecord record = testing::sample_record(shape);
  ASSERT_TRUE(analyse(record));
  const std::string table = verdict_table({record});
  for (const char* part : {"people-10k", "strings.copied -> strings.interned", "1 ms -> 500 us", "0.500 [",
                           "15.62 KiB -> 6.25 KiB", "IMPROVED"}) {
    EXPECT_THAT(table, HasSubstr(part));
  }
}

TEST(VerdictTable, CaseWithoutATime_ShowsDashesTheOutcomeAndWhy) {
  store::CaseRecord record = testing::sample_record();
  record.outcome = store::Outcome::kNotEquivalent;
  record.reason = "2 rows missing, 1 differing of 11000";
  ASSERT_TRUE(analyse(record));
  const std::string table = verdict_table({record});
  EXPECT_THAT(lines_of(table)[2], ::testing::ContainsRegex(" - +- +- +not_equivalent$"));
  EXPECT_THAT(table, HasSubstr(record.id + ": 2 rows missing, 1 differing of 11000"));
  EXPECT_THAT(table, Not(HasSubstr(" ms")));
}

TEST(VerdictTable, MemoryThatWasNotMeasured_SaysSo) {
  store::CaseRecord record = testing::sample_record();
  record.candidate.memory.reset();
  ASSERT_TRUE(analyse(record));
  EXPECT_THAT(verdict_table({record}), HasSubstr("not measured"));
}

TEST(LedgerTable, WholeAudit_NamesEveryClaimAndCountsTheTested) {
  const std::filesystem::path tree = ASSAY_SOURCE_DIR;
  const auto audit = plan::read_audit(tree / "audits" / "name_matcher.json").value();
  const auto rows = make_ledger(audit, {}, plan::read_workloads(tree / "workloads").value()).value();
  const std::string table = ledger_table(audit, rows);
  for (const plan::AuditClaim& claim : audit.claims) {
    EXPECT_THAT(table, HasSubstr(claim.id));
    EXPECT_THAT(table,
                HasSubstr(claim.untestable.value_or("not part of this run").substr(0, 20)));  // long ones are cut
  }
  EXPECT_THAT(table, HasSubstr("0 of 28 claims tested, 28 UNTESTABLE"));
}

TEST(LedgerTable, ClaimWithDifferentAnswers_ShowsTheReasonAndNoFigure) {
  plan::AuditClaim claim;
  claim.id = "T1-MEM-01";
  plan::ClaimedEffect effect;
  effect.headline = true;
  LedgerRow row;
  row.claim = &claim;
  row.verdict = "NOT_EQUIVALENT";
  row.reason = "not_equivalent: 2 rows missing";
  row.results = {{effect, "people-100k", "a.json", 0.5, 0.49, 0.51, "CONFIRMED", {}},
                 {effect, "people-10k", "b.json", {}, {}, {}, "NOT_EQUIVALENT", row.reason}};
  const std::string table = ledger_table({}, {row});
  EXPECT_THAT(table, HasSubstr("not_equivalent: 2 rows missing"));
  EXPECT_THAT(table, Not(HasSubstr("0.500")));
}

TEST(ProgressLine, OffATerminal_IsOnePlainLinePerStep) {
  const std::string text = written_by(false, [](ProgressLine& line) {
    line.begin("people-10k a -> b", 1, 2);
    line.advance(0.5);
    line.end("IMPROVED");
    line.begin("people-10k b -> c", 2, 2);
    line.end("EQUIVALENT");
  });
  const auto lines = lines_of(text);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].rfind("[1/2] people-10k a -> b  IMPROVED  (", 0), 0U) << lines[0];
  EXPECT_EQ(text.find('\033'), std::string::npos);
  EXPECT_EQ(text.find('\r'), std::string::npos);
}

TEST(ProgressLine, Quiet_WritesNothing) {
  EXPECT_EQ(written_by(true,
                       [](ProgressLine& line) {
                         line.begin("step", 1, 1);
                         line.advance(0.5);
                         line.end("done");
                       }),
            "");
}

}  // namespace
}  // namespace assay::cli
