// Every algorithm under every option: the engine against the definition, on random tables.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "matcher/cascade/cascade.hpp"
#include "matcher/engine/match_engine.hpp"
#include "matcher/household/roll_up.hpp"
#include "matcher/reference/cascade.hpp"
#include "matcher/reference/household.hpp"
#include "matcher/reference/match.hpp"
#include "matcher/reference/selection.hpp"
#include "matcher/resolution/selection.hpp"
#include "tests/matcher/agreement/random_persons.hpp"

namespace {

using namespace agreement;
namespace reference = matcher::reference;
using matcher::Algorithm;

// A result row with everything that must be equal; scores to the last bit.
struct Row {
  std::size_t left_row, right_row;
  std::uint32_t rule;
  std::size_t distance, matches, half_transpositions, prefix;
  bool phonetic_equal, for_review;
  double score;

  auto operator<=>(const Row&) const = default;
  friend std::ostream& operator<<(std::ostream& out, const Row& r) {
    return out << "rows " << r.left_row << ' ' << r.right_row << " rule " << r.rule << " parts " << r.distance << '/'
               << r.matches << '/' << r.half_transpositions << '/' << r.prefix << '/' << r.phonetic_equal << " score "
               << r.score << (r.for_review ? " review" : "");
  }
};

std::vector<Row> rows_of(const std::vector<reference::Match>& matches) {
  std::vector<Row> rows;
  for (const reference::Match& m : matches) {
    rows.push_back({m.left_row, m.right_row, static_cast<std::uint32_t>(m.rule), m.distance, m.matches,
                    m.half_transpositions, m.prefix, m.phonetic_equal, m.decision == reference::Decision::kReview,
                    m.score});
  }
  return rows;
}

std::vector<Row> rows_of(const std::vector<matcher::Match>& matches) {
  std::vector<Row> rows;
  for (const matcher::Match& m : matches) {
    rows.push_back({m.left_row, m.right_row, static_cast<std::uint32_t>(m.rule), m.parts.distance, m.parts.matches,
                    m.parts.half_transpositions, m.parts.prefix, m.phonetic_equal != 0, m.for_review, m.score});
  }
  return rows;
}

// The engine's options as the reference has them.
reference::MatchOptions in_reference(const matcher::MatchOptions& options) {
  reference::MatchOptions result;
  result.algorithm = static_cast<reference::Algorithm>(options.algorithm);
  result.threshold_percent = options.threshold_percent;
  result.normalizer = static_cast<reference::Normalizer>(options.conventions.normalizer);
  result.length_unit = options.conventions.length_unit == matcher::LengthUnit::kBytes ? reference::LengthUnit::kBytes
                                                                                      : reference::LengthUnit::kScalars;
  result.code_length = options.conventions.code_length;
  result.null_equals_null = options.conventions.null_equals_null;
  result.direct_normalization = options.direct_normalization;
  result.birthdate_test = static_cast<reference::BirthdateTest>(options.date_test);
  result.review_percent = options.review_percent;
  if (options.algorithm == Algorithm::kMax3 && !options.review_percent) {
    result.review_percent = std::min(85.0, options.threshold_percent);
  }
  for (const matcher::BlockingKey& key : options.blocking_keys) result.blocking_keys.push_back(key.text);
  result.same_table = options.same_table;
  return result;
}

void add_random_keys(RandomText& random, matcher::MatchOptions& options) {
  constexpr const char* kKeys[] = {"birthdate",
                                   "birthyear+soundex(last)",
                                   "last+first:1",
                                   "birthmonth+metaphone(last)",
                                   "monthday+first:1",
                                   "sound",
                                   "metaphone(first)",
                                   "middle:2+birthyear",
                                   "barangay+last:3",
                                   "city",
                                   "first",
                                   "soundex(middle)",
                                   "soundex(first)+last:1"};
  for (std::size_t n = 1 + random.below(3); n > 0; --n) {
    options.blocking_keys.push_back(matcher::parse_blocking_key(kKeys[random.below(std::size(kKeys))]).value());
  }
}

matcher::MatchOptions random_options(RandomText& random, Algorithm algorithm) {
  constexpr double kThresholds[] = {0.0, 50.0, 60.0, 66.68, 76.8, 85.0, 88.0, 95.0, 100.0};
  constexpr unsigned kLengths[] = {0, 4, 4, 1, 6, 15};
  matcher::MatchOptions options;
  options.algorithm = algorithm;
  options.threshold_percent = kThresholds[random.below(std::size(kThresholds))];
  options.threads = 1;
  if (random.one_in(3))
    options.review_percent = options.threshold_percent * static_cast<double>(random.below(11)) / 10.0;
  options.conventions.normalizer =
      random.one_in(2) ? matcher::Normalizer::kText
                       : static_cast<matcher::Normalizer>(random.below(matcher::kNormalizerNames.size()));
  options.conventions.length_unit = random.one_in(3) ? matcher::LengthUnit::kScalars : matcher::LengthUnit::kBytes;
  options.conventions.code_length = kLengths[random.below(std::size(kLengths))];
  options.conventions.null_equals_null = random.one_in(2);
  if (algorithm <= Algorithm::kA2) options.direct_normalization = random.one_in(2);
  if (takes_date_test(algorithm) && random.one_in(3)) options.date_test = matcher::DateTest::kSwap;
  if (random.one_in(3)) {
    add_random_keys(random, options);
    if (takes_date_test(algorithm) && algorithm != Algorithm::kL10 && random.one_in(2)) {
      options.date_test = matcher::DateTest::kAny;
    }
  }
  options.same_table = random.one_in(4);
  return options;
}

std::string shown(const matcher::MatchOptions& options) {
  std::string text = std::string(matcher::algorithm_name(options.algorithm)) + " threshold " +
                     std::to_string(options.threshold_percent) + " review " +
                     (options.review_percent ? std::to_string(*options.review_percent) : "none") + " date " +
                     std::string(matcher::kDateTestNames[static_cast<std::size_t>(options.date_test)]) +
                     " normalizer " +
                     std::string(matcher::kNormalizerNames[static_cast<std::size_t>(options.conventions.normalizer)]) +
                     " unit " + std::to_string(static_cast<int>(options.conventions.length_unit)) + " code " +
                     std::to_string(options.conventions.code_length) + (options.direct_normalization ? " direct" : "") +
                     (options.same_table ? " same table" : "");
  for (const auto& key : options.blocking_keys) text += " key " + key.text;
  return text;
}

class OptionsAgreement : public testing::TestWithParam<int> {};

TEST_P(OptionsAgreement, RandomTables_HaveTheSameMatches) {
  RandomText random(400 + static_cast<std::uint64_t>(GetParam()));
  std::size_t found = 0;
  for (std::size_t round = 0; round < scaled(400); ++round) {
    const std::vector<std::string> pool = random_pool(random);
    const Persons left = random_persons(random, pool, random.below(40), {});
    matcher::MatchOptions options = random_options(random, static_cast<Algorithm>(GetParam()));
    const Persons right = options.same_table ? left : random_persons(random, pool, random.below(40), left);
    SCOPED_TRACE(shown(options) + "\nleft" + agreement::shown(left) + "\nright" + agreement::shown(right));
    const matcher::PersonsTable left_table = table_of(left);
    const matcher::PersonsTable right_table = table_of(right);
    const auto expected = reference::match(left, right, in_reference(options));
    const auto actual = matcher::match_persons(left_table.view(), right_table.view(), options);
    ASSERT_TRUE(actual.has_value()) << actual.error().message;
    ASSERT_EQ(rows_of(*actual), rows_of(*expected));
    found += actual->size();
  }
  EXPECT_GT(found, scaled(400)) << "the tables hardly match at all";
}

INSTANTIATE_TEST_SUITE_P(All, OptionsAgreement, testing::Range(0, static_cast<int>(matcher::kAlgorithmNames.size())),
                         [](const auto& algorithm) {
                           std::string name(matcher::kAlgorithmNames[static_cast<std::size_t>(algorithm.param)]);
                           std::erase(name, '-');
                           return name;
                         });

TEST(HouseholdAgreement, RandomTables_HaveTheSameHouseholds) {
  RandomText random(77);
  std::size_t found = 0;
  for (std::size_t round = 0; round < scaled(600); ++round) {
    const std::vector<std::string> pool = random_pool(random);
    const Persons left = random_persons(random, pool, random.below(40), {});
    const Persons right = random_persons(random, pool, random.below(40), left);
    const matcher::PersonsTable left_table = table_of(left);
    const matcher::PersonsTable right_table = table_of(right);
    matcher::MatchOptions options;
    options.algorithm = Algorithm::kA4;
    options.threshold_percent = random.one_in(2) ? 95.0 : 60.0;
    options.date_test = random.one_in(3) ? matcher::DateTest::kSwap : matcher::DateTest::kEqual;
    const auto matches = matcher::match_persons(left_table.view(), right_table.view(), options).value();
    for (const bool by_left : {true, false}) {
      SCOPED_TRACE(shown(options) + "\nleft" + agreement::shown(left) + "\nright" + agreement::shown(right));
      const auto actual =
          matcher::roll_up_households(matches, left_table.view(), right_table.view(),
                                      by_left ? matcher::HouseholdSide::kLeft : matcher::HouseholdSide::kRight);
      const auto expected =
          reference::match_households(left, right, in_reference(options),
                                      by_left ? reference::HouseholdAlgorithm::kA5 : reference::HouseholdAlgorithm::kA6)
              .value();
      ASSERT_EQ(actual.size(), expected.size());
      for (std::size_t i = 0; i < actual.size(); ++i) {
        EXPECT_EQ(actual[i].uuid, expected[i].uuid);
        EXPECT_EQ(actual[i].hh_id, expected[i].household);
        EXPECT_EQ(actual[i].percent, expected[i].percent);
      }
      found += actual.size();
    }
  }
  EXPECT_GT(found, scaled(600));
}

TEST(CascadeAgreement, RandomTables_HaveTheSameLevels) {
  RandomText random(78);
  for (std::size_t round = 0; round < scaled(300); ++round) {
    const std::vector<std::string> pool = random_pool(random);
    const Persons left = random_persons(random, pool, random.below(40), {});
    const Persons right = random_persons(random, pool, random.below(40), left);
    matcher::CascadeOptions options;
    options.threads = 1;
    options.mode = random.one_in(2) ? matcher::CascadeMode::kExclusive : matcher::CascadeMode::kIndependent;
    options.threshold_percent = random.one_in(2) ? 95.0 : 70.0;
    options.date_test = random.one_in(2) ? matcher::DateTest::kSwap : matcher::DateTest::kEqual;
    for (int level = 11; level >= 1 && random.one_in(2); level -= 1 + static_cast<int>(random.below(3))) {
      options.levels.push_back(level);
    }
    reference::CascadeOptions same;
    same.pairs.threshold_percent = options.threshold_percent;
    same.pairs.birthdate_test = static_cast<reference::BirthdateTest>(options.date_test);
    same.exclusion = static_cast<reference::Exclusion>(options.mode);
    same.case_rule_normalizer = reference::Normalizer::kRaw;
    for (const int level : options.levels) {
      same.levels.push_back(static_cast<reference::Algorithm>(static_cast<int>(Algorithm::kL1) + level - 1));
    }
    const matcher::PersonsTable left_table = table_of(left);
    const matcher::PersonsTable right_table = table_of(right);
    SCOPED_TRACE("left" + agreement::shown(left) + "\nright" + agreement::shown(right));
    const auto actual = matcher::run_cascade(left_table.view(), right_table.view(), options).value();
    const auto expected = reference::run_cascade(left, right, same);
    ASSERT_EQ(actual.size(), expected.levels.size());
    for (std::size_t i = 0; i < actual.size(); ++i) {
      SCOPED_TRACE("level " + std::to_string(actual[i].level));
      ASSERT_EQ(rows_of(actual[i].matches), rows_of(expected.levels[i].matches));
    }
  }
}

TEST(SelectionAgreement, RandomTables_HaveTheSameChoice) {
  RandomText random(79);
  for (std::size_t round = 0; round < scaled(400); ++round) {
    const std::vector<std::string> pool = random_pool(random);
    const Persons left = random_persons(random, pool, random.below(12), {});
    const Persons right = random_persons(random, pool, random.below(12), left);
    matcher::MatchOptions options;
    options.algorithm = random.one_in(2) ? Algorithm::kA3 : Algorithm::kMax3;
    options.threshold_percent = 90.0;
    options.review_percent = 60.0;
    const matcher::PersonsTable left_table = table_of(left);
    const matcher::PersonsTable right_table = table_of(right);
    const auto matches = matcher::match_persons(left_table.view(), right_table.view(), options).value();
    const auto expected = reference::match(left, right, in_reference(options)).value();
    const auto choose = [&](matcher::Selection selection) {
      return matcher::select_matches(matches, selection, left.size(), right.size());
    };
    EXPECT_EQ(rows_of(choose(matcher::Selection::kBest)), rows_of(reference::select_best(expected)));
    EXPECT_EQ(rows_of(choose(matcher::Selection::kGreedy)), rows_of(reference::select_greedy(expected)));
    std::int64_t sum = 0;
    for (const matcher::Match& match : choose(matcher::Selection::kOptimal)) {
      if (!match.for_review) sum += reference::score_units(match.score);
    }
    EXPECT_EQ(sum, reference::select_optimal(expected).score_sum);
  }
}

}  // namespace
