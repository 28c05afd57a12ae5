// Every algorithm by nested loops.
#include "matcher/reference/match.hpp"

#include <algorithm>
#include <tuple>

#include "matcher/reference/blocking.hpp"
#include "matcher/reference/exact.hpp"
#include "matcher/reference/row.hpp"
#include "matcher/reference/scored.hpp"

namespace matcher::reference {
namespace {

enum class DateRule { kEqual, kEqualOrSwapped, kYearsNear, kNone };

DateRule date_rule(const MatchOptions& options) {
  const Algorithm algorithm = options.algorithm;
  if (algorithm >= Algorithm::kL4 && algorithm <= Algorithm::kL9) return DateRule::kNone;
  if (algorithm == Algorithm::kA7Tiers) return DateRule::kYearsNear;
  const bool knows_any = algorithm == Algorithm::kA3 || algorithm == Algorithm::kA4 || algorithm == Algorithm::kMax3;
  const bool knows_swap = knows_any || algorithm == Algorithm::kL10;
  if (knows_any && options.birthdate_test == BirthdateTest::kAny) return DateRule::kNone;
  if (knows_swap && options.birthdate_test == BirthdateTest::kSwap) return DateRule::kEqualOrSwapped;
  return DateRule::kEqual;
}

bool dates_fit(DateRule rule, std::int32_t left, std::int32_t right) {
  if (rule == DateRule::kEqual) return left == right;
  if (rule == DateRule::kEqualOrSwapped) return is_same_or_swapped(left, right);
  return rule == DateRule::kNone || years_differ_by_at_most_one(left, right);
}

// The rows that can match at all: without a birthdate only where nothing is asked of it.
struct Table {
  std::vector<Row> rows;
  std::vector<std::int32_t> birthdates;  // of the rows, side by side: most pairs fail on that comparison alone
};

bool is_cancelled(const MatchOptions& options) {
  return options.is_cancelled && options.is_cancelled();
}

std::optional<Table> read_table(std::span<const Person> persons, const MatchOptions& options) {
  const bool needs_birthdate = date_rule(options) != DateRule::kNone;
  Table table;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    if (is_cancelled(options)) return std::nullopt;
    if (needs_birthdate && !persons[i].birthdate_days) continue;
    table.rows.push_back(make_row(persons[i], i, options));
    table.birthdates.push_back(persons[i].birthdate_days.value_or(0));
  }
  return table;
}

bool reaches(double score_percent, double bound_percent) {
  return static_cast<float>(score_percent / 100.0) >= static_cast<float>(bound_percent / 100.0);
}

std::optional<Decision> decide(double score_percent, const MatchOptions& options) {
  if (reaches(score_percent, options.threshold_percent)) return Decision::kMatch;
  if (options.review_percent && reaches(score_percent, *options.review_percent)) return Decision::kReview;
  return std::nullopt;
}

// REQUIRES: the birthdates fit.
std::optional<Match> match_rows(const Row& left, const Row& right, const MatchOptions& options) {
  if (options.same_table && left.number >= right.number) return std::nullopt;
  if (!options.blocking_keys.empty() && !agree_on_a_key(left, right)) return std::nullopt;
  Match match{.left_id = left.id, .right_id = right.id, .left_row = left.number, .right_row = right.number};
  if (is_exact(options.algorithm)) {
    if (!accepts_exactly(left, right, options)) return std::nullopt;
    return match;
  }
  const std::optional<CaseScore> found = score_rows(left, right, options);
  if (!found) return std::nullopt;
  const std::optional<Decision> decision = decide(found->score, options);
  if (!decision) return std::nullopt;
  match.rule = found->rule;
  match.score = found->score;
  match.distance = found->distance;
  match.matches = found->matches;
  match.half_transpositions = found->half_transpositions;
  match.prefix = found->prefix;
  match.phonetic_equal = found->phonetic_equal;
  match.decision = *decision;
  return match;
}

}  // namespace

std::optional<std::vector<Match>> match(std::span<const Person> left, std::span<const Person> right,
                                        const MatchOptions& options) {
  for (const std::string& key : options.blocking_keys) static_cast<void>(parse_blocking_key(key));  // throws
  const std::optional<Table> left_table = read_table(left, options);
  const std::optional<Table> right_table = read_table(right, options);
  if (!left_table || !right_table) return std::nullopt;
  const DateRule rule = date_rule(options);
  std::vector<Match> matches;
  for (std::size_t i = 0; i < left_table->rows.size(); ++i) {
    if (is_cancelled(options)) return std::nullopt;
    for (std::size_t j = 0; j < right_table->rows.size(); ++j) {
      if (!dates_fit(rule, left_table->birthdates[i], right_table->birthdates[j])) continue;
      const std::optional<Match> found = match_rows(left_table->rows[i], right_table->rows[j], options);
      if (found) matches.push_back(*found);
    }
  }
  sort_matches(matches);
  return matches;
}

void sort_matches(std::vector<Match>& matches) {
  const auto place = [](const Match& m) { return std::tie(m.left_id, m.right_id, m.left_row, m.right_row); };
  std::sort(matches.begin(), matches.end(), [&](const Match& a, const Match& b) { return place(a) < place(b); });
}

}  // namespace matcher::reference
