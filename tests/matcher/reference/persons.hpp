// Short ways to write the persons and matches of a test.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "matcher/reference/match.hpp"

namespace reference_test {

using matcher::reference::Algorithm;
using matcher::reference::Match;
using matcher::reference::MatchOptions;
using matcher::reference::Person;

using Name = std::optional<std::string>;
using Pairs = std::vector<std::pair<std::int64_t, std::int64_t>>;

// Days since 1970-01-01.
inline std::int32_t date(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day calendar{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  return static_cast<std::int32_t>(std::chrono::sys_days(calendar).time_since_epoch().count());
}

inline Person person(std::int64_t id, Name first, Name middle, Name last,
                     std::optional<std::int32_t> birthdate_days = 100) {
  return {id, std::move(first), std::move(middle), std::move(last), birthdate_days};
}

inline Pairs ids(const std::vector<Match>& matches) {
  Pairs result;
  for (const Match& m : matches) result.emplace_back(m.left_id, m.right_id);
  return result;
}

// Every accepted pair, whatever its score, unless the options say otherwise.
inline MatchOptions all_of(Algorithm algorithm) {
  return {.algorithm = algorithm, .threshold_percent = 0.0, .is_cancelled = {}};
}

inline std::vector<Match> matches(const std::vector<Person>& left, const std::vector<Person>& right,
                                  const MatchOptions& options) {
  return matcher::reference::match(left, right, options).value();
}

// The one match of two rows, if there is one.
inline std::optional<Match> match_of(const Person& left, const Person& right, const MatchOptions& options) {
  const std::vector<Match> found = matches({left}, {right}, options);
  return found.empty() ? std::nullopt : std::optional(found.front());
}

}  // namespace reference_test
