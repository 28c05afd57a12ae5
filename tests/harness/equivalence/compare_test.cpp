// The full comparison: order, tolerance, keys that repeat, examples, and a slow oracle to agree with.
#include "harness/equivalence/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>

#include "tests/harness/equivalence/matches.hpp"

namespace assay::equivalence {
namespace {

using Rows = std::vector<Match>;

Comparison compare(const Rows& baseline, const Rows& candidate, const ResultContract& contract = match_contract()) {
  const MatchTable left(baseline);
  const MatchTable right(candidate);
  return compare_results(left.view(contract), right.view(contract), contract).value();
}

Rows shuffled(Rows rows, std::uint64_t seed = 4) {
  std::shuffle(rows.begin(), rows.end(), std::mt19937_64(seed));
  return rows;
}

TEST(Compare, SameRowsInAnyOrder_AreEqual) {
  const Rows rows = some_matches(5000);
  EXPECT_TRUE(compare(rows, rows).equal());
  EXPECT_TRUE(compare(rows, shuffled(rows)).equal());
  EXPECT_TRUE(compare(shuffled(rows), rows).equal());
  EXPECT_TRUE(compare(shuffled(rows, 8), shuffled(rows)).equal());
}

TEST(Compare, EmptyTables_AreEqual) {
  const Comparison comparison = compare({}, {});
  EXPECT_TRUE(comparison.equal());
  EXPECT_EQ(summary(comparison), "equal: 0 rows");
}

TEST(Compare, EmptyAgainstRows_AreAllExtraOrMissing) {
  const Rows rows = shuffled(some_matches(100));
  EXPECT_EQ(compare({}, rows).extra.count, 100U);
  EXPECT_EQ(compare(rows, {}).missing.count, 100U);
}

TEST(Compare, UnsoundContract_IsRefused) {
  const MatchTable table(some_matches(3));
  ResultContract contract = match_contract();
  contract.key = {"nobody"};
  const auto comparison = compare_results(table.view(), table.view(), contract);
  ASSERT_FALSE(comparison);
  EXPECT_EQ(comparison.error().kind, ErrorKind::kUsage);
}

TEST(CompareOrdered, RowsInAnotherOrder_AreCounted) {
  ResultContract contract = match_contract();
  contract.ordered = true;
  const Rows rows = shuffled(some_matches(100));
  EXPECT_TRUE(compare(rows, rows, contract).equal());
  Rows swapped = rows;
  std::swap(swapped[40], swapped[41]);
  const Comparison comparison = compare(rows, swapped, contract);
  EXPECT_FALSE(comparison.equal());
  ASSERT_EQ(comparison.out_of_order.count, 1U);
  EXPECT_EQ(comparison.out_of_order.examples[0].candidate_row, 41U);
  EXPECT_EQ(comparison.out_of_order.examples[0].baseline_row, 40U);
  EXPECT_TRUE(compare(rows, swapped).equal());  // the same rows under a contract without order
}

TEST(CompareOrdered, OneSideInKeyOrder_IsStillChecked) {
  ResultContract contract = match_contract();
  contract.ordered = true;
  const Rows rows = some_matches(100);
  EXPECT_TRUE(compare(rows, rows, contract).equal());
  EXPECT_GT(compare(rows, shuffled(rows), contract).out_of_order.count, 0U);
}

TEST(CompareOrdered, DroppedRow_DoesNotMoveTheOthers) {
  ResultContract contract = match_contract();
  contract.ordered = true;
  const Rows rows = shuffled(some_matches(100));
  const Comparison comparison = compare(rows, Rows(rows.begin() + 1, rows.end()), contract);
  EXPECT_EQ(comparison.missing.count, 1U);
  EXPECT_EQ(comparison.out_of_order.count, 0U);
}

ResultContract tolerant(double absolute, double relative) {
  ResultContract contract = match_contract();
  contract.columns[4].absolute_tolerance = absolute;
  contract.columns[4].relative_tolerance = relative;
  return contract;
}

std::uint64_t differing_scores(double baseline, double candidate, const ResultContract& contract) {
  const Rows left{{.left = 1, .right = 1, .score = baseline}};
  const Rows right{{.left = 1, .right = 1, .score = candidate}};
  return compare(left, right, contract).differing.count;
}

TEST(CompareTolerance, AbsoluteDifference_IsAllowedUpToIt) {
  const ResultContract contract = tolerant(0.25, 0);
  EXPECT_EQ(differing_scores(100.0, 100.25, contract), 0U);
  EXPECT_EQ(differing_scores(100.0, 99.75, contract), 0U);
  EXPECT_EQ(differing_scores(100.0, 100.2500001, contract), 1U);
  EXPECT_EQ(differing_scores(0.0, -0.0, contract), 0U);
}

TEST(CompareTolerance, RelativeDifference_IsOfTheBaseline) {
  const ResultContract contract = tolerant(0, 0.5);
  EXPECT_EQ(differing_scores(-8.0, -12.0, contract), 0U);
  EXPECT_EQ(differing_scores(12.0, 6.0, contract), 0U);
  EXPECT_EQ(differing_scores(6.0, 12.0, contract), 1U);  // twice the baseline
  EXPECT_EQ(differing_scores(-8.0, 8.0, contract), 1U);
}

TEST(CompareTolerance, SpecialValues_EqualOnlyTheirKind) {
  const ResultContract contract = tolerant(1, 0.5);
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(differing_scores(kNan, -kNan, contract), 0U);
  EXPECT_EQ(differing_scores(kNan, 1.0, contract), 1U);
  EXPECT_EQ(differing_scores(1.0, kNan, contract), 1U);
  EXPECT_EQ(differing_scores(kInfinity, kInfinity, contract), 0U);
  EXPECT_EQ(differing_scores(kInfinity, 1.0, contract), 1U);
  EXPECT_EQ(differing_scores(kInfinity, -kInfinity, contract), 1U);
}

TEST(CompareTolerance, NullAgainstTolerableValue_Differs) {
  Rows left{{.left = 1, .right = 1, .score = std::nullopt}};
  Rows right{{.left = 1, .right = 1, .score = 0.0}};
  EXPECT_EQ(compare(left, right, tolerant(1e300, 0)).differing.count, 1U);
  EXPECT_EQ(compare(left, left, tolerant(1e300, 0)).differing.count, 0U);
}

TEST(CompareTolerance, Integers_AreComparedExactly) {
  // 2^63 - 1 and its neighbour are one double
  ResultContract contract;
  contract.columns = {{"id", ASSAY_TYPE_INT32}, {"count", ASSAY_TYPE_INT64, 1, 0}};
  contract.key = {"id"};
  const std::int32_t id = 1;
  const auto differing = [&](std::int64_t baseline, std::int64_t candidate) {
    const TableView left{1,
                         {{ASSAY_TYPE_INT32, nullptr, nullptr, &id}, {ASSAY_TYPE_INT64, nullptr, nullptr, &baseline}}};
    const TableView right{
        1, {{ASSAY_TYPE_INT32, nullptr, nullptr, &id}, {ASSAY_TYPE_INT64, nullptr, nullptr, &candidate}}};
    return compare_results(left, right, contract).value().differing.count;
  };
  EXPECT_EQ(differing(INT64_MAX, INT64_MAX - 1), 0U);
  EXPECT_EQ(differing(INT64_MAX, INT64_MAX - 2), 1U);
  EXPECT_EQ(differing(INT64_MIN, INT64_MAX), 1U);
}

TEST(CompareMultiset, EmptyKey_CountsRepeatedRows) {
  ResultContract contract = match_contract();
  contract.key = {};
  const Match one{.left = 1};
  const Match two{.left = 2};
  EXPECT_TRUE(compare({one, two, one}, {two, one, one}, contract).equal());
  EXPECT_TRUE(compare({one, one, two}, {one, one, two}, contract).equal());
  const Comparison comparison = compare({one, two, one}, {two, one, two}, contract);
  EXPECT_EQ(comparison.missing.count, 1U);
  EXPECT_EQ(comparison.extra.count, 1U);
  EXPECT_EQ(comparison.candidate_duplicates.count, 0U);
}

TEST(CompareMultiset, NullAgainstTheBytesUnderIt_Differs) {
  ResultContract contract = match_contract();
  contract.key = {};
  const Comparison comparison = compare({{.rule = std::nullopt}}, {{.rule = 77}}, contract);  // 77 lies under nulls
  EXPECT_EQ(comparison.missing.count, 1U);
  EXPECT_EQ(comparison.extra.count, 1U);
}

TEST(CompareMultiset, ManyEqualRows_TakeLinearTime) {  // a chain per row would take minutes
  ResultContract contract = match_contract();
  contract.key = {};
  Rows rows(200'000);
  rows.front().left = 1;  // not in key order: the hash table is used
  EXPECT_TRUE(compare(rows, rows, contract).equal());
  EXPECT_EQ(compare(rows, rows).baseline_duplicates.count, 199'998U);
}

TEST(CompareExamples, FirstTenOfEachKind_AreKept) {
  const Rows rows = some_matches(100);
  const Comparison comparison = compare(rows, {});
  EXPECT_EQ(comparison.missing.count, 100U);
  ASSERT_EQ(comparison.missing.examples.size(), 10U);
  EXPECT_EQ(comparison.missing.examples[9].baseline_row, 9U);
  EXPECT_EQ(comparison.missing.examples[9].candidate_row, std::nullopt);
}

TEST(CompareExamples, DifferingRow_ShowsKeyAndBothValues) {
  Rows rows = some_matches(50);
  rows[30] = {.left = 7000, .right = 4, .rule = 2, .distance = 3, .score = 0.5, .note = "old", .day = 0};
  for (std::size_t row = 31; row < 50; ++row) rows[row].left += 8000;
  Rows changed = rows;
  changed[30].score = -0.0;
  changed[30].note = std::nullopt;
  changed[30].day = 1;
  for (const Rows& candidate : {changed, shuffled(changed)}) {
    const Comparison comparison = compare(rows, candidate);
    ASSERT_EQ(comparison.differing.examples.size(), 1U);
    const RowExample& example = comparison.differing.examples[0];
    EXPECT_EQ(example.key, "left_id=7000, right_id=4");
    EXPECT_EQ(example.baseline_row, 30U);
    EXPECT_EQ(candidate.at(example.candidate_row.value()).left, 7000);
    ASSERT_EQ(example.cells.size(), 3U);
    EXPECT_EQ(example.cells[0].column, "score");
    EXPECT_EQ(example.cells[0].baseline, "0.5");
    EXPECT_EQ(example.cells[0].candidate, "-0");
    EXPECT_EQ(example.cells[1].baseline, "\"old\"");
    EXPECT_EQ(example.cells[1].candidate, "null");
    EXPECT_EQ(example.cells[2].candidate, "1970-01-02");
    EXPECT_EQ(summary(comparison),
              "50 against 50 rows: 1 differing; first differing: left_id=7000, right_id=4, score 0.5 -> -0, note "
              "\"old\" -> null, day 1970-01-01 -> 1970-01-02");
  }
}

TEST(CompareExamples, ExtraRow_ShowsItsValues) {
  Rows rows = some_matches(5);
  Rows more = rows;
  more.push_back({.left = 9000, .right = 1, .rule = 4});
  const Comparison comparison = compare(rows, shuffled(more));
  ASSERT_EQ(comparison.extra.examples.size(), 1U);
  EXPECT_EQ(comparison.extra.examples[0].baseline_row, std::nullopt);
  EXPECT_EQ(comparison.extra.examples[0].cells[0].column, "rule");
  EXPECT_EQ(comparison.extra.examples[0].cells[0].baseline, std::nullopt);
  EXPECT_EQ(comparison.extra.examples[0].cells[0].candidate, "4");
}

TEST(CompareDuplicates, RowsInKeyOrderOrNot_AreCountedAlike) {
  Rows rows = some_matches(50);
  rows[11] = rows[10];
  rows[12] = rows[10];
  for (const Rows& candidate : {rows, shuffled(rows)}) {
    const Comparison comparison = compare(rows, candidate);
    EXPECT_EQ(comparison.baseline_duplicates.count, 2U);
    EXPECT_EQ(comparison.candidate_duplicates.count, 2U);
    EXPECT_EQ(comparison.missing.count + comparison.extra.count, 0U);
    EXPECT_FALSE(comparison.equal());
  }
  EXPECT_EQ(compare(rows, rows).baseline_duplicates.examples.at(0).baseline_row, 11U);
}

// The slow, obvious comparison. Unique keys on the baseline side.
struct Oracle {
  std::uint64_t missing = 0, extra = 0, differing = 0, duplicates = 0;

  Oracle(const Rows& baseline, const Rows& candidate) {
    std::map<std::pair<std::int64_t, std::int64_t>, const Match*> rows;
    std::map<std::pair<std::int64_t, std::int64_t>, int> seen;
    for (const Match& row : baseline) rows[{row.left, row.right}] = &row;
    for (const Match& row : candidate) {
      const std::pair key{row.left, row.right};
      const bool again = seen[key]++ > 0;
      duplicates += again ? 1U : 0U;
      if (again || rows.count(key) == 0) {
        ++extra;
      } else {
        differing += *rows[key] == row ? 0U : 1U;
      }
    }
    for (const auto& [key, row] : rows) missing += seen.count(key) == 0 ? 1U : 0U;
  }
};

TEST(Compare, RandomFaults_AgreeWithTheOracle) {
  std::mt19937_64 engine(99);
  for (int repeat = 0; repeat < 300; ++repeat) {
    const Rows baseline = some_matches(engine() % 60, engine());
    Rows candidate = baseline;
    for (std::uint64_t fault = engine() % 6; fault > 0 && !candidate.empty(); --fault) {
      Match& row = candidate[engine() % candidate.size()];
      switch (engine() % 4) {
        case 0:
          row = candidate.back(), candidate.pop_back();
          break;
        case 1:
          row.distance += 1;
          break;
        case 2:
          candidate.push_back(Match(row));
          break;
        default:
          row.right += 7;
          break;
      }
    }
    const bool sorted = engine() % 2 == 0;
    const auto by_key = [](const Match& a, const Match& b) {
      return std::pair(a.left, a.right) < std::pair(b.left, b.right);
    };
    std::stable_sort(candidate.begin(), candidate.end(), by_key);
    if (!sorted) std::shuffle(candidate.begin(), candidate.end(), engine);
    const Oracle expected(baseline, candidate);
    const Comparison comparison = compare(baseline, candidate);
    EXPECT_EQ(comparison.missing.count, expected.missing) << repeat;
    EXPECT_EQ(comparison.extra.count, expected.extra) << repeat;
    EXPECT_EQ(comparison.differing.count, expected.differing) << repeat;
    EXPECT_EQ(comparison.candidate_duplicates.count, expected.duplicates) << repeat;
  }
}

}  // namespace
}  // namespace assay::equivalence
