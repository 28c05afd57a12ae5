// A/A on the real road: one code under two names is never called a change, however busy the machine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/stub_plugins/launch.hpp"

namespace assay::cli {
namespace {

using testing::AnyOf;
using testing::Not;

// About 1 ms a run: well above the clock and the scheduler's tick.
constexpr std::uint64_t kRounds = 1000;

class IdenticalTest : public testing::TestWithParam<std::uint64_t> {};

TEST_P(IdenticalTest, TwoCopiesOfOneModule_AreNoChange) {
  RunContext context = test::stub_context({"correct", "twin"});
  context.effort.budget_seconds = 1.5;
  context.effort.launches = 2;
  context.effort.limit_seconds = 30;
  context.seed = GetParam();
  const test::Folder folder;
  auto journal = store::Journal::create(folder.path() / "journal.jsonl");
  ASSERT_TRUE(journal);
  const auto spec = test::stub_case("correct", "twin", test::kFewPeople, kRounds);
  const auto record = run_case(context, spec, *journal, [](double) {});
  ASSERT_TRUE(record) << record.error().message;
  ASSERT_EQ(record->outcome, store::Outcome::kOk) << record->reason.value_or("");
  EXPECT_GE(record->design.pairs, 8u);
  EXPECT_GE(record->design.control_pairs, 4u);
  for (const store::ComparisonRecord& comparison : record->comparisons) {
    if (comparison.metric != "time/total" && comparison.metric != "time/cpu") continue;
    EXPECT_THAT(comparison.verdict, Not(AnyOf("REGRESSED", "IMPROVED")))
        << comparison.metric << " ratio " << comparison.ratio.value_or(0) << ", margin "
        << comparison.margin.value_or(0);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, IdenticalTest, testing::Values(1, 2, 3));

}  // namespace
}  // namespace assay::cli
