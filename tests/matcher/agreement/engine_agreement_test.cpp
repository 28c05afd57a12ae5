// A1 to A4: the engine's pipelines against the oracle on small tables full of ties, nulls, blanks and duplicates.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <tuple>
#include <vector>

#include "matcher/audited/pipeline.hpp"
#include "matcher/audited/stacks.hpp"
#include "matcher/engine/match_engine.hpp"
#include "matcher/reference/match.hpp"
#include "tests/matcher/agreement/random_persons.hpp"

namespace {

using namespace agreement;
namespace reference = matcher::reference;

// A result row with everything that must be equal; scores to the last bit.
struct Row {
  std::int64_t left_id, right_id;
  std::uint32_t rule, distance, matches, half_transpositions, prefix, phonetic_equal;
  double score;

  auto operator<=>(const Row&) const = default;
  friend std::ostream& operator<<(std::ostream& out, const Row& r) {
    return out << r.left_id << ' ' << r.right_id << " rule " << r.rule << " parts " << r.distance << '/' << r.matches
               << '/' << r.half_transpositions << '/' << r.prefix << '/' << r.phonetic_equal << " score " << r.score;
  }
};

std::uint32_t u32(std::size_t n) {
  return static_cast<std::uint32_t>(n);
}

std::vector<Row> definition(const Persons& left, const Persons& right, reference::Algorithm algorithm,
                            double threshold_percent) {
  const auto matches = reference::match(
      left, right, {.algorithm = algorithm, .threshold_percent = threshold_percent, .is_cancelled = {}});
  std::vector<Row> rows;
  for (const reference::Match& m : matches.value()) {
    rows.push_back({m.left_id, m.right_id, static_cast<std::uint32_t>(m.rule), u32(m.distance), u32(m.matches),
                    u32(m.half_transpositions), u32(m.prefix), m.phonetic_equal ? 1U : 0U, m.score});
  }
  return rows;
}

Row row_of(const matcher::Match& m, const Persons& left, const Persons& right) {
  return {left[m.left_row].id, right[m.right_row].id, static_cast<std::uint32_t>(m.rule),
          m.parts.distance,    m.parts.matches,       m.parts.half_transpositions,
          m.parts.prefix,      m.phonetic_equal,      m.score};
}

template <class Stack>
std::vector<Row> piped(const Persons& left, const Persons& right, const matcher::MatchOptions& options) {
  const matcher::PersonsTable left_table = table_of(left);
  const matcher::PersonsTable right_table = table_of(right);
  matcher::Pipeline<Stack> pipeline(left_table.view(), right_table.view(), options);
  pipeline.prepare();
  pipeline.run();
  std::vector<Row> rows;
  for (const auto& stored : pipeline.matches()) rows.push_back(row_of(stored.match, left, right));
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::vector<Row> engine(const Persons& left, const Persons& right, const matcher::MatchOptions& options) {
  const matcher::PersonsTable left_table = table_of(left);
  const matcher::PersonsTable right_table = table_of(right);
  const auto matches = matcher::match_persons(left_table.view(), right_table.view(), options);
  EXPECT_TRUE(matches.has_value());
  std::vector<Row> rows;
  for (const matcher::Match& m : *matches) rows.push_back(row_of(m, left, right));
  return rows;
}

struct NestedStack : matcher::AuditedStack {
  using Candidates = matcher::NestedCandidates;
};

class EngineAgreement : public testing::TestWithParam<int> {};

void compare(const Persons& left, const Persons& right, int algorithm, double threshold_percent) {
  const std::vector<Row> expected =
      definition(left, right, static_cast<reference::Algorithm>(algorithm), threshold_percent);
  matcher::MatchOptions options{.algorithm = static_cast<matcher::Algorithm>(algorithm),
                                .threshold_percent = threshold_percent,
                                .threads = 1,
                                .is_cancelled = {}};
  std::vector<Row> sorted = expected;
  std::sort(sorted.begin(), sorted.end());
  ASSERT_EQ(engine(left, right, options), expected);
  ASSERT_EQ(piped<matcher::AuditedStack>(left, right, options), sorted);
  ASSERT_EQ(piped<NestedStack>(left, right, options), sorted);
  options.threads = 3;
  ASSERT_EQ(engine(left, right, options), expected);
}

TEST_P(EngineAgreement, RandomTables_HaveTheSameMatches) {
  RandomText random(40 + static_cast<std::uint64_t>(GetParam()));
  std::size_t matches = 0;
  for (std::size_t round = 0; round < scaled(150); ++round) {
    const std::vector<std::string> pool = random_pool(random);
    const Persons left = random_persons(random, pool, random.below(50), {});
    const Persons right = random_persons(random, pool, random.below(50), left);
    for (const double threshold : {0.0, 60.0, 66.68, 88.0, 95.0, 100.0}) {
      SCOPED_TRACE("threshold " + std::to_string(threshold) + "\nleft" + agreement::shown(left) + "\nright" +
                   agreement::shown(right));
      ASSERT_NO_FATAL_FAILURE(compare(left, right, GetParam(), threshold));
    }
    matches += definition(left, right, static_cast<reference::Algorithm>(GetParam()), 0.0).size();
  }
  EXPECT_GT(matches, 2 * scaled(150)) << "the tables hardly match at all";
}

INSTANTIATE_TEST_SUITE_P(A1ToA4, EngineAgreement, testing::Range(0, 4), [](const auto& algorithm) {
  return std::string(matcher::kAlgorithmNames[static_cast<std::size_t>(algorithm.param)]);
});

}  // namespace
