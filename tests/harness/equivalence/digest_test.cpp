// What the digest must not see (order, bytes under nulls, tolerated values) and what it must.
#include "harness/equivalence/digest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "tests/harness/equivalence/matches.hpp"

namespace assay::equivalence {
namespace {

ResultDigest digest_of(const std::vector<Match>& rows, const ResultContract& contract = match_contract()) {
  const MatchTable table(rows);
  return digest_result(table.view(contract), contract);
}

std::vector<Match> shuffled(std::vector<Match> rows) {
  std::shuffle(rows.begin(), rows.end(), std::mt19937_64(4));
  return rows;
}

TEST(Digest, PermutedRows_AreEqual) {
  const std::vector<Match> rows = some_matches(5000);  // several blocks
  EXPECT_EQ(digest_of(rows), digest_of(shuffled(rows)));
}

TEST(Digest, PermutedRowsOfAnOrderedContract_Differ) {
  ResultContract contract = match_contract();
  contract.ordered = true;
  const std::vector<Match> rows = some_matches(5000);
  EXPECT_EQ(digest_of(rows, contract), digest_of(rows, contract));
  EXPECT_NE(digest_of(rows, contract), digest_of(shuffled(rows), contract));
  std::vector<Match> swapped = rows;
  std::swap(swapped[0], swapped[4999]);
  EXPECT_NE(digest_of(rows, contract), digest_of(swapped, contract));
}

TEST(Digest, BitmapWithoutNulls_EqualsNoBitmap) {
  std::vector<Match> rows = some_matches(100);
  for (Match& row : rows) row.rule = row.rule.value_or(9);
  MatchTable table(rows);
  const ResultDigest with_bitmap = digest_result(table.view(), match_contract());
  table.columns[2].validity = nullptr;
  EXPECT_EQ(digest_result(table.view(), match_contract()), with_bitmap);
}

TEST(Digest, BytesUnderANull_AreNotSeen) {
  std::vector<Match> rows = some_matches(100);
  rows[50].rule = std::nullopt;
  MatchTable table(rows);
  const ResultDigest before = digest_result(table.view(), match_contract());
  table.rule[50] = 123456;
  EXPECT_EQ(digest_result(table.view(), match_contract()), before);
}

TEST(Digest, BothLanes_SeeEveryColumn) {
  const std::vector<Match> rows = some_matches(100);
  const ResultDigest before = digest_of(rows);
  const auto expect_seen = [&](auto change) {
    std::vector<Match> changed = rows;
    change(changed[60]);
    const ResultDigest after = digest_of(changed);
    EXPECT_NE(after.low, before.low);
    EXPECT_NE(after.high, before.high);
  };
  expect_seen([](Match& row) { row.left ^= 1; });
  expect_seen([](Match& row) { row.right ^= std::int64_t{1} << 62; });
  expect_seen([](Match& row) { row.rule = row.rule ? std::nullopt : std::optional<std::uint32_t>(77); });
  expect_seen([](Match& row) { row.distance ^= 0x80000000; });
  expect_seen([](Match& row) { row.score = 2.0; });
  expect_seen([](Match& row) { row.note = "changed"; });
  expect_seen([](Match& row) { row.day += 1; });
}

TEST(Digest, EveryTwoRows_HaveOtherLanes) {
  // Small counters are the hardest input of a multiply-and-xor hash: 100,000 neighbours, each lane without a collision.
  std::set<std::uint64_t> low;
  std::set<std::uint64_t> high;
  std::vector<Match> rows(1);
  ResultContract contract = match_contract();
  constexpr std::size_t kRows = 100'000;
  for (std::size_t i = 0; i < kRows; ++i) {
    rows[0] = {.left = static_cast<std::int64_t>(i % 316), .right = static_cast<std::int64_t>(i / 316)};
    const ResultDigest digest = digest_of(rows, contract);
    low.insert(digest.low);
    high.insert(digest.high);
  }
  EXPECT_EQ(low.size(), kRows);
  EXPECT_EQ(high.size(), kRows);
}

// Rows of one int64 column.
ResultDigest digest_of_values(const std::vector<std::int64_t>& values) {
  ResultContract contract;
  contract.columns = {{"value", ASSAY_TYPE_INT64}};
  return digest_result({values.size(), {{ASSAY_TYPE_INT64, nullptr, nullptr, values.data()}}}, contract);
}

void expect_both_lanes_differ(const ResultDigest& left, const ResultDigest& right) {
  EXPECT_NE(left.low, right.low);
  EXPECT_NE(left.high, right.high);
}

TEST(Digest, SignBitsFlippedInTwoRows_DoNotCancel) {
  // A flipped top bit passes through additions, exclusive ors and odd factors unchanged: only the finalizer spreads it.
  for (std::int64_t value = 0; value < 50; ++value) {
    expect_both_lanes_differ(digest_of_values({value, value * 3 + 1}),
                             digest_of_values({value ^ INT64_MIN, (value * 3 + 1) ^ INT64_MIN}));
  }
}

TEST(Digest, SignBitsFlippedInTwoColumns_DoNotCancel) {
  std::vector<Match> rows(1);
  const ResultDigest before = digest_of(rows);
  rows[0] = {.left = INT64_MIN, .right = INT64_MIN};
  expect_both_lanes_differ(digest_of(rows), before);
}

TEST(Digest, EqualPairOfRowsReplaced_IsSeen) {  // an exclusive or would see neither pair
  expect_both_lanes_differ(digest_of_values({1, 1, 2}), digest_of_values({3, 3, 2}));
}

TEST(Digest, ToleratedColumn_IsLeftOut) {
  ResultContract contract = match_contract();
  EXPECT_TRUE(digest_is_complete(contract));
  contract.columns[4].relative_tolerance = 1e-9;
  EXPECT_FALSE(digest_is_complete(contract));
  std::vector<Match> rows = some_matches(100);
  const ResultDigest before = digest_of(rows, contract);
  rows[0].score = 0.123;
  EXPECT_EQ(digest_of(rows, contract), before);
  rows[0].distance += 1;
  EXPECT_NE(digest_of(rows, contract), before);
}

TEST(Digest, NoRows_IsZero) {
  EXPECT_EQ(digest_of({}), (ResultDigest{0, 0, 0}));
}

TEST(DigestText, Digest_IsHexadecimalAndRows) {
  EXPECT_EQ(to_string(ResultDigest{12, 0xab, 0x1}), "000000000000000100000000000000ab/12");
}

}  // namespace
}  // namespace assay::equivalence
