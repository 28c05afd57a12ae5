// Algorithms A1 to A4 by nested loops.
#include "matcher/reference/match.hpp"

#include <algorithm>
#include <string>
#include <tuple>

#include "matcher/reference/normalize.hpp"

namespace matcher::reference {
namespace {

// A row with its normal forms, made once per row.
struct Row {
  std::int64_t id = 0;
  std::optional<std::string> first;  // normalize_text
  std::optional<std::string> middle;
  std::optional<std::string> last;
  CaseName name;  // A3 and A4 only
};

// The rows that have a birthdate, and their birthdates side by side: most pairs fail on that comparison alone.
struct Table {
  std::vector<Row> rows;
  std::vector<std::int32_t> birthdates;
};

std::optional<std::string> normalized(const std::optional<std::string>& name) {
  return name ? std::optional(normalize_text(*name)) : std::nullopt;
}

bool is_cancelled(const MatchOptions& options) {
  return options.is_cancelled && options.is_cancelled();
}

std::optional<Table> read_table(std::span<const Person> persons, const MatchOptions& options) {
  Table table;
  for (const Person& person : persons) {
    if (is_cancelled(options)) return std::nullopt;
    if (!person.birthdate_days) continue;
    Row row{person.id, normalized(person.first), normalized(person.middle), normalized(person.last), {}};
    const std::string first = row.first.value_or("");
    const std::string middle = row.middle.value_or("");
    const std::string last = row.last.value_or("");
    if (options.algorithm == Algorithm::kA3) row.name = case_name(first, middle, last);
    if (options.algorithm == Algorithm::kA4) row.name = case_name(first, last);
    table.rows.push_back(std::move(row));
    table.birthdates.push_back(*person.birthdate_days);
  }
  return table;
}

bool exact_rule(const Row& left, const Row& right, bool with_middle) {
  if (!left.first || !right.first || !left.last || !right.last) return false;
  if (*left.first != *right.first || *left.last != *right.last) return false;
  return !with_middle || left.middle == right.middle;
}

std::optional<Match> match_rows(const Row& left, const Row& right, const MatchOptions& options) {
  if (options.algorithm == Algorithm::kA1 || options.algorithm == Algorithm::kA2) {
    if (!exact_rule(left, right, options.algorithm == Algorithm::kA2)) return std::nullopt;
    return Match{.left_id = left.id, .right_id = right.id};
  }
  const std::optional<CaseScore> found = case_rule(left.name, right.name);
  if (!found) return std::nullopt;
  if (static_cast<float>(found->score / 100.0) < static_cast<float>(options.threshold_percent / 100.0)) {
    return std::nullopt;
  }
  return Match{.left_id = left.id,
               .right_id = right.id,
               .rule = found->rule,
               .score = found->score,
               .distance = found->distance,
               .matches = found->matches,
               .half_transpositions = found->half_transpositions,
               .prefix = found->prefix,
               .phonetic_equal = found->phonetic_equal};
}

}  // namespace

std::optional<std::vector<Match>> match(std::span<const Person> left, std::span<const Person> right,
                                        const MatchOptions& options) {
  const std::optional<Table> left_table = read_table(left, options);
  const std::optional<Table> right_table = read_table(right, options);
  if (!left_table || !right_table) return std::nullopt;
  std::vector<Match> matches;
  for (std::size_t i = 0; i < left_table->rows.size(); ++i) {
    if (is_cancelled(options)) return std::nullopt;
    for (std::size_t j = 0; j < right_table->rows.size(); ++j) {
      if (left_table->birthdates[i] != right_table->birthdates[j]) continue;
      const std::optional<Match> found = match_rows(left_table->rows[i], right_table->rows[j], options);
      if (found) matches.push_back(*found);
    }
  }
  const auto ids = [](const Match& m) { return std::tie(m.left_id, m.right_id); };
  std::stable_sort(matches.begin(), matches.end(), [&](const Match& a, const Match& b) { return ids(a) < ids(b); });
  return matches;
}

}  // namespace matcher::reference
