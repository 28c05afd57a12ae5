// Seeded faults: each kind, at many places and in both row orders, is caught by the digest and by the comparison.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>

#include "harness/equivalence/compare.hpp"
#include "harness/equivalence/digest.hpp"
#include "tests/harness/equivalence/matches.hpp"

namespace assay::equivalence {
namespace {

using Rows = std::vector<Match>;

// What the comparison must count, and nothing else.
struct Counts {
  std::uint64_t missing = 0;
  std::uint64_t extra = 0;
  std::uint64_t differing = 0;
  std::uint64_t duplicates = 0;
};

struct Fault {
  const char* name;
  std::function<void(Rows&, std::size_t at)> inject;  // `at` is a row that has a successor
  Counts counts;
};

constexpr std::size_t kRows = 3000;

// Faults are injected into values, so the rows they touch have no nulls.
void plain(Match& row) {
  row.rule = row.rule.value_or(3);
  row.score = row.score.value_or(0.75);
  row.note = row.note.value_or("none");
}

const Fault kFaults[] = {
    {"DroppedRow",
     [](Rows& rows, std::size_t at) { rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at)); },
     {1, 0, 0, 0}},
    {"DroppedFirstRow", [](Rows& rows, std::size_t) { rows.erase(rows.begin()); }, {1, 0, 0, 0}},
    {"Truncated", [](Rows& rows, std::size_t) { rows.resize(kRows - 100); }, {100, 0, 0, 0}},
    {"DroppedAll", [](Rows& rows, std::size_t) { rows.clear(); }, {kRows, 0, 0, 0}},
    {"ExtraRow", [](Rows& rows, std::size_t) { rows.push_back({.left = 1'000'000, .right = 1}); }, {0, 1, 0, 0}},
    {"DuplicatedRow",
     [](Rows& rows, std::size_t at) { rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(at), Match(rows[at])); },
     {0, 1, 0, 1}},
    {"DoubledResult",
     [](Rows& rows, std::size_t) {
       const Rows copy = rows;
       rows.insert(rows.end(), copy.begin(), copy.end());
     },
     {0, kRows, 0, kRows}},
    {"RowReplacedByNeighbour", [](Rows& rows, std::size_t at) { rows[at] = rows[at + 1]; }, {1, 1, 0, 1}},
    {"AllRowsTheSame",
     [](Rows& rows, std::size_t at) { std::fill(rows.begin(), rows.end(), Match(rows[at])); },
     {kRows - 1, kRows - 1, 0, kRows - 1}},
    {"ZeroedResult",
     [](Rows& rows, std::size_t) { std::fill(rows.begin(), rows.end(), Match{}); },
     {kRows, kRows, 0, kRows - 1}},
    {"KeyOffByOne", [](Rows& rows, std::size_t at) { rows[at].left += 1'000'001; }, {1, 1, 0, 0}},
    {"KeyCutToThirtyTwoBits",
     [](Rows& rows, std::size_t at) { rows[at].right += std::int64_t{1} << 32; },
     {1, 1, 0, 0}},
    {"SwappedKeyColumns",
     [](Rows& rows, std::size_t at) {
       rows[at].left += 500'000;
       std::swap(rows[at].left, rows[at].right);
     },
     {1, 1, 0, 0}},
    {"SwappedKeysOfTwoRows",
     [](Rows& rows, std::size_t at) {
       std::swap(rows[at].right, rows[at + 1].right);
       std::swap(rows[at].left, rows[at + 1].left);
     },
     {0, 0, 2, 0}},
    {"OneUlp", [](Rows& rows, std::size_t at) { rows[at].score = std::nextafter(*rows[at].score, 2.0); }, {0, 0, 1, 0}},
    {"NegatedZero", [](Rows& rows, std::size_t at) { rows[at].score = std::copysign(0.0, -1.0); }, {0, 0, 1, 0}},
    {"NotANumber",
     [](Rows& rows, std::size_t at) { rows[at].score = std::numeric_limits<double>::quiet_NaN(); },
     {0, 0, 1, 0}},
    {"ScoresSwappedBetweenRows",
     [](Rows& rows, std::size_t at) {
       rows[at].score = 0.25;
       rows[at + 1].score = 0.125;
     },
     {0, 0, 2, 0}},
    {"CountOffByOne", [](Rows& rows, std::size_t at) { rows[at].distance += 1; }, {0, 0, 1, 0}},
    {"ErrorsThatCancel",
     [](Rows& rows, std::size_t at) {
       rows[at].distance += 1;
       rows[at + 1].distance -= 1;
     },
     {0, 0, 2, 0}},
    {"SwappedValueColumns",
     [](Rows& rows, std::size_t at) {
       const std::uint32_t rule = *rows[at].rule;
       rows[at].rule = rows[at].distance;
       rows[at].distance = rule;
     },
     {0, 0, 1, 0}},
    {"NullInsteadOfZero", [](Rows& rows, std::size_t at) { rows[at].rule = std::nullopt; }, {0, 0, 1, 0}},
    {"NullInsteadOfEmptyText", [](Rows& rows, std::size_t at) { rows[at].note = std::nullopt; }, {0, 0, 1, 0}},
    {"TextOneByteOff", [](Rows& rows, std::size_t at) { rows[at].note->back() = '_'; }, {0, 0, 1, 0}},
    {"TextCut", [](Rows& rows, std::size_t at) { rows[at].note->pop_back(); }, {0, 0, 1, 0}},
    {"TextWithTrailingSpace", [](Rows& rows, std::size_t at) { *rows[at].note += ' '; }, {0, 0, 1, 0}},
    {"TextMovedAcrossRows",
     [](Rows& rows, std::size_t at) {
       rows[at].note->push_back(rows[at + 1].note->front());
       rows[at + 1].note->erase(0, 1);
     },
     {0, 0, 2, 0}},
    {"DateOffByOne", [](Rows& rows, std::size_t at) { rows[at].day += 1; }, {0, 0, 1, 0}},
    {"SignBitFlipped", [](Rows& rows, std::size_t at) { rows[at].day ^= INT32_MIN; }, {0, 0, 1, 0}},
};

Rows baseline_rows(std::size_t at) {
  Rows rows = some_matches(kRows, 11);
  plain(rows[at]);
  plain(rows[at + 1]);
  return rows;
}

void expect_caught(const Rows& expected, const Rows& faulty, const Fault& fault) {
  const MatchTable baseline(expected);
  const MatchTable candidate(faulty);
  const ResultContract contract = match_contract();
  EXPECT_NE(digest_result(baseline.view(), contract), digest_result(candidate.view(), contract));
  const auto comparison = compare_results(baseline.view(), candidate.view(), contract);
  ASSERT_TRUE(comparison) << comparison.error().message;
  EXPECT_FALSE(comparison->equal());
  EXPECT_EQ(comparison->missing.count, fault.counts.missing);
  EXPECT_EQ(comparison->extra.count, fault.counts.extra);
  EXPECT_EQ(comparison->differing.count, fault.counts.differing);
  EXPECT_EQ(comparison->candidate_duplicates.count, fault.counts.duplicates);
  EXPECT_EQ(comparison->baseline_duplicates.count, 0U);
  EXPECT_EQ(comparison->out_of_order.count, 0U);
}

struct FaultTest : testing::TestWithParam<Fault> {};

TEST_P(FaultTest, EveryPlaceAndOrder_IsCaught) {
  std::mt19937_64 engine(2024);
  for (int repeat = 0; repeat < 8; ++repeat) {
    const std::size_t at = engine() % (kRows - 101);
    const Rows expected = baseline_rows(at);
    Rows faulty = expected;
    GetParam().inject(faulty, at);
    SCOPED_TRACE(at);
    expect_caught(expected, faulty, GetParam());
    std::shuffle(faulty.begin(), faulty.end(), engine);
    expect_caught(expected, faulty, GetParam());
  }
}

INSTANTIATE_TEST_SUITE_P(Seeded, FaultTest, testing::ValuesIn(kFaults),
                         [](const auto& fault) { return fault.param.name; });

}  // namespace
}  // namespace assay::equivalence
