// 5 % more work is found, on a machine that does nothing else meanwhile.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "tests/stub_plugins/launch.hpp"

namespace assay::cli {
namespace {

constexpr std::uint64_t kRounds = 20'000;  // some 20 ms a run: long against everything that disturbs
// Above this share of one processor, what others did is a reason not to judge.
constexpr double kOthersShare = 0.05;

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

// Processor seconds since some fixed moment: of all processes, and of this one with its ended children.
struct Load {
  double all = 0;
  double ours = 0;
};

// First line of /proc/stat: user nice system idle iowait irq softirq steal, in clock ticks (man 5 proc).
Load read_load() {
  std::ifstream stat("/proc/stat");
  std::string line;
  std::getline(stat, line);
  std::istringstream fields(line.substr(line.find(' ')));
  double ticks[8] = {};
  for (double& field : ticks) fields >> field;
  Load load;
  load.all =
      (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    ::getrusage(who, &usage);
    load.ours += seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  }
  return load;
}

TEST(FivePercent, MoreWorkOnAnIdleMachine_IsARegression) {
  if (::sysconf(_SC_NPROCESSORS_ONLN) < 2) GTEST_SKIP() << "needs two processors: one for the host, one for the worker";
  RunContext context = test::stub_context({"correct", "five_percent"});
  context.effort.budget_seconds = 15;
  context.effort.launches = 3;
  context.effort.limit_seconds = 30;
  const test::Folder folder;
  auto journal = store::Journal::create(folder.path() / "journal.jsonl");
  ASSERT_TRUE(journal);
  const auto spec = test::stub_case("correct", "five_percent", test::kFewPeople, kRounds);

  const Load before = read_load();
  const auto begin = std::chrono::steady_clock::now();
  const auto record = run_case(context, spec, *journal, [](double) {});
  const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const Load after = read_load();
  const double others = ((after.all - before.all) - (after.ours - before.ours)) / wall;
  std::printf("others used %.1f %% of one processor\n", others * 100);
  if (others > kOthersShare) GTEST_SKIP() << "others used " << others * 100 << " % of one processor meanwhile";

  ASSERT_TRUE(record) << record.error().message;
  ASSERT_EQ(record->outcome, store::Outcome::kOk) << record->reason.value_or("");
  ASSERT_FALSE(record->comparisons.empty());
  const store::ComparisonRecord& total = record->comparisons.front();
  EXPECT_EQ(total.metric, "time/total");
  EXPECT_EQ(total.verdict, "REGRESSED") << "ratio " << total.ratio.value_or(0) << ", margin "
                                        << total.margin.value_or(0) << ", pairs " << total.pairs.value_or(0);
  EXPECT_NEAR(total.ratio.value_or(0), 1.05, 0.02);
}

}  // namespace
}  // namespace assay::cli
