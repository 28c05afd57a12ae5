// Clusters, households and cascades within a budget give what they give in memory, and can be cancelled anywhere.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "matcher/engine/match_engine.hpp"
#include "matcher/io/watched_sink.hpp"
#include "matcher/partitioned/partitioned_cascade.hpp"
#include "matcher/partitioned/partitioned_dedupe.hpp"
#include "matcher/partitioned/partitioned_household.hpp"
#include "matcher/resolution/clusters.hpp"
#include "tests/matcher/partitioned/test_tables.hpp"

namespace {

using namespace partitioned_test;

PartitionedOptions in_folder(const char* name) {
  return {.memory_bytes = kLeastMemoryBytes, .work_folder = std::filesystem::path(testing::TempDir()) / name};
}

// Clusters, pairs and conflicts as text.
std::string dedupe_text(const DedupeMatches& found, const RunWatch& watch) {
  Written written;
  TextSink text(written);
  WatchedSink sink(text, 0, watch);
  const Clusters clusters = find_clusters(found.ids.row_count, found.matches, watch).value();
  EXPECT_TRUE(write_cluster_members(sink, clusters, found.ids));
  EXPECT_TRUE(found.write_pairs(sink));
  EXPECT_TRUE(write_conflicts(sink, clusters, list_conflicts(clusters, found.matches, 3, watch).value(), found.ids));
  return written.text + " of " + std::to_string(found.accepted);
}

std::string dedupe_in_memory(const PersonsTable& table, const MatchOptions& options, MatchLayout layout) {
  const auto matches = match_persons(table.view(), table.view(), options).value();
  const auto write_pairs = [&](TableSink& sink) {
    return write_matches(sink, layout, options.algorithm, matches, table.view(), table.view());
  };
  return dedupe_text({table.view(), matches.size(), each_of(matches), write_pairs, {}}, {});
}

TEST(PartitionedDedupe, RandomTables_GiveWhatARunInMemoryGives) {
  RandomText random(600);
  const PartitionedOptions partitioned = in_folder("partitioned_dedupe");
  std::size_t pairs = 0;
  for (std::size_t round = 0; round < scaled(60); ++round) {
    const Persons persons = random_persons(random, random_pool(random), random.below(80), {});
    MatchOptions options = random_options(random);
    options.same_table = true;
    const auto layout = random.one_in(2) ? MatchLayout::kPairs : MatchLayout::kPeer;
    const std::string expected = dedupe_in_memory(table_of(persons), options, layout);
    std::string actual;
    const auto status = dedupe_partitioned(input_of(persons, "p", 1), options, partitioned, layout,
                                           [&](const DedupeMatches& found, const TableFacts& facts) -> Status {
                                             EXPECT_EQ(facts.rows, persons.size());
                                             actual = dedupe_text(found, {});
                                             pairs += found.accepted;
                                             return {};
                                           });
    ASSERT_TRUE(status.has_value()) << status.error().message;
    ASSERT_EQ(actual, expected) << algorithm_name(options.algorithm) << shown(persons);
    EXPECT_FALSE(std::filesystem::exists(partitioned.work_folder));
  }
  EXPECT_GT(pairs, scaled(60));
}

TEST(PartitionedDedupe, CancelledAtAnyPoint_SaysSoAndEndsNothing) {
  RandomText random(601);
  const Persons persons = random_persons(random, random_pool(random), 60, {});
  const PartitionedOptions partitioned = in_folder("partitioned_dedupe_cancel");
  int points = 0;
  for (bool was_cancelled = true; was_cancelled; ++points) {
    int calls_left = points;
    MatchOptions options;
    options.algorithm = Algorithm::kMax3;
    options.threshold_percent = 0.0;
    options.same_table = true;
    options.is_cancelled = [&] { return calls_left-- == 0; };
    bool is_finished = false;
    const auto status = dedupe_partitioned(input_of(persons, "p", 1), options, partitioned, MatchLayout::kPairs,
                                           [&](const DedupeMatches& found, const TableFacts&) -> Status {
                                             dedupe_text(found, {options.is_cancelled, {}});
                                             is_finished = true;
                                             return {};
                                           });
    was_cancelled = !status.has_value();
    if (!was_cancelled) continue;
    ASSERT_EQ(status.error().kind, ErrorKind::kCancelled) << status.error().message;
    ASSERT_FALSE(is_finished) << points;
  }
  EXPECT_GT(points, 10) << "phases do not ask";
}

TEST(PartitionedDedupe, RowsThatDoNotFitTheBudget_AreRefusedWithWhatWouldDo) {
  // Claims many rows without having them.
  class ManyRows final : public PersonsSource {
   public:
    Result<bool> read(PersonsTable& table, std::size_t max_rows) override {
      table.first_name.declare();
      table.last_name.declare();
      for (std::size_t i = 0; i < max_rows; ++i) {
        table.id.push_back(next_++);
        table.first_name.append_null();
        table.last_name.append_null();
        table.birthdate.append(std::nullopt);
      }
      return next_ < 1'200'000;
    }
    std::string name() const override { return "test"; }

   private:
    std::int64_t next_ = 0;
  };
  MatchOptions options;
  options.algorithm = Algorithm::kA1;
  options.same_table = true;
  const PartitionedInput input{"test", "many", 1,
                               []() -> Result<std::unique_ptr<PersonsSource>> { return std::make_unique<ManyRows>(); }};
  const PartitionedOptions partitioned = in_folder("partitioned_dedupe_rows");
  const auto status = dedupe_partitioned(input, options, partitioned, std::nullopt,
                                         [](const DedupeMatches&, const TableFacts&) -> Status { return {}; });
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().kind, ErrorKind::kBadInput);
  EXPECT_EQ(status.error().message,
            "putting 1204224 rows into clusters needs 70M of memory, the budget is 64M; go on with --resume and "
            "--memory 70M");
  std::filesystem::remove_all(partitioned.work_folder);
}

TEST(PartitionedHousehold, RandomTables_GiveWhatARunInMemoryGives) {
  RandomText random(602);
  const PartitionedOptions partitioned = in_folder("partitioned_household");
  std::size_t households = 0;
  for (std::size_t round = 0; round < scaled(60); ++round) {
    const std::vector<std::string> pool = random_pool(random);
    const Persons left = random_persons(random, pool, random.below(60), {});
    const Persons right = random_persons(random, pool, random.below(60), left);
    MatchOptions options;
    options.algorithm = Algorithm::kA4;
    options.threshold_percent = random.one_in(2) ? 90.0 : 55.0;
    if (random.one_in(2)) options.review_percent = 40.0;
    const auto side = random.one_in(2) ? HouseholdSide::kLeft : HouseholdSide::kRight;
    const PersonsTable left_table = table_of(left);
    const PersonsTable right_table = table_of(right);
    const auto matches = match_persons(left_table.view(), right_table.view(), options).value();
    const auto expected = roll_up_households(matches, left_table.view(), right_table.view(), side);
    const auto use = [&](const PartitionedHouseholds& found) -> Status {
      EXPECT_EQ(found.person_pairs, matches.size());
      EXPECT_TRUE(found.households == expected) << shown(left) << "\nright" << shown(right);
      households += found.households.size();
      return {};
    };
    const auto status =
        household_partitioned(input_of(left, "l", 1), input_of(right, "r", 1), options, partitioned, side, use);
    ASSERT_TRUE(status.has_value()) << status.error().message;
  }
  EXPECT_GT(households, scaled(10));
}

// Levels and their pairs as text.
std::string shown_level(const CascadeLevel& level, std::uint64_t pairs) {
  return "\nL" + std::to_string(level.level) + " " + level.missing_column + " " + std::to_string(pairs) + " of " +
         std::to_string(level.left_pool) + " x " + std::to_string(level.right_pool) + "\n";
}

std::string cascade_in_memory(const Persons& left, const Persons& right, const CascadeOptions& options) {
  const PersonsTable left_table = table_of(left);
  const PersonsTable right_table = table_of(right);
  Written written;
  TextSink sink(written);
  const auto levels = run_cascade(left_table.view(), right_table.view(), options).value();
  for (const CascadeLevel& level : levels) {
    written.text += shown_level(level, level.matches.size());
    if (!level.missing_column.empty()) continue;
    EXPECT_TRUE(write_matches(sink, MatchLayout::kPairs, algorithm_of_level(level.level), level.matches,
                              left_table.view(), right_table.view()));
  }
  return written.text;
}

Status cascade_text(const Persons& left, const Persons& right, const CascadeOptions& options,
                    const PartitionedOptions& partitioned, std::string& text) {
  return cascade_partitioned(input_of(left, "l", 1), input_of(right, "r", 1), options, partitioned, MatchLayout::kPairs,
                             [&](const PartitionedCascade& cascade) -> Status {
                               Written written;
                               TextSink sink(written);
                               for (const PartitionedLevel& level : cascade.levels) {
                                 written.text += shown_level(level.level, level.pairs);
                                 if (!level.write) continue;
                                 if (auto status = level.write(sink); !status) return status;
                               }
                               text = written.text;
                               return {};
                             });
}

TEST(PartitionedCascade, RandomTables_GiveWhatARunInMemoryGives) {
  RandomText random(603);
  const PartitionedOptions partitioned = in_folder("partitioned_cascade");
  for (std::size_t round = 0; round < scaled(20); ++round) {
    const std::vector<std::string> pool = random_pool(random);
    const Persons left = random_persons(random, pool, random.below(60), {});
    const Persons right = random_persons(random, pool, random.below(60), left);
    CascadeOptions options;
    options.mode = random.one_in(3) ? CascadeMode::kIndependent : CascadeMode::kExclusive;
    options.threshold_percent = random.one_in(2) ? 90.0 : 55.0;
    if (random.one_in(3)) options.levels = {3, 1, 10};
    std::string actual;
    const auto status = cascade_text(left, right, options, partitioned, actual);
    ASSERT_TRUE(status.has_value()) << status.error().message;
    ASSERT_EQ(actual, cascade_in_memory(left, right, options)) << shown(left) << "\nright" << shown(right);
    EXPECT_FALSE(std::filesystem::exists(partitioned.work_folder));
  }
}

// Cancelled at every point in turn and resumed each time: what was done stays done, and the result is the same.
TEST(PartitionedCascade, CancelledAndResumedOverAndOver_GivesTheSame) {
  RandomText random(604);
  const std::vector<std::string> pool = random_pool(random);
  const Persons left = random_persons(random, pool, 60, {});
  const Persons right = random_persons(random, pool, 60, left);
  PartitionedOptions partitioned = in_folder("partitioned_cascade_cancel");
  partitioned.resume = true;
  int points = 0;
  std::string actual;
  for (bool was_cancelled = true; was_cancelled; ++points) {
    int calls_left = points;
    CascadeOptions options;
    options.is_cancelled = [&] { return calls_left-- == 0; };
    const auto status = cascade_text(left, right, options, partitioned, actual);
    was_cancelled = !status.has_value();
    if (was_cancelled) {
      ASSERT_EQ(status.error().kind, ErrorKind::kCancelled) << status.error().message;
    }
  }
  EXPECT_GT(points, 10) << "phases do not ask";
  EXPECT_EQ(actual, cascade_in_memory(left, right, {}));
}

}  // namespace
