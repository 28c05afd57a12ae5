// The engine against the oracle on two small tables under any options: the same pairs, to the last bit of a score.
#include <cstdio>
#include <string>
#include <vector>

#include "matcher/engine/match_engine.hpp"
#include "matcher/engine/match_plan.hpp"
#include "matcher/fuzz/engine_case.hpp"
#include "matcher/fuzz/require.hpp"
#include "matcher/reference/match.hpp"
#include "matcher/rules/case_rule.hpp"

namespace {

using namespace matcher::fuzz;
namespace reference = matcher::reference;

// A pair with everything that must be equal.
struct Pair {
  std::size_t left_row = 0;
  std::size_t right_row = 0;
  unsigned rule = 0;
  std::size_t distance = 0;
  std::size_t matches = 0;
  std::size_t half_transpositions = 0;
  std::size_t prefix = 0;
  bool phonetic_equal = false;
  bool for_review = false;
  double score = 0.0;

  friend bool operator==(const Pair&, const Pair&) = default;
};

std::vector<Pair> by_engine(const EngineCase& decoded) {
  matcher::MatchOptions options = decoded.options;
  options.left_pool = decoded.left.pool;
  options.right_pool = decoded.right.pool;
  const matcher::PersonsTable left = decoded.left.columns();
  const matcher::PersonsTable right = decoded.right.columns();
  const auto& other = options.same_table ? left : right;
  const auto result = matcher::run_match(left.view(), other.view(), options);
  if (!result) require(false, "the engine fails", result.error().message + '\n' + shown(decoded));
  std::vector<Pair> pairs;
  for (const matcher::Match& m : result->matches) {
    pairs.push_back({m.left_row, m.right_row, static_cast<unsigned>(m.rule), m.parts.distance, m.parts.matches,
                     m.parts.half_transpositions, m.parts.prefix, m.phonetic_equal != 0, m.for_review, m.score});
  }
  return pairs;
}

// The rows of the pool, and their numbers in the whole table.
struct Pool {
  std::vector<reference::Person> persons;
  std::vector<std::size_t> rows;
};

Pool pool_of(const CaseTable& table) {
  Pool pool;
  for (std::size_t i = 0; i < table.persons.size(); ++i) {
    if (table.pool[i] == 0) continue;
    pool.persons.push_back(table.persons[i]);
    pool.rows.push_back(i);
  }
  return pool;
}

std::vector<Pair> by_oracle(const EngineCase& decoded) {
  const Pool left = pool_of(decoded.left);
  const Pool right = pool_of(decoded.right);
  const auto matches = reference::match(left.persons, right.persons, reference_options(decoded.options));
  std::vector<Pair> pairs;
  for (const reference::Match& m : matches.value()) {
    pairs.push_back({left.rows[m.left_row], right.rows[m.right_row], static_cast<unsigned>(m.rule), m.distance,
                     m.matches, m.half_transpositions, m.prefix, m.phonetic_equal,
                     m.decision == reference::Decision::kReview, m.score});
  }
  return pairs;
}

std::string shown(const std::vector<Pair>& pairs) {
  std::string out;
  for (const Pair& p : pairs) {
    char line[160];
    std::snprintf(line, sizeof line, "\n  rows %zu %zu rule %u parts %zu/%zu/%zu/%zu sound %d review %d score %a",
                  p.left_row, p.right_row, p.rule, p.distance, p.matches, p.half_transpositions, p.prefix,
                  p.phonetic_equal ? 1 : 0, p.for_review ? 1 : 0, p.score);
    out += line;
  }
  return out;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const EngineCase decoded = decode_case(text_of(data, size));
  if (!matcher::make_plan(decoded.options)) return 0;
  const std::vector<Pair> found = by_engine(decoded);
  const std::vector<Pair> expected = by_oracle(decoded);
  if (found == expected) return 0;
  require(false, "the engine and the oracle differ",
          shown(decoded) + "\nengine" + shown(found) + "\noracle" + shown(expected));
  return 0;
}
