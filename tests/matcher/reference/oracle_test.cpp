// The oracle data: 20,000 x 20,000 persons, every accepted pair as the audited matcher's own string libraries see it.
#include <gtest/gtest.h>

#include <charconv>
#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "matcher/reference/case_rule.hpp"
#include "matcher/reference/match.hpp"
#include "matcher/reference/normalize.hpp"
#include "tests/matcher/reference/csv.hpp"

namespace {

using namespace matcher::reference;

#if defined(NDEBUG) && !defined(ASSAY_SANITIZE)
constexpr bool kWholeTable = true;
#else
constexpr bool kWholeTable = false;  // the first left rows only: unoptimized code needs minutes for all
#endif
constexpr std::size_t kSliceRows = 2000;

template <class T>
T number(const std::string& text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) throw std::runtime_error("not a number: " + text);
  return value;
}

std::int32_t days(const std::string& iso) {
  using namespace std::chrono;
  const year_month_day date(year(number<int>(iso.substr(0, 4))), month(number<unsigned>(iso.substr(5, 2))),
                            day(number<unsigned>(iso.substr(8, 2))));
  return static_cast<std::int32_t>(sys_days(date).time_since_epoch().count());
}

std::optional<std::string> name(const std::string& field) {
  return field.empty() ? std::nullopt : std::optional(field);
}

std::vector<Person> read_persons(const std::string& path) {
  std::vector<Person> persons;
  for (const csv::Line& line : csv::read(path)) {
    persons.push_back({number<std::int64_t>(line.at("id")), name(line.at("first_name")), name(line.at("middle_name")),
                       name(line.at("last_name")), days(line.at("birthdate"))});
  }
  return persons;
}

std::string code_of(const Person& p, Algorithm algorithm) {
  const std::string first = normalize_text(p.first.value_or(""));
  const std::string last = normalize_text(p.last.value_or(""));
  if (algorithm == Algorithm::kA4) return case_name(first, last).phonetic_code;
  return case_name(first, normalize_text(p.middle.value_or("")), last).phonetic_code;
}

const char* case_label(Rule rule) {
  switch (rule) {
    case Rule::kExact:
      return "EXACT";
    case Rule::kDirect:
      return "DIRECT";
    case Rule::kCase1:
      return "CASE 1";
    case Rule::kCase2:
      return "CASE 2";
    case Rule::kCase3:
      return "CASE 3";
    case Rule::kWeighted:
    case Rule::kAutoMatch:
    case Rule::kReview:
      break;
  }
  return "?";
}

using Ids = std::pair<std::int64_t, std::int64_t>;

class Oracle : public testing::Test {
 protected:
  void SetUp() override {
    const std::string folder = std::string(ASSAY_SHARED_DIR) + "/data/oracle/people-20k/";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no oracle data at " << folder;
    left_ = read_persons(folder + "left.csv");
    right_ = read_persons(folder + "right.csv");
    ASSERT_EQ(left_.size(), 20000U);
    ASSERT_EQ(right_.size(), 20000U);
    if (!kWholeTable) left_.resize(kSliceRows);
    for (const Person& p : left_) left_by_id_[p.id] = p;
    for (const Person& p : right_) right_by_id_[p.id] = p;
    for (csv::Line& line : csv::read(folder + "pairs.csv")) {
      const Ids ids(number<std::int64_t>(line.at("left_id")), number<std::int64_t>(line.at("right_id")));
      if (left_by_id_.contains(ids.first)) expected_[line.at("algorithm")][ids] = std::move(line);
    }
  }

  std::vector<Match> run(Algorithm algorithm) const {
    return match(left_, right_, {.algorithm = algorithm, .threshold_percent = 0.0, .is_cancelled = {}}).value();
  }

  void expect_line(const Match& m, Algorithm algorithm, const csv::Line& line) const;
  void expect_oracle_pairs(Algorithm algorithm, const std::string& key, std::size_t pair_count) const;
  void expect_direct_pairs(Algorithm algorithm, const std::string& key, std::size_t pair_count) const;

  std::vector<Person> left_, right_;
  std::map<std::int64_t, Person> left_by_id_, right_by_id_;
  std::map<std::string, std::map<Ids, csv::Line>> expected_;
};

void Oracle::expect_line(const Match& m, Algorithm algorithm, const csv::Line& line) const {
  const Person& left = left_by_id_.at(m.left_id);
  const Person& right = right_by_id_.at(m.right_id);
  EXPECT_EQ(case_label(m.rule), line.at("case"));
  EXPECT_NEAR(m.score, number<double>(line.at("score")), 1e-6);
  EXPECT_EQ(code_of(left, algorithm), line.at("double_metaphone_left"));
  EXPECT_EQ(code_of(right, algorithm), line.at("double_metaphone_right"));
  if (m.rule == Rule::kDirect) return;
  const auto score = algorithm == Algorithm::kA3
                         ? case_rule(case_name(normalize_text(*left.first), normalize_text(left.middle.value_or("")),
                                               normalize_text(*left.last)),
                                     case_name(normalize_text(*right.first), normalize_text(right.middle.value_or("")),
                                               normalize_text(*right.last)))
                         : case_rule(case_name(normalize_text(*left.first), normalize_text(*left.last)),
                                     case_name(normalize_text(*right.first), normalize_text(*right.last)));
  EXPECT_NEAR(score->levenshtein_percent, number<double>(line.at("levenshtein_pct")), 1e-6);
  EXPECT_NEAR(score->jaro_winkler_percent, number<double>(line.at("jaro_winkler_pct")), 1e-6);
}

void Oracle::expect_oracle_pairs(Algorithm algorithm, const std::string& key, std::size_t pair_count) const {
  const std::map<Ids, csv::Line>& expected = expected_.at(key);
  if (kWholeTable) {
    ASSERT_EQ(expected.size(), pair_count);
  }
  const std::vector<Match> found = run(algorithm);
  EXPECT_EQ(found.size(), expected.size());
  for (const Match& m : found) {
    SCOPED_TRACE(key + " pair " + std::to_string(m.left_id) + ", " + std::to_string(m.right_id));
    const auto line = expected.find({m.left_id, m.right_id});
    ASSERT_NE(line, expected.end());
    expect_line(m, algorithm, line->second);
  }
}

// The oracle has only the number of exact pairs; each of them must be a direct match of the case rule as well.
void Oracle::expect_direct_pairs(Algorithm algorithm, const std::string& key, std::size_t pair_count) const {
  const std::vector<Match> found = run(algorithm);
  if (kWholeTable) {
    EXPECT_EQ(found.size(), pair_count);
  }
  EXPECT_GT(found.size(), 0U);
  for (const Match& m : found) {
    const auto line = expected_.at(key).find({m.left_id, m.right_id});
    ASSERT_NE(line, expected_.at(key).end()) << m.left_id << ", " << m.right_id;
    EXPECT_EQ(line->second.at("case"), "DIRECT");
  }
}

TEST_F(Oracle, A1_HasTheOraclesPairCount) {
  expect_direct_pairs(Algorithm::kA1, "A4", 5719);
}
TEST_F(Oracle, A2_HasTheOraclesPairCount) {
  expect_direct_pairs(Algorithm::kA2, "A3", 5120);
}
TEST_F(Oracle, A3_GivesExactlyTheOraclesPairs) {
  expect_oracle_pairs(Algorithm::kA3, "A3", 9614);
}
TEST_F(Oracle, A4_GivesExactlyTheOraclesPairs) {
  expect_oracle_pairs(Algorithm::kA4, "A4", 9692);
}

}  // namespace
