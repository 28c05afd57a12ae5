// The two registers: ids, truth, order, households, and how much they are like real ones.
#include "datasets/generate/people.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "datasets/generate/error_model.hpp"
#include "tests/datasets/generate/made_dataset.hpp"
#include "tests/datasets/generate/record.hpp"

namespace assay::datasets {
namespace {

using test::Record;
using test::TruePair;

constexpr const char* kSize = "people-60k";
constexpr std::uint64_t kRows = 60'000;

TEST(People, Ids_AreUniqueAndTellTheSides) {
  const Dataset& dataset = test::made(kSize, Profile::kDirty);
  for (std::uint64_t row = 0; row < kRows; ++row) {
    ASSERT_EQ(value<std::int64_t>(*find_column(*dataset.table("left"), "id"), row), static_cast<std::int64_t>(1 + row));
    ASSERT_EQ(value<std::int64_t>(*find_column(*dataset.table("right"), "id"), row),
              static_cast<std::int64_t>(1'000'000'001 + row));
  }
}

TEST(People, CleanPairs_AreEqualInEveryNameAndDate) {
  const Dataset& dataset = test::made(kSize, Profile::kClean);
  for (const TruePair& pair : test::true_pairs(dataset)) {
    ASSERT_EQ(pair.kinds, 0u);
    const Record left = test::left_of(dataset, pair);
    const Record right = test::right_of(dataset, pair);
    ASSERT_TRUE(left.first == right.first);
    ASSERT_TRUE(left.middle == right.middle);
    ASSERT_TRUE(left.last == right.last);
    ASSERT_EQ(left.birthdate, right.birthdate);
  }
}

// The truth is complete if hardly any other pair of clean records is equal: those are chance and namesakes.
TEST(People, EqualCleanRecords_AreInTheTruth) {
  const Dataset& dataset = test::made(kSize, Profile::kClean);
  const auto key = [](const Record& r) {
    return encode_utf8(*r.first) + '|' + encode_utf8(r.middle.value_or(U"")) + '|' + encode_utf8(*r.last) + '|' +
           std::to_string(*r.birthdate);
  };
  std::multiset<std::string> left;
  for (std::uint64_t row = 0; row < kRows; ++row) left.insert(key(test::record(*dataset.table("left"), row)));
  std::size_t equal = 0;
  for (std::uint64_t row = 0; row < kRows; ++row) equal += left.count(key(test::record(*dataset.table("right"), row)));
  const std::size_t pairs = test::true_pairs(dataset).size();
  EXPECT_GE(equal, pairs);
  EXPECT_LT(equal, pairs + 50);
}

TEST(People, Overlap_IsTheDocumentedShare) {
  const Dataset& dataset = test::made(kSize, Profile::kDirty);
  std::map<std::int64_t, int> records;
  for (const TruePair& pair : test::true_pairs(dataset)) ++records[pair.left_id];
  const double share = kHouseholdOverlap / 65536.0 * kMemberOverlap / 65536.0;
  const double second = (1 - share) * kSecondCopy / 65536.0;
  const double pairs = static_cast<double>(test::true_pairs(dataset).size()) / kRows;
  EXPECT_NEAR(pairs, share + second, 0.012);  // five sigma of 25,000 households
  EXPECT_GT(std::count_if(records.begin(), records.end(), [](const auto& r) { return r.second > 1; }), 300);
}

TEST(People, RightRows_StandInAnotherOrder) {
  const Dataset& dataset = test::made(kSize, Profile::kDirty);
  const auto pairs = test::true_pairs(dataset);
  int neighbours = 0;
  double distance = 0;
  for (std::size_t index = 1; index < pairs.size(); ++index) {
    const auto step = std::abs(pairs[index].left_id - pairs[index - 1].left_id);
    neighbours += step <= 8 ? 1 : 0;
    distance += static_cast<double>(step);
  }
  EXPECT_LT(neighbours, 50);
  EXPECT_NEAR(distance / static_cast<double>(pairs.size()), kRows / 3.0, kRows / 50.0);  // mean of two uniform places
}

TEST(People, LeftHousehold_SharesOneUuidAndOneAddress) {
  const Dataset& dataset = test::made(kSize, Profile::kClean);
  std::map<std::string, std::string> address_of;
  std::set<std::string> addresses;
  for (std::uint64_t row = 0; row < kRows; ++row) {
    const Record record = test::record(*dataset.table("left"), row);
    ASSERT_EQ(record.uuid.size(), 36u);
    ASSERT_EQ(record.uuid[14], '4');
    const auto [found, is_new] = address_of.emplace(record.uuid, *record.hh_id);
    ASSERT_EQ(found->second, *record.hh_id);
    addresses.insert(*record.hh_id);
  }
  EXPECT_EQ(addresses.size(), address_of.size());
  EXPECT_NEAR(static_cast<double>(kRows) / static_cast<double>(addresses.size()), 2.4, 0.1);
}

TEST(People, RightUuids_AreNotThoseOfTheLeft) {
  const Dataset& dataset = test::made(kSize, Profile::kClean);
  std::set<std::string> left;
  for (std::uint64_t row = 0; row < kRows; ++row) left.insert(test::record(*dataset.table("left"), row).uuid);
  for (std::uint64_t row = 0; row < kRows; ++row)
    ASSERT_EQ(left.count(test::record(*dataset.table("right"), row).uuid), 0u);
}

TEST(People, MembersOfAHousehold_MostlyBearOneName) {
  const Dataset& dataset = test::made(kSize, Profile::kClean);
  int same = 0;
  int members = 0;
  for (std::uint64_t row = 1; row < kRows; ++row) {
    const Record before = test::record(*dataset.table("left"), row - 1);
    const Record record = test::record(*dataset.table("left"), row);
    if (before.uuid != record.uuid) continue;
    ++members;
    same += before.last == record.last ? 1 : 0;
  }
  EXPECT_GT(same, members * 7 / 10);
  EXPECT_LT(same, members * 95 / 100);
}

TEST(People, Birthdates_CollideAboutOnceIn27000) {
  const Dataset& dataset = test::made(kSize, Profile::kDirty);
  const Json& measured = dataset.manifest().document["measured"];
  const auto pairs =
      measured["same_birthdate_pairs"].get<std::uint64_t>() - measured["true_pairs"].get<std::uint64_t>();
  const double collisions = static_cast<double>(kRows) * kRows / static_cast<double>(pairs);
  EXPECT_GT(collisions, 20'000);
  EXPECT_LT(collisions, 30'000);
}

TEST(People, NameLengthsAndMiddles_AreLikeRealOnes) {
  const Dataset& dataset = test::made(kSize, Profile::kDirty);
  const Json& left = dataset.manifest().document["measured"]["left"];
  EXPECT_NEAR(left["last_name_length"]["mean_thousandths"].get<double>(), 6900, 300);
  EXPECT_NEAR(left["full_name_length"]["mean_thousandths"].get<double>(), 17700, 600);
  EXPECT_NEAR(left["nulls"]["middle_name"].get<double>() / kRows, 0.20, 0.01);
}

TEST(People, UnicodeProfile_HasManyScripts) {
  const Dataset& dataset = test::made(kSize, Profile::kUnicode);
  std::map<char32_t, int> blocks;
  for (std::uint64_t row = 0; row < kRows; ++row) {
    const Record record = test::record(*dataset.table("left"), row);
    if (record.last) ++blocks[record.last->back() >> 8];
  }
  for (const char32_t block : std::u32string(U"\0\x01\x03\x04\x05\x06\x09\x1e", 8))
    EXPECT_GT(blocks[block], 20) << static_cast<std::uint32_t>(block);
}

}  // namespace
}  // namespace assay::datasets
