// A whole case with a misbehaving candidate: which outcome the record gets, and that it carries no time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

#include "tests/stub_plugins/launch.hpp"

namespace assay::cli {
namespace {

using store::Outcome;
using testing::HasSubstr;

class CaseTest : public testing::Test {
 protected:
  store::CaseRecord run(const std::string& candidate) {
    RunContext context = test::stub_context({"correct", candidate});
    return run(candidate, context);
  }
  store::CaseRecord run(const std::string& candidate, RunContext& context) {
    auto journal = store::Journal::create(folder_.path() / (candidate + ".jsonl"));
    if (!journal) throw std::runtime_error(journal.error().message);
    auto record = run_case(context, test::stub_case("correct", candidate), *journal, [](double) {});
    if (!record) throw std::runtime_error(record.error().message);
    return *record;
  }

  test::Folder folder_;
};

TEST_F(CaseTest, SameCodeUnderTwoNames_IsOkAndEqual) {
  const store::CaseRecord record = run("twin");
  EXPECT_EQ(record.outcome, Outcome::kOk) << record.reason.value_or("");
  EXPECT_EQ(record.equivalence.status, "equal");
  EXPECT_EQ(record.equivalence.challenge_status, "equal");
  ASSERT_FALSE(record.comparisons.empty());
  EXPECT_EQ(record.comparisons[0].metric, "time/total");
}

TEST_F(CaseTest, WrongValue_IsNotEquivalentAndNamesTheRow) {
  const store::CaseRecord record = run("wrong_result");
  EXPECT_EQ(record.outcome, Outcome::kNotEquivalent);
  EXPECT_EQ(record.equivalence.status, "different");
  ASSERT_EQ(record.equivalence.differences.size(), 1u);
  const store::Difference& difference = record.equivalence.differences[0];
  EXPECT_EQ(difference.kind, "differing");
  EXPECT_EQ(difference.column, "mixed");
  ASSERT_TRUE(difference.baseline && difference.candidate);
  EXPECT_EQ(std::stoull(*difference.baseline) + 1, std::stoull(*difference.candidate));
  EXPECT_THAT(record.reason.value_or(""), HasSubstr("mixed"));
  EXPECT_TRUE(record.samples.empty());
  EXPECT_TRUE(record.comparisons.empty());
}

TEST_F(CaseTest, AnswerFromAnEarlierRun_IsFoundStaleByTheChallenge) {
  const store::CaseRecord record = run("stale_answer");
  EXPECT_EQ(record.outcome, Outcome::kNotEquivalent);
  EXPECT_EQ(record.equivalence.status, "equal");
  EXPECT_EQ(record.equivalence.challenge_status, "stale");
  EXPECT_THAT(record.reason.value_or(""), HasSubstr("gave its earlier answer again"));
  EXPECT_TRUE(record.comparisons.empty());
}

TEST_F(CaseTest, AnswerThatDrifts_IsNotEquivalent) {
  const store::CaseRecord record = run("drifting");
  EXPECT_EQ(record.outcome, Outcome::kNotEquivalent);
  EXPECT_TRUE(record.comparisons.empty());
}

// The memory run's process asks its cache twice, and what lies in the run's folder outlives every process.
TEST_F(CaseTest, VariantWithACache_IsCountedFromItsSecondUseOn) {
  RunContext context = test::stub_context({"correct", "keeps"});
  auto cache = TemporaryFolder::make("test");
  ASSERT_TRUE(cache) << cache.error().message;
  context.cache_folder = std::make_shared<const TemporaryFolder>(std::move(*cache));
  const store::CaseRecord record = run("keeps", context);
  ASSERT_EQ(record.outcome, Outcome::kOk) << record.reason.value_or("");
  EXPECT_EQ(record.candidate.counters.at("cache_requests"), 1U);
  EXPECT_EQ(record.candidate.counters.at("cache_hits"), 1U);
  EXPECT_EQ(record.candidate.counters.at("candidates"), test::kFewPeople);
  EXPECT_FALSE(record.baseline.counters.contains("cache_requests"));
  const auto processes = std::filesystem::file_size(context.cache_folder->path() / "processes");
  EXPECT_EQ(processes, record.design.launches + 1U);
}

struct Ending {
  const char* stub;
  Outcome outcome;
};

void PrintTo(const Ending& row, std::ostream* out) {
  *out << row.stub;
}

class CaseEndingTest : public CaseTest, public testing::WithParamInterface<Ending> {};

TEST_P(CaseEndingTest, Candidate_GivesItsOutcomeAndNoTime) {
  const store::CaseRecord record = run(GetParam().stub);
  EXPECT_EQ(record.outcome, GetParam().outcome) << to_string(record.outcome);
  EXPECT_EQ(record.candidate.outcome, GetParam().outcome);
  EXPECT_EQ(record.baseline.outcome, Outcome::kOk);
  EXPECT_THAT(record.reason.value_or(""), HasSubstr(std::string("'stub.") + GetParam().stub + "': "));
  EXPECT_TRUE(record.comparisons.empty());
  EXPECT_FALSE(record.candidate.median);
}

INSTANTIATE_TEST_SUITE_P(Outcomes, CaseEndingTest,
                         testing::Values(Ending{"segfault", Outcome::kCrashed}, Ending{"exit", Outcome::kCrashed},
                                         Ending{"writes_input", Outcome::kCrashed}, Ending{"hang", Outcome::kTimedOut},
                                         Ending{"memory_hog", Outcome::kFailed}, Ending{"bad_status", Outcome::kFailed},
                                         Ending{"wild_pointer", Outcome::kFailed},
                                         Ending{"changes_result", Outcome::kFailed},
                                         Ending{"thread_left", Outcome::kFailed},
                                         Ending{"unsupported", Outcome::kSkipped}),
                         [](const auto& row) { return std::string(row.param.stub); });

}  // namespace
}  // namespace assay::cli
