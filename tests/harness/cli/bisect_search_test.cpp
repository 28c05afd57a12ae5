// The search of a bisection with a fake comparer: the culprit, the number of comparisons, the error rate, resuming.
#include "harness/cli/bisect_search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>
#include <set>

namespace assay::cli {
namespace {

using ::testing::HasSubstr;

class FakeComparer : public Comparer {
 public:
  explicit FakeComparer(std::function<Result<BisectStep>(std::size_t)> answer) : answer_(std::move(answer)) {}
  Result<BisectStep> compare(std::size_t position) override {
    asked.push_back(position);
    return answer_(position);
  }
  std::vector<std::size_t> asked;

 private:
  std::function<Result<BisectStep>(std::size_t)> answer_;
};

BisectStep word(std::size_t position, Finding finding, const std::string& reason = "") {
  return {position, finding, {}, reason};
}

BisectStep pairs(std::size_t position, double log_ratio, std::size_t count = 24) {
  return {position, Finding::kMeasured, std::vector<double>(count, log_ratio), ""};
}

Status no_note(const BisectStep& /*step*/) {
  return {};
}

Result<BisectResult> search(const BisectPlan& plan, FakeComparer& comparer,
                            const std::vector<BisectStep>& earlier = {}) {
  return bisect(plan, comparer, earlier, no_note);
}

// Exact words: position `culprit` and all after it are slower.
FakeComparer exact(std::size_t culprit) {
  return FakeComparer([culprit](std::size_t position) {
    return word(position, position >= culprit ? Finding::kSlower : Finding::kNotSlower);
  });
}

TEST(BisectSearch, EveryCulprit_IsNamed) {
  for (std::size_t culprit = 1; culprit <= 64; ++culprit) {
    FakeComparer comparer = exact(culprit);
    const auto result = search({.last = 64, .answer_error = 0.0007}, comparer).value();
    EXPECT_EQ(result.suspects.first, culprit);
    EXPECT_EQ(result.suspects.last, culprit);
    EXPECT_TRUE(result.sure);
    EXPECT_LE(result.steps, 7U) << culprit;
    EXPECT_EQ(comparer.asked.size(), result.steps);
    EXPECT_EQ(comparer.asked.front(), 64U);  // first of all, is there anything to find
  }
}

TEST(BisectSearch, TwoCommits_AreDecidedByTheBadEndAlone) {
  FakeComparer comparer = exact(1);
  EXPECT_EQ(search({.last = 1}, comparer)->steps, 1U);
}

TEST(BisectSearch, WorseAnswers_AreAskedForAgain) {
  FakeComparer comparer = exact(20);
  const auto result = search({.last = 64, .answer_error = 0.2}, comparer).value();
  EXPECT_EQ(result.suspects.first, 20U);
  EXPECT_GT(result.steps, 12U);
  EXPECT_GE(result.suspects.probability, 0.95);
}

TEST(BisectSearch, MeasuredPairs_AreJudgedByHalfOfTheSlowdown) {
  // One commit adds 1.5 %, another 3.5 %: only the second crosses half of the whole.
  FakeComparer comparer([](std::size_t position) {
    return pairs(position, position >= 40 ? 0.05 : position >= 10 ? 0.015 : 0.0);
  });
  const auto result = search({.last = 64}, comparer).value();
  EXPECT_EQ(result.suspects.first, 40U);
  EXPECT_EQ(result.steps, 7U);
  EXPECT_DOUBLE_EQ(result.slowdown.value(), 0.05);
  FakeComparer again([](std::size_t position) {
    return pairs(position, position >= 40 ? 0.05 : position >= 10 ? 0.015 : 0.0);
  });
  EXPECT_EQ(search({.last = 64, .threshold = 0.01}, again)->suspects.first, 10U);
}

TEST(BisectSearch, UndecidedSamples_ArePooledUntilTheyDecide) {
  FakeComparer comparer([](std::size_t position) { return pairs(position, position >= 3 ? 0.05 : 0.0, 6); });
  const auto result = search({.last = 4}, comparer).value();
  EXPECT_EQ(result.suspects.first, 3U);
  EXPECT_EQ(comparer.asked, (std::vector<std::size_t>{4, 4, 2, 2, 3, 3}));  // 6 pairs reach no bound, 12 do
}

TEST(BisectSearch, PositionTooNearTheThreshold_IsLeftOutWithItsReason) {
  FakeComparer comparer([](std::size_t position) {
    BisectStep step = pairs(position, position > 4 ? 0.05 : 0.0);
    if (position == 4) {
      for (std::size_t i = 0; i < step.log_ratios.size(); i += 2) step.log_ratios[i] = 0.05;
    }
    return step;
  });
  const auto result = search({.last = 8}, comparer).value();
  EXPECT_EQ(result.suspects.first, 4U);
  EXPECT_EQ(result.suspects.last, 5U);
  EXPECT_TRUE(result.sure);
  ASSERT_EQ(result.untestable.size(), 1U);
  EXPECT_THAT(result.untestable[0].reason, HasSubstr("threshold"));
}

TEST(BisectSearch, PositionsThatDoNotBuild_AreAskedOnceAndNamedWithTheCulprit) {
  const std::set<std::size_t> broken{31, 32, 33};
  FakeComparer comparer([&](std::size_t position) {
    if (broken.count(position) > 0) return word(position, Finding::kUntestable, "does not build");
    return pairs(position, position >= 32 ? 0.05 : 0.0);
  });
  const auto result = search({.last = 64}, comparer).value();
  EXPECT_EQ(result.suspects.first, 31U);
  EXPECT_EQ(result.suspects.last, 34U);
  EXPECT_TRUE(result.sure);
  EXPECT_EQ(result.untestable.size(), 3U);
  EXPECT_EQ(std::set<std::size_t>(comparer.asked.begin(), comparer.asked.end()).size(), comparer.asked.size());
}

TEST(BisectSearch, BadEndThatIsNotSlower_IsNothingToBisect) {
  for (const double log_ratio : {0.0, -0.05, 0.01}) {
    FakeComparer comparer([&](std::size_t position) { return pairs(position, log_ratio); });
    const auto result = search({.last = 8}, comparer);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::kUsage);
    EXPECT_THAT(result.error().message, HasSubstr("nothing to bisect"));
    EXPECT_EQ(comparer.asked.size(), 1U);
  }
  FakeComparer broken([](std::size_t position) { return word(position, Finding::kUntestable, "does not build"); });
  EXPECT_THAT(search({.last = 8}, broken).error().message, HasSubstr("does not build"));
}

TEST(BisectSearch, MostSteps_EndWithARangeThatIsNotSure) {
  FakeComparer comparer = exact(20);
  const auto result = search({.last = 64, .most_steps = 4}, comparer).value();
  EXPECT_EQ(result.steps, 4U);
  EXPECT_FALSE(result.sure);
  EXPECT_LE(result.suspects.first, 20U);
  EXPECT_GE(result.suspects.last, 20U);
  EXPECT_GT(result.suspects.last, result.suspects.first);
}

TEST(BisectSearch, Interrupted_GoesOnWhereItWas) {
  FakeComparer whole([](std::size_t position) { return pairs(position, position >= 11 ? 0.05 : 0.0, 6); });
  ASSERT_TRUE(search({.last = 16}, whole));
  for (std::size_t stop = 0; stop < whole.asked.size(); ++stop) {
    std::vector<BisectStep> steps;
    FakeComparer first([&](std::size_t position) -> Result<BisectStep> {
      if (steps.size() == stop) return fail(ErrorKind::kInterrupted, "interrupted");
      return pairs(position, position >= 11 ? 0.05 : 0.0, 6);
    });
    const auto note = [&](const BisectStep& step) -> Status {
      steps.push_back(step);
      return {};
    };
    EXPECT_EQ(bisect({.last = 16}, first, {}, note).error().kind, ErrorKind::kInterrupted);
    FakeComparer second([](std::size_t position) { return pairs(position, position >= 11 ? 0.05 : 0.0, 6); });
    const auto result = search({.last = 16}, second, steps).value();
    EXPECT_EQ(result.suspects.first, 11U);
    EXPECT_EQ(second.asked,
              std::vector<std::size_t>(whole.asked.begin() + static_cast<std::ptrdiff_t>(stop), whole.asked.end()));
  }
}

TEST(BisectSearch, NoteThatCannotBeWritten_EndsTheSearch) {
  FakeComparer comparer = exact(3);
  const auto full = [](const BisectStep& /*step*/) -> Status { return fail(ErrorKind::kInternal, "disk full"); };
  EXPECT_THAT(bisect({.last = 8}, comparer, {}, full).error().message, HasSubstr("disk full"));
}

// Noise as measured on a shared machine: each comparison has an offset of its own (placement, 0.3 %), pairs spread by
// 1.5 %, and one in ten is hit by a burst of some 20 % in either arm.
struct Machine {
  std::mt19937_64 engine;

  double uniform() { return (static_cast<double>(engine() >> 11) + 0.5) * 0x1p-53; }
  double normal() { return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * 3.14159265358979323846 * uniform()); }
  BisectStep measure(std::size_t position, double effect) {
    BisectStep step{position, Finding::kMeasured, {}, ""};
    const double offset = effect + 0.003 * normal();
    for (int i = 0; i < 96; ++i) {  // as many as assay compare takes
      const double burst = uniform() < 0.1 ? 0.2 * normal() : 0.0;
      step.log_ratios.push_back(offset + 0.015 * normal() + burst);
    }
    return step;
  }
};

TEST(BisectSearch, FivePercentAmong64Commits_SevenComparisonsAtMostFivePercentWrong) {
  Machine machine{std::mt19937_64(64)};
  constexpr int kSearches = 1000;
  int wrong = 0;
  int in_seven = 0;
  std::size_t steps = 0;
  for (int i = 0; i < kSearches; ++i) {
    const std::size_t culprit = 1 + machine.engine() % 64;
    FakeComparer comparer(
        [&](std::size_t position) { return machine.measure(position, position >= culprit ? std::log(1.05) : 0.0); });
    const auto result = search({.last = 64}, comparer);
    ASSERT_TRUE(result) << result.error().message;
    wrong += result->suspects.first == culprit && result->suspects.last == culprit ? 0 : 1;
    in_seven += result->steps <= 7 ? 1 : 0;
    steps += result->steps;
  }
  RecordProperty("wrong_of_1000", wrong);
  RecordProperty("within_seven_of_1000", in_seven);
  EXPECT_LE(wrong, 50);
  EXPECT_GE(in_seven, 900);
  EXPECT_LE(static_cast<double>(steps) / kSearches, 7.5);
}

}  // namespace
}  // namespace assay::cli
