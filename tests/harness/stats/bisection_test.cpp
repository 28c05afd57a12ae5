// Noisy bisection: Bayes' rule, where to ask, what cannot be told apart, and the stated error rate by simulation.
#include "harness/stats/bisection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace assay::stats {
namespace {

std::vector<bool> all_askable(std::size_t suspects) {
  return std::vector<bool>(suspects + 1, true);
}

double uniform(std::mt19937_64& engine) {
  return (static_cast<double>(engine() >> 11) + 0.5) * 0x1p-53;
}

TEST(SuspectProbabilities, NoAnswer_AllAreEqual) {
  for (const double probability : suspect_probabilities(4, {})) EXPECT_DOUBLE_EQ(probability, 0.25);
}

TEST(SuspectProbabilities, OneAnswer_IsBayesRule) {
  const std::vector<BisectionAnswer> answers{{1, true, 0.1}};  // position 1 is bad, so suspect 1 is the culprit
  const auto probabilities = suspect_probabilities(3, answers);
  const double sum = 0.9 + 0.1 + 0.1;
  EXPECT_DOUBLE_EQ(probabilities[0], 0.9 / sum);
  EXPECT_DOUBLE_EQ(probabilities[1], 0.1 / sum);
  EXPECT_DOUBLE_EQ(probabilities[2], 0.1 / sum);
}

TEST(SuspectProbabilities, ContraryAnswers_CancelOut) {
  const std::vector<BisectionAnswer> answers{{2, true, 0.2}, {2, false, 0.2}};
  for (const double probability : suspect_probabilities(5, answers)) EXPECT_NEAR(probability, 0.2, 1e-15);
}

TEST(NextPosition, Untouched_IsTheMiddle) {
  EXPECT_EQ(next_position(suspect_probabilities(64, {}), all_askable(64)), 32U);
  EXPECT_EQ(next_position(suspect_probabilities(2, {}), all_askable(2)), 1U);
  EXPECT_FALSE(next_position(suspect_probabilities(1, {}), all_askable(1)));
}

TEST(NextPosition, MiddleThatCannotBeAsked_IsItsNeighbour) {
  std::vector<bool> askable = all_askable(8);
  askable[4] = false;
  const auto position = next_position(suspect_probabilities(8, {}), askable);
  EXPECT_TRUE(position == 3U || position == 5U);
  askable.assign(9, false);
  EXPECT_FALSE(next_position(suspect_probabilities(8, {}), askable));
}

TEST(NextPosition, ClearedSuspects_AreNotAskedAboutAgain) {
  const std::vector<BisectionAnswer> answers{{5, true, 1e-12}, {4, false, 1e-12}};
  EXPECT_FALSE(next_position(suspect_probabilities(8, answers), all_askable(8)));
}

TEST(LikelyRange, SureOfOne_IsThatOne) {
  const std::vector<BisectionAnswer> answers{{5, true, 0.001}, {4, false, 0.001}};
  const SuspectRange range = likely_range(suspect_probabilities(8, answers), all_askable(8), 0.95);
  EXPECT_EQ(range.first, 5U);
  EXPECT_EQ(range.last, 5U);
  EXPECT_GT(range.probability, 0.95);
}

TEST(LikelyRange, PositionsThatCannotBeAsked_KeepTheirSuspectsTogether) {
  std::vector<bool> askable = all_askable(8);
  askable[4] = askable[5] = false;
  const std::vector<BisectionAnswer> answers{{6, true, 0.001}, {3, false, 0.001}};
  const SuspectRange range = likely_range(suspect_probabilities(8, answers), askable, 0.95);
  EXPECT_EQ(range.first, 4U);
  EXPECT_EQ(range.last, 6U);
}

TEST(LikelyRange, OneOfAGroup_StandsForAllOfIt) {
  std::vector<bool> askable = all_askable(4);
  askable[1] = false;
  const SuspectRange range = likely_range(std::vector<double>{0.01, 0.97, 0.01, 0.01}, askable, 0.95);
  EXPECT_EQ(range.first, 1U);
  EXPECT_EQ(range.last, 2U);
}

TEST(LikelyRange, SpreadProbability_IsTheShortestRangeThatHoldsEnough) {
  const std::vector<double> probabilities{0.05, 0.4, 0.3, 0.02, 0.2, 0.03};
  const SuspectRange half = likely_range(probabilities, all_askable(6), 0.5);
  EXPECT_EQ(half.first, 2U);
  EXPECT_EQ(half.last, 3U);
  EXPECT_NEAR(half.probability, 0.7, 1e-12);
  const SuspectRange most = likely_range(probabilities, all_askable(6), 0.9);
  EXPECT_EQ(most.first, 2U);
  EXPECT_EQ(most.last, 5U);
}

TEST(LikelyRange, NothingKnown_IsEverybody) {
  const SuspectRange range = likely_range(suspect_probabilities(10, {}), all_askable(10), 0.95);
  EXPECT_EQ(range.first, 1U);
  EXPECT_EQ(range.last, 10U);
  EXPECT_NEAR(range.probability, 1, 1e-12);
}

TEST(SideOf, EnoughOnOneSide_IsDecidedElseNot) {
  EXPECT_EQ(side_of(std::vector<double>(8, 0.05), 0.02, 0.005), Side::kAbove);  // 2^-8 is below 0.005
  EXPECT_EQ(side_of(std::vector<double>(8, 0.00), 0.02, 0.005), Side::kBelow);
  EXPECT_EQ(side_of(std::vector<double>(7, 0.05), 0.02, 0.005), Side::kUndecided);
  EXPECT_EQ(side_of(std::vector<double>{}, 0.02, 0.005), Side::kUndecided);
  std::vector<double> torn(20, 0.05);
  std::fill(torn.begin(), torn.begin() + 10, 0.0);
  EXPECT_EQ(side_of(torn, 0.02, 0.005), Side::kUndecided);
}

TEST(ErrorOfLook, AllLooksTogether_SpendLessThanTheWhole) {
  double spent = 0;
  for (std::size_t look = 1; look <= 40; ++look) spent += error_of_look(0.01, look);
  EXPECT_LT(spent, 0.01);
  EXPECT_GT(spent, 0.0099);
}

struct Search {
  std::size_t named = 0;
  std::size_t answers = 0;
};

// Searches until one suspect is named with `confidence`; `answer` is asked for a position.
template <class Answer>
Search search(std::size_t suspects, double confidence, double error, Answer answer) {
  std::vector<BisectionAnswer> answers;
  const std::vector<bool> askable = all_askable(suspects);
  for (;;) {
    const auto probabilities = suspect_probabilities(suspects, answers);
    const SuspectRange range = likely_range(probabilities, askable, confidence);
    const auto position = next_position(probabilities, askable);
    if (range.first == range.last || !position) return {range.first, answers.size()};
    answers.push_back({*position, answer(*position), error});
  }
}

struct Rates {
  double wrong = 0;
  double mean_answers = 0;
  std::size_t most_answers = 0;
};

// 2000 searches for a random culprit with answers that are wrong with probability `error`.
Rates simulate(std::size_t suspects, double error, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  constexpr int kSearches = 2000;
  Rates rates;
  for (int i = 0; i < kSearches; ++i) {
    const std::size_t culprit = 1 + engine() % suspects;
    const Search found = search(suspects, 0.95, error, [&](std::size_t position) {
      const bool bad = position >= culprit;
      return uniform(engine) < error ? !bad : bad;
    });
    rates.wrong += found.named == culprit ? 0.0 : 1.0 / kSearches;
    rates.mean_answers += static_cast<double>(found.answers) / kSearches;
    rates.most_answers = std::max(rates.most_answers, found.answers);
  }
  return rates;
}

TEST(NoisyBisection, SixtyFourSuspects_AreOneInSixAnswersAtTheErrorAskedFor) {
  const Rates rates = simulate(64, error_per_answer(64, 0.05), 1);
  EXPECT_LE(rates.wrong, 0.05);
  EXPECT_GE(rates.mean_answers, 6.0);
  EXPECT_LE(rates.mean_answers, 6.2);
}

TEST(NoisyBisection, WorseAnswers_CostMoreOfThemButNoMoreErrors) {
  for (const double error : {0.05, 0.2, 0.35}) {
    for (const std::size_t suspects : {2U, 7U, 64U}) {
      const Rates rates = simulate(suspects, error, 2);
      EXPECT_LE(rates.wrong, 0.05 + 0.015) << error << " " << suspects;  // 3 standard errors of 2000 searches
      EXPECT_GE(rates.mean_answers, 0.999 * std::log2(static_cast<double>(suspects))) << error << " " << suspects;
    }
  }
}

TEST(NoisyBisection, RightAnswers_NameTheCulpritWhereverItIs) {
  for (const std::size_t suspects : {1U, 2U, 3U, 10U, 64U, 1000U}) {
    const double error = error_per_answer(suspects, 0.05);
    const auto bound = static_cast<std::size_t>(std::ceil(std::log2(static_cast<double>(suspects)))) + 1;
    for (std::size_t culprit = 1; culprit <= suspects; ++culprit) {
      const Search found = search(suspects, 0.95, error, [&](std::size_t position) { return position >= culprit; });
      EXPECT_EQ(found.named, culprit) << suspects;
      EXPECT_LE(found.answers, bound) << suspects << " " << culprit;
    }
  }
}

}  // namespace
}  // namespace assay::stats
