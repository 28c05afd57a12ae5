// A run by partitions gives the bytes of a run in memory, whatever the algorithm and the number of parts.
#include "matcher/partitioned/partitioned_match.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "matcher/engine/match_engine.hpp"
#include "tests/matcher/partitioned/test_tables.hpp"

namespace {

using namespace partitioned_test;

OpenSink into(TextSink& sink) {
  return [&]() -> Result<TableSink*> { return &sink; };
}

TEST(PartitionedMatch, RandomTables_GiveWhatARunInMemoryGives) {
  RandomText random(500);
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "partitioned_match";
  std::size_t found = 0;
  for (std::size_t round = 0; round < scaled(100); ++round) {
    const std::vector<std::string> pool = random_pool(random);
    const Persons left = random_persons(random, pool, random.below(60), {});
    const Persons right = random_persons(random, pool, random.below(60), left);
    const MatchOptions options = random_options(random);
    PartitionedOptions partitioned;
    partitioned.memory_bytes = kLeastMemoryBytes;
    partitioned.work_folder = folder;
    const auto layout = random.one_in(2) ? MatchLayout::kPairs : MatchLayout::kPeer;
    const auto selection = static_cast<Selection>(random.below(4));
    // The size that is claimed decides on the number of parts: 1 to 60 here.
    const std::uint64_t bytes = 1 + random.below(128) * (std::uint64_t{1} << 20);

    const PersonsTable left_table = table_of(left);
    const PersonsTable right_table = table_of(right);
    Written expected;
    TextSink expected_sink(expected);
    const auto matches = select_matches(match_persons(left_table.view(), right_table.view(), options).value(),
                                        selection, left.size(), right.size());
    ASSERT_TRUE(
        write_matches(expected_sink, layout, options.algorithm, matches, left_table.view(), right_table.view()));
    Written actual;
    TextSink sink(actual);
    const auto result = match_partitioned(input_of(left, "l", bytes), input_of(right, "r", bytes), options, partitioned,
                                          layout, selection, into(sink), {});
    SCOPED_TRACE(std::string(algorithm_name(options.algorithm)) + "\nleft" + shown(left) + "\nright" + shown(right));
    ASSERT_TRUE(result.has_value()) << result.error().message;
    ASSERT_EQ(actual.text, expected.text);
    EXPECT_TRUE(actual.finished);
    EXPECT_EQ(result->left.rows, left.size());
    EXPECT_FALSE(std::filesystem::exists(folder)) << "temporary files are left behind";
    found += matches.size();
  }
  EXPECT_GT(found, scaled(100));
}

TEST(PartitionedMatch, TooLittleMemory_IsRefused) {
  const Persons none;
  Written written;
  PartitionedOptions partitioned;
  partitioned.memory_bytes = kLeastMemoryBytes - 1;
  partitioned.work_folder = std::filesystem::path(testing::TempDir()) / "never_made";
  TextSink sink(written);
  const auto result = match_partitioned(input_of(none, "l", 1), input_of(none, "r", 1), {}, partitioned,
                                        MatchLayout::kPairs, Selection::kAll, into(sink), {});
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().message, "67108863 bytes of memory are too little; give at least 64M");
  EXPECT_FALSE(std::filesystem::exists(partitioned.work_folder));
}

TEST(PartitionedMatch, CancelledRun_KeepsItsFilesAndSaysSo) {
  RandomText random(501);
  const Persons persons = random_persons(random, random_pool(random), 50, {});
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "partitioned_cancel";
  PartitionedOptions partitioned;
  partitioned.memory_bytes = kLeastMemoryBytes;
  partitioned.work_folder = folder;
  MatchOptions options;
  options.is_cancelled = [] { return true; };
  Written written;
  TextSink sink(written);
  const auto result = match_partitioned(input_of(persons, "l", 1), input_of(persons, "r", 1), options, partitioned,
                                        MatchLayout::kPairs, Selection::kAll, into(sink), {});
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().kind, ErrorKind::kCancelled);
  EXPECT_EQ(result.error().message, "cancelled; run again with --resume to go on");
  EXPECT_TRUE(std::filesystem::exists(folder));
  EXPECT_FALSE(written.finished);
  std::filesystem::remove_all(folder);
}

}  // namespace
