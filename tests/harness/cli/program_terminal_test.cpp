// The sentence that answers a comparison of two programs, for every verdict.
#include "harness/cli/program_terminal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/store/sample_record.hpp"

namespace assay::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

store::CaseRecord compared(double ratio, double low, double high, const char* verdict,
                           const char* reason = "beyond_margin") {
  store::CaseRecord record = testing::sample_record();
  record.kind = "program";
  record.baseline.variant = "A";
  record.candidate.variant = "B";
  store::ComparisonRecord time;
  time.metric = "time/total";
  time.unit = "ns";
  time.kind = "statistical";
  time.baseline = 1e6;
  time.candidate = 1e6 * ratio;
  time.ratio = ratio;
  time.interval = store::IntervalRecord{low, high, 0.95, "sign test"};
  time.margin = 0.02;
  time.verdict = verdict;
  time.reason = reason;
  record.comparisons = {time};
  record.baseline.median = store::MedianTimes{0, 1e6, 0, 1e6, 1e6};
  record.candidate.median = store::MedianTimes{0, 1e6 * ratio, 0, 1e6 * ratio, 1e6};
  return record;
}

TEST(SummarySentence, FasterAndSlower_AreFactorsAboveOne) {
  EXPECT_EQ(summary_sentence(compared(0.758, 0.741, 0.775, "IMPROVED")), "'B' is 1.32 x [1.29, 1.35] faster than 'A'");
  EXPECT_EQ(summary_sentence(compared(1.32, 1.29, 1.35, "REGRESSED")), "'B' is 1.32 x [1.29, 1.35] slower than 'A'");
}

TEST(SummarySentence, NoChange_NamesTheMargin) {
  EXPECT_EQ(summary_sentence(compared(1.001, 0.995, 1.007, "EQUIVALENT")),
            "'B' is as fast as 'A': ratio 1.001 [0.995, 1.007], inside the margin of 2.0 %");
  EXPECT_EQ(summary_sentence(compared(0.99, 0.95, 1.007, "NOT_SLOWER")),
            "'B' is not slower than 'A': ratio 0.990 [0.950, 1.007], below the margin of 2.0 %");
}

TEST(SummarySentence, NoVerdict_SaysWhyAndWhatToDo) {
  const auto sentence = [](const char* reason) {
    return summary_sentence(compared(1.0, 0.9, 1.1, "INCONCLUSIVE", reason));
  };
  EXPECT_THAT(sentence("spans_margin"), StartsWith("no verdict on 'B' against 'A', ratio 1.000 [0.900, 1.100]: "));
  EXPECT_THAT(sentence("spans_margin"), HasSubstr("raise --budget or --pairs"));
  EXPECT_THAT(sentence("too_few_pairs"), HasSubstr("too few pairs"));
  EXPECT_THAT(sentence("margin_not_gateable"), HasSubstr("too noisy"));
  EXPECT_THAT(sentence("clocks_conflict"), HasSubstr("opposite directions"));
}

TEST(SummarySentence, NoTime_HasTheReason) {
  store::CaseRecord record = compared(1, 1, 1, "EQUIVALENT");
  record.outcome = store::Outcome::kCrashed;
  record.reason = "'B' was killed by signal 11 (Segmentation fault)";
  EXPECT_EQ(summary_sentence(record), "'A' and 'B' have no time: 'B' was killed by signal 11 (Segmentation fault)");
  EXPECT_EQ(program_text(record), "");
}

TEST(ProgramText, ShareOfTheShell_IsSaidAndMindedWhereItIsLarge) {
  store::CaseRecord record = compared(1, 0.99, 1.01, "EQUIVALENT");
  EXPECT_THAT(program_text(record), ::testing::Not(HasSubstr("shell ")));
  record.parameters = {{"shell", "sh"}, {"shell_start_ns", "20000"}};
  EXPECT_THAT(program_text(record), HasSubstr("'sh' starts in 20 us (2 % of the shorter command)"));
  EXPECT_THAT(program_text(record), ::testing::Not(HasSubstr("nearer to 1")));
  record.parameters["shell_start_ns"] = "200000";
  EXPECT_THAT(program_text(record), HasSubstr("nearer to 1"));
}

TEST(ProgramText, DisturbedMachine_IsSaid) {
  store::CaseRecord record = compared(1, 0.99, 1.01, "EQUIVALENT");
  record.contamination.emplace();
  EXPECT_EQ(disturbed_line(record), "");
  record.contamination->contaminated = true;
  record.contamination->reasons = {"the hypervisor took 9 % of the time"};
  EXPECT_EQ(disturbed_line(record),
            "disturbed the hypervisor took 9 % of the time; measure again when the machine is quiet\n");
  EXPECT_THAT(program_text(record), HasSubstr("the hypervisor took 9 %"));
}

TEST(ShortName, LongCommand_IsCutToOneLine) {
  EXPECT_EQ(short_name("sort\nx", 60), "sort x");
  EXPECT_EQ(short_name(std::string(100, 'a'), 10), "aaaaaaa...");
}

}  // namespace
}  // namespace assay::cli
