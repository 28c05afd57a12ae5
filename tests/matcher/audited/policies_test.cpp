// Every policy, one axis at a time, gives what the slow reference gives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "matcher/audited/pipeline.hpp"
#include "matcher/audited/policies/interned_strings.hpp"
#include "matcher/audited/stacks.hpp"
#include "matcher/reference/match.hpp"
#include "tests/matcher/engine/random_persons.hpp"
#include "tests/scaled.hpp"

namespace {

using namespace matcher;

struct Interned : AuditedStack {
  using Strings = InternedStrings<MallocAllocation>;
};
struct Arena : AuditedStack {
  using Allocation = ArenaAllocation;
  using Strings = CopiedStrings<ArenaAllocation>;
};
struct InternedInArena : AuditedStack {
  using Allocation = ArenaAllocation;
  using Strings = InternedStrings<ArenaAllocation>;
};
struct Reserved : AuditedStack {
  using Growth = ReservedVectors;
};
struct PerPair : AuditedStack {
  using Phonetic = PhoneticPerPair;
};
struct BitParallel : AuditedStack {
  using Scorer = BitParallelScorer;
};
struct Nested : AuditedStack {
  using Candidates = NestedCandidates;
};

// ids, rule, integers, phonetic_equal, score
using Row = std::tuple<std::int64_t, std::int64_t, std::uint32_t, std::size_t, std::size_t, std::size_t, std::size_t,
                       bool, double>;

std::vector<Row> reference_rows(const matcher_test::RandomPersons& left, const matcher_test::RandomPersons& right,
                                const MatchOptions& options) {
  const auto matches = reference::match(
      left.rows, right.rows,
      {static_cast<reference::Algorithm>(options.algorithm), options.threshold_percent, options.is_cancelled});
  std::vector<Row> rows;
  for (const reference::Match& m : *matches) {
    rows.emplace_back(m.left_id, m.right_id, static_cast<std::uint32_t>(m.rule), m.distance, m.matches,
                      m.half_transpositions, m.prefix, m.phonetic_equal, m.score);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

template <class Stack>
std::vector<Row> pipeline_rows(const PersonsView& left, const PersonsView& right, const MatchOptions& options) {
  Pipeline<Stack> pipeline(left, right, options);
  pipeline.prepare();
  pipeline.run();
  pipeline.run();  // a second run must replace the first, not add to it
  std::vector<Row> rows;
  for (const auto& stored : pipeline.matches()) {
    const Match& m = stored.match;
    rows.emplace_back(left.id[m.left_row], right.id[m.right_row], static_cast<std::uint32_t>(m.rule), m.parts.distance,
                      m.parts.matches, m.parts.half_transpositions, m.parts.prefix, m.phonetic_equal != 0, m.score);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

template <class Stack>
class PolicyStack : public testing::Test {};
using Stacks = testing::Types<AuditedStack, Interned, Arena, InternedInArena, Reserved, PerPair, BitParallel, Nested>;
TYPED_TEST_SUITE(PolicyStack, Stacks);

// One question to the reference, answered once for all stacks: it is slow.
struct Case {
  matcher_test::RandomPersons left;
  matcher_test::RandomPersons right;
  MatchOptions options;
  std::vector<Row> expected;
};

constexpr std::size_t kRows = assay::testing::scaled(150) + 120;

const std::vector<Case>& cases() {
  static const std::vector<Case> all = [] {
    std::vector<Case> cases;
    for (const Algorithm algorithm : {Algorithm::kA1, Algorithm::kA2, Algorithm::kA3, Algorithm::kA4}) {
      for (const double threshold : {0.0, 66.6, 66.7, 95.0}) {
        matcher_test::PersonsGenerator generator(cases.size());
        Case& next = cases.emplace_back(
            Case{generator.make(kRows), generator.make(kRows - 20), {algorithm, threshold, 1, {}}, {}});
        next.expected = reference_rows(next.left, next.right, next.options);
      }
    }
    return cases;
  }();
  return all;
}

TYPED_TEST(PolicyStack, RandomPersons_GiveWhatTheReferenceGives) {
  std::size_t compared = 0;
  for (const Case& known : cases()) {
    for (const unsigned threads : {1U, 3U}) {
      MatchOptions options = known.options;
      options.threads = threads;
      ASSERT_EQ(pipeline_rows<TypeParam>(known.left.table.view(), known.right.table.view(), options), known.expected)
          << algorithm_name(options.algorithm) << " at " << options.threshold_percent << ", " << threads << " threads";
      compared += known.expected.size();
    }
  }
  EXPECT_GT(compared, assay::testing::scaled(2000));  // or the data is too tame to tell anything
}

TYPED_TEST(PolicyStack, NoRows_GiveNoMatches) {
  matcher_test::PersonsGenerator generator(9);
  const auto some = generator.make(20);
  const PersonsTable none;
  const MatchOptions options{Algorithm::kA3, 0.0, 2, {}};
  EXPECT_TRUE(pipeline_rows<TypeParam>(none.view(), some.table.view(), options).empty());
  EXPECT_TRUE(pipeline_rows<TypeParam>(some.table.view(), none.view(), options).empty());
}

TYPED_TEST(PolicyStack, CancelledBetween_Throws) {
  matcher_test::PersonsGenerator generator(9);
  const auto some = generator.make(20);
  bool cancel = false;
  const MatchOptions options{Algorithm::kA3, 0.0, 1, [&] { return cancel; }};
  Pipeline<TypeParam> pipeline(some.table.view(), some.table.view(), options);
  cancel = true;
  EXPECT_THROW(pipeline.prepare(), Cancelled);
}

template <class Stack>
void expect_whole_persons(const PersonsView& table) {
  Pipeline<Stack> pipeline(table, table, {Algorithm::kA4, 95.0, 1, {}});
  pipeline.prepare();
  pipeline.run();
  ASSERT_FALSE(pipeline.matches().empty());
  const typename Stack::Strings& strings = pipeline.strings();
  for (const auto& stored : pipeline.matches()) {
    for (const auto& [person, row] :
         {std::pair(&stored.left, stored.match.left_row), std::pair(&stored.right, stored.match.right_row)}) {
      EXPECT_EQ(person->id, table.id[row]);
      EXPECT_EQ(strings.view(person->first_name), table.first_name.text_or_empty(row));
      EXPECT_EQ(strings.view(person->middle_name), table.middle_name.text_or_empty(row));
      EXPECT_EQ(strings.view(person->last_name), table.last_name.text_or_empty(row));
      EXPECT_EQ(Stack::Strings::is_null(person->middle_name), !table.middle_name.valid(row));
    }
    ASSERT_EQ(stored.matched_fields.size(), 3U);
    EXPECT_EQ(strings.view(stored.matched_fields[1]), label(stored.match.rule));
  }
}

TEST(PersonMatch, OwnedTexts_AreThoseOfTheInput) {
  matcher_test::PersonsGenerator generator(5);
  const auto some = generator.make(60);
  expect_whole_persons<AuditedStack>(some.table.view());
  expect_whole_persons<Interned>(some.table.view());
  expect_whole_persons<Arena>(some.table.view());
}

}  // namespace
