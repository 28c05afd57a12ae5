// When a second stage confirms a slowdown, and why not.
#include "harness/stats/confirmation.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/harness/stats/noise_draws.hpp"

namespace assay::stats {
namespace {

using Launches = std::vector<std::vector<double>>;

TEST(ConfirmRegression, EveryLaunchSlower_IsConfirmed) {
  EXPECT_EQ(confirm_regression(Launches(3, std::vector<double>(8, 0.03))), Confirmation::kConfirmed);
}

TEST(ConfirmRegression, InsideTheMarginButSlower_IsConfirmed) {
  EXPECT_EQ(confirm_regression(Launches(3, std::vector<double>(8, 0.001))), Confirmation::kConfirmed);
}

// 24 pairs: the 97.5 % bound is the 7th smallest value.
TEST(ConfirmRegression, SeventhSmallestPair_Decides) {
  Launches launches(3, std::vector<double>(8, 0.03));
  for (const std::size_t i : {0U, 1U}) launches[0][i] = launches[1][i] = launches[2][i] = -0.01;
  EXPECT_EQ(confirm_regression(launches), Confirmation::kConfirmed);  // six are not above zero
  launches[0][2] = 0.0;                                               // seven, and zero is not above zero
  EXPECT_EQ(confirm_regression(launches), Confirmation::kBoundNotAboveZero);
}

TEST(ConfirmRegression, TwoOfThreeLaunches_AreEnoughAndOneIsNot) {
  Launches launches(3, std::vector<double>(24, 0.03));
  launches[1].assign(3, -0.01);
  EXPECT_EQ(confirm_regression(launches), Confirmation::kConfirmed);
  launches[2].assign(3, -0.01);
  EXPECT_EQ(confirm_regression(launches), Confirmation::kLaunchesDisagree);
}

TEST(ConfirmRegression, LaunchOfMedianZero_DoesNotAgree) {
  Launches launches(3, std::vector<double>(24, 0.03));
  launches[1].assign(3, 0.0);
  launches[2].assign(3, 0.0);
  EXPECT_EQ(confirm_regression(launches), Confirmation::kLaunchesDisagree);
}

TEST(ConfirmRegression, EmptyLaunches_DoNotCount) {
  Launches launches(2, std::vector<double>(8, 0.03));
  launches.resize(9);
  EXPECT_EQ(confirm_regression(launches), Confirmation::kConfirmed);
}

TEST(ConfirmRegression, OneLaunch_ConfirmsNothing) {
  EXPECT_EQ(confirm_regression(Launches(1, std::vector<double>(50, 0.5))), Confirmation::kTooFewLaunches);
  EXPECT_EQ(confirm_regression({}), Confirmation::kTooFewLaunches);
}

TEST(ConfirmRegression, FivePairs_AreTooFew) {
  EXPECT_EQ(confirm_regression(Launches{{0.5, 0.5, 0.5}, {0.5, 0.5}}), Confirmation::kTooFewPairs);
  EXPECT_EQ(confirm_regression(Launches{{0.5, 0.5, 0.5}, {0.5, 0.5, 0.5}}), Confirmation::kConfirmed);
}

// Equal code whose processes differ steadily by sigma 0.3 %: the bound, which takes pairs for independent, is often
// above zero; the launches take some of that back.
TEST(ConfirmRegression, PlacementOfProcesses_IsConfirmedLessOftenThanByTheBoundAlone) {
  std::mt19937_64 engine(41);
  int confirmed = 0;
  int disagree = 0;
  for (int i = 0; i < 2000; ++i) {
    Launches launches;
    for (int launch = 0; launch < 6; ++launch) {
      launches.push_back(normal_pairs(engine, 16, 0.003 * normal(engine), 0.002));
    }
    const Confirmation answer = confirm_regression(launches);
    confirmed += answer == Confirmation::kConfirmed ? 1 : 0;
    disagree += answer == Confirmation::kLaunchesDisagree ? 1 : 0;
  }
  EXPECT_LE(confirmed, 600);
  EXPECT_GE(disagree, 10);
}

TEST(ConfirmationText, EveryAnswer_HasAWord) {
  EXPECT_EQ(to_string(Confirmation::kConfirmed), "confirmed");
  EXPECT_EQ(to_string(Confirmation::kBoundNotAboveZero), "bound_not_above_zero");
  EXPECT_EQ(to_string(Confirmation::kLaunchesDisagree), "launches_disagree");
  EXPECT_EQ(to_string(Confirmation::kTooFewPairs), "too_few_pairs");
  EXPECT_EQ(to_string(Confirmation::kTooFewLaunches), "too_few_launches");
}

}  // namespace
}  // namespace assay::stats
