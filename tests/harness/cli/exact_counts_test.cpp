// Instructions and system calls on the real road: they repeat, small changes show, and what cannot be counted has a
// reason and fails nothing.
#include "harness/cli/exact_counts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/tools.hpp"
#include "tests/stub_plugins/launch.hpp"

namespace assay::cli {
namespace {

using testing::HasSubstr;

class ExactCounts : public ::testing::Test {
 protected:
  static RunContext context_of(const std::vector<std::string>& stubs, bool instructions, bool syscalls) {
    RunContext context = test::stub_context(stubs);
    context.counts = {instructions, syscalls};
    context.effort.limit_seconds = 60;
    return context;
  }

  static store::CountFigures counted(const RunContext& context, const std::string& stub, std::uint64_t rounds) {
    CaseSetup setup;
    setup.context = &context;
    setup.spec = test::stub_case(stub, stub, test::kFewPeople, rounds);
    setup.workload_file = context.workloads.at("stub.table").file;
    setup.dataset_folder = context.dataset_folders.begin()->second;
    const CatalogEntry variant = context.catalog.find("stub." + stub).value();
    auto worker = launch(setup, variant, WorkerUse::kTimed);
    if (!worker) throw std::runtime_error(worker.error().message);
    const auto answer = worker->sample({});
    if (!answer) throw std::runtime_error(answer.error().message);
    return count_exactly(setup, variant, *answer).value();
  }
};

class CountInstructions : public ExactCounts {
 protected:
  void SetUp() override {
#ifdef ASSAY_SANITIZE
    GTEST_SKIP() << "sanitized programs do not run under valgrind";
#endif
    if (find_program("valgrind").empty()) GTEST_SKIP() << "valgrind is not installed";
  }
};

TEST_F(CountInstructions, SamePluginTwice_DiffersByLessThanAMillionth) {
  const RunContext context = context_of({"correct"}, true, false);
  const auto first = counted(context, "correct", 2000);
  const auto second = counted(context, "correct", 2000);
  ASSERT_TRUE(first.instructions) << first.instructions_reason.value_or("");
  ASSERT_TRUE(second.instructions) << second.instructions_reason.value_or("");
  EXPECT_NEAR(static_cast<double>(*first.instructions) / static_cast<double>(*second.instructions), 1, 1e-6);
}

TEST_F(CountInstructions, OneRoundMoreInTenThousand_Shows) {
  const RunContext context = context_of({"correct"}, true, false);
  const auto fewer = counted(context, "correct", 10'000);
  const auto more = counted(context, "correct", 10'001);
  ASSERT_TRUE(fewer.instructions && more.instructions) << fewer.instructions_reason.value_or("");
  EXPECT_GT(*fewer.instructions, 400 * 10'000);  // at least one instruction a row and round
  EXPECT_NEAR(static_cast<double>(*more.instructions) / static_cast<double>(*fewer.instructions), 1.0001, 0.00003);
}

TEST_F(CountInstructions, InstructionThatValgrindDoesNotKnow_IsNullWithAReason) {
  if (!__builtin_cpu_supports("avx512f")) GTEST_SKIP() << "this processor has no AVX-512";
  const auto counts = counted(context_of({"avx512"}, true, false), "avx512", 1);
  EXPECT_FALSE(counts.instructions);
  EXPECT_THAT(counts.instructions_reason.value_or(""), HasSubstr("x86-64-v3"));
}

TEST_F(CountInstructions, MoreThanOneThread_IsNullWithAReason) {
  RunContext context = context_of({"correct"}, true, false);
  context.thread_budget = 2;
  const auto counts = counted(context, "correct", 1);
  EXPECT_FALSE(counts.instructions);
  EXPECT_THAT(counts.instructions_reason.value_or(""), HasSubstr("one thread"));
}

TEST_F(CountInstructions, WholeCase_HasTheComparisonAndItsOutcomeStaysOk) {
  RunContext context = context_of({"correct", "twin"}, true, true);
  const test::Folder folder;
  auto journal = store::Journal::create(folder.path() / "journal.jsonl");
  ASSERT_TRUE(journal);
  const auto record = run_case(context, test::stub_case("correct", "twin"), *journal, [](double) {});
  ASSERT_TRUE(record) << record.error().message;
  ASSERT_EQ(record->outcome, store::Outcome::kOk) << record->reason.value_or("");
  std::vector<std::string> verdicts;
  for (const store::ComparisonRecord& comparison : record->comparisons) {
    if (comparison.metric.rfind("count/", 0) == 0) verdicts.push_back(comparison.metric + " " + comparison.verdict);
  }
  EXPECT_THAT(verdicts, testing::Contains("count/instructions EQUAL"));
  EXPECT_THAT(verdicts, testing::Contains("count/candidates EQUAL"));
  EXPECT_EQ(verdicts.size(), 3u);
  EXPECT_EQ(record->baseline.counters.at("candidates"), test::kFewPeople) << "of one run, whatever the iterations";
}

class CountSyscalls : public ExactCounts {};

TEST_F(CountSyscalls, FiftyCallsMore_AreFiftyMore) {
  const RunContext context = context_of({"system_calls"}, false, true);
  const auto fewer = counted(context, "system_calls", 50);
  const auto more = counted(context, "system_calls", 100);
  if (!fewer.syscalls) GTEST_SKIP() << fewer.syscalls_reason.value_or("no reason");
  ASSERT_TRUE(more.syscalls) << more.syscalls_reason.value_or("");
  EXPECT_EQ(*more.syscalls - *fewer.syscalls, 50);
  EXPECT_FALSE(fewer.instructions);  // not asked for: neither count nor reason
  EXPECT_FALSE(fewer.instructions_reason);
}

TEST_F(CountSyscalls, NobodyAsked_IsNothing) {
  CaseSetup setup;
  const RunContext context = context_of({"correct"}, false, false);
  setup.context = &context;
  EXPECT_FALSE(count_exactly(setup, context.catalog.find("stub.correct").value(), {}));
}

}  // namespace
}  // namespace assay::cli
