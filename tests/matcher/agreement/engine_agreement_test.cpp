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
#include "matcher/model/persons_table.hpp"
#include "matcher/reference/match.hpp"
#include "tests/matcher/agreement/random_text.hpp"

namespace {

using namespace agreement;
namespace reference = matcher::reference;
using Persons = std::vector<reference::Person>;

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

matcher::PersonsTable table_of(const Persons& persons) {
  matcher::PersonsTable table;
  const auto append = [](matcher::TextBuilder& column, const std::optional<std::string>& text) {
    text ? column.append(*text) : column.append_null();
  };
  for (const reference::Person& p : persons) {
    table.id.push_back(p.id);
    append(table.first_name, p.first);
    append(table.middle_name, p.middle);
    append(table.last_name, p.last);
    table.birthdate.append(p.birthdate_days);
  }
  return table;
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

std::optional<std::string> part(RandomText& random, const std::vector<std::string>& pool) {
  if (random.one_in(12)) return std::nullopt;
  if (random.one_in(20)) return "";
  if (random.one_in(30)) return std::string(1 + random.below(3), random.one_in(2) ? ' ' : '-');
  const std::string& text = pool[random.below(pool.size())];
  return random.one_in(2) ? text : random.edited(text);
}

reference::Person random_person(RandomText& random, const std::vector<std::string>& pool) {
  constexpr std::int32_t kDates[] = {-20000, 0, 20000};
  return {0, part(random, pool), part(random, pool), part(random, pool),
          random.one_in(15) ? std::nullopt : std::optional(kDates[random.below(std::size(kDates))])};
}

// Few different names and dates, and half of the rows repeated from `others` or this table, some with an edit: most
// rows have look-alikes. Ids are neither sorted nor dense.
Persons random_persons(RandomText& random, const std::vector<std::string>& pool, std::size_t rows,
                       const Persons& others) {
  Persons persons;
  for (std::size_t i = 0; i < rows; ++i) {
    reference::Person person = random_person(random, pool);
    if (!others.empty() && random.one_in(3)) person = others[random.below(others.size())];
    if (i > 0 && random.one_in(6)) person = persons[random.below(i)];
    if (person.first && random.one_in(4)) person.first = random.edited(*person.first);
    if (random.one_in(4)) person.middle = random.one_in(2) ? std::nullopt : std::optional<std::string>("");
    person.id = static_cast<std::int64_t>(i * 7919 % 1000) - 300;
    persons.push_back(person);
  }
  return persons;
}

std::vector<std::string> random_pool(RandomText& random) {
  std::vector<std::string> pool;
  for (std::size_t n = 2 + random.below(8); n > 0; --n) pool.push_back(random.name());
  return pool;
}

std::string shown(const Persons& persons) {
  std::string text;
  for (const reference::Person& p : persons) {
    text.append("\n").append(std::to_string(p.id));
    for (const auto& name : {p.first, p.middle, p.last}) text.append(" ").append(name ? escaped(*name) : "null");
    text.append(" ").append(p.birthdate_days ? std::to_string(*p.birthdate_days) : "null");
  }
  return text;
}

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
      SCOPED_TRACE("threshold " + std::to_string(threshold) + "\nleft" + shown(left) + "\nright" + shown(right));
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
