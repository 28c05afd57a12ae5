// A run by partitions gives the bytes of a run in memory, whatever the algorithm and the number of parts.
#include "matcher/partitioned/partitioned_match.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>
#include <string>
#include <vector>

#include "matcher/engine/match_engine.hpp"
#include "tests/matcher/agreement/random_persons.hpp"

namespace {

using namespace agreement;
using namespace matcher;

// Hands out a table in batches.
class TableSource final : public PersonsSource {
 public:
  explicit TableSource(const Persons& persons) : persons_(persons) {}
  Result<bool> read(PersonsTable& table, std::size_t max_rows) override {
    const std::size_t count = std::min({max_rows, std::size_t{7}, persons_.size() - next_});
    table = table_of(Persons(persons_.begin() + static_cast<std::ptrdiff_t>(next_),
                             persons_.begin() + static_cast<std::ptrdiff_t>(next_ + count)));
    next_ += count;
    return next_ < persons_.size();
  }
  std::string name() const override { return "test"; }

 private:
  const Persons& persons_;
  std::size_t next_ = 0;
};

// What a TextSink has got.
struct Written {
  std::string text;
  bool finished = false;
};

// Keeps rows as text.
class TextSink final : public TableSink {
 public:
  explicit TextSink(Written& written) : text(written.text), finished(written.finished) {}
  Status begin(std::span<const Column> columns) override {
    for (const Column& column : columns) text += column.name + ",";
    return {};
  }
  Status write(std::span<const Cell> row) override {
    text += "\n";
    for (const Cell& cell : row) {
      text += std::to_string(static_cast<int>(cell.type)) + ":" + std::to_string(cell.integer) + ":" +
              std::to_string(cell.real) + ":" + std::string(cell.text) + ",";
    }
    return {};
  }
  Status finish() override {
    finished = true;
    return {};
  }
  std::string& text;
  bool& finished;
};

OpenSink into(Written& written) {
  return [&]() -> Result<std::unique_ptr<TableSink>> { return std::make_unique<TextSink>(written); };
}

PartitionedInput input_of(const Persons& persons, std::string identity, std::uint64_t bytes) {
  return {std::move(identity), bytes,
          [&persons]() -> Result<std::unique_ptr<PersonsSource>> { return std::make_unique<TableSource>(persons); }};
}

MatchOptions random_options(RandomText& random) {
  constexpr Algorithm kAlgorithms[] = {
      Algorithm::kA1,   Algorithm::kA2, Algorithm::kA3, Algorithm::kA4, Algorithm::kA7Tiers, Algorithm::kA7Levenshtein,
      Algorithm::kMax3, Algorithm::kL1, Algorithm::kL5, Algorithm::kL9, Algorithm::kL10};
  MatchOptions options;
  options.algorithm = kAlgorithms[random.below(std::size(kAlgorithms))];
  options.threshold_percent = random.one_in(2) ? 90.0 : 55.0;
  if (random.one_in(2)) options.review_percent = 40.0;
  options.threads = random.one_in(2) ? 1 : 2;
  if (options.algorithm == Algorithm::kA3 && random.one_in(2)) options.date_test = DateTest::kSwap;
  if (random.one_in(3)) {
    for (const char* key : {"birthyear+soundex(last)", "last:2", "metaphone(first)+birthmonth"}) {
      options.blocking_keys.push_back(parse_blocking_key(key).value());
    }
  }
  return options;
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
    partitioned.layout = random.one_in(2) ? MatchLayout::kPairs : MatchLayout::kPeer;
    partitioned.selection = static_cast<Selection>(random.below(4));
    // The size that is claimed decides on the number of parts: 1 to 60 here.
    const std::uint64_t bytes = 1 + random.below(128) * (std::uint64_t{1} << 20);

    const PersonsTable left_table = table_of(left);
    const PersonsTable right_table = table_of(right);
    Written expected;
    TextSink expected_sink(expected);
    const auto matches = select_matches(match_persons(left_table.view(), right_table.view(), options).value(),
                                        partitioned.selection, left.size(), right.size());
    ASSERT_TRUE(write_matches(expected_sink, partitioned.layout, options.algorithm, matches, left_table.view(),
                              right_table.view()));
    Written actual;
    const auto result = match_partitioned(input_of(left, "l", bytes), input_of(right, "r", bytes), options, partitioned,
                                          into(actual), {});
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
  const auto result =
      match_partitioned(input_of(none, "l", 1), input_of(none, "r", 1), {}, partitioned, into(written), {});
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
  const auto result =
      match_partitioned(input_of(persons, "l", 1), input_of(persons, "r", 1), options, partitioned, into(written), {});
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().kind, ErrorKind::kCancelled);
  EXPECT_EQ(result.error().message, "cancelled; run again with --resume to go on");
  EXPECT_TRUE(std::filesystem::exists(folder));
  EXPECT_FALSE(written.finished);
  std::filesystem::remove_all(folder);
}

}  // namespace
