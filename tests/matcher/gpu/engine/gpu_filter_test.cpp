// The engine by way of the GPU filter: the matches of the CPU, whatever happens to the device.
#include "matcher/gpu/engine/gpu_filter.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "matcher/engine/match_engine.hpp"
#include "tests/matcher/engine/random_persons.hpp"
#include "tests/matcher/gpu/engine/emulated_runtime.hpp"

namespace matcher::gpu {
namespace {

using matcher_test::PersonsGenerator;
using testing::HasSubstr;

PersonsTable random_table(std::uint64_t seed, std::size_t rows) {
  return PersonsGenerator(seed).make(rows).table;
}

std::vector<matcher::Match> on_cpu(const PersonsTable& left, const PersonsTable& right, const MatchOptions& options) {
  return run_match(left.view(), right.view(), options).value().matches;
}

TEST(GpuFilter, RandomPersons_MatchAsOnTheCpu) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const PersonsTable left = random_table(seed, 90);
    const PersonsTable right = random_table(seed + 100, 110);
    const fake::Runtime runtime(emulated_options(seed));
    for (const Algorithm algorithm : {Algorithm::kA3, Algorithm::kA4}) {
      for (const double threshold : {0.0, 62.0, 66.7, 85.0, 90.0, 95.0, 100.0}) {
        MatchOptions options{algorithm, threshold, 2, {}};
        GpuFilter filter;
        const auto result = run_match(left.view(), right.view(), options, filter);
        ASSERT_TRUE(result) << result.error().message;
        EXPECT_EQ(result->filter_failure, std::nullopt);
        EXPECT_EQ(result->matches, on_cpu(left, right, options)) << "seed " << seed << ", threshold " << threshold;
        EXPECT_GT(filter.counters().pairs, 0U);
        EXPECT_EQ(filter.leak_report(), "");
      }
    }
    EXPECT_EQ(runtime.live(), 0U) << runtime.live_text();
  }
}

TEST(GpuFilter, EveryConvention_MatchesAsOnTheCpu) {
  const PersonsTable left = random_table(4, 80);
  const PersonsTable right = random_table(5, 80);
  const fake::Runtime runtime(emulated_options(4));
  for (const Profile profile : {Profile::kPeer, Profile::kSound}) {
    for (const Normalizer normalizer :
         {Normalizer::kText, Normalizer::kSimple, Normalizer::kPhonetic, Normalizer::kRaw}) {
      for (const DateTest dates : {DateTest::kEqual, DateTest::kSwap}) {
        MatchOptions options{Algorithm::kA3, 80.0, 1, {}};
        options.conventions = conventions_of(profile, Algorithm::kA3);
        options.conventions.normalizer = normalizer;
        options.date_test = dates;
        options.review_percent = 65.0;
        GpuFilter filter;
        const auto result = run_match(left.view(), right.view(), options, filter);
        ASSERT_TRUE(result) << result.error().message;
        EXPECT_EQ(result->matches, on_cpu(left, right, options));
        EXPECT_EQ(result->candidate_counts.size(), dates == DateTest::kSwap ? 2U : 1U);
      }
    }
  }
}

TEST(GpuFilter, OneTable_GivesEachPairOnce) {
  const PersonsTable table = random_table(6, 120);
  const fake::Runtime runtime(emulated_options(6));
  MatchOptions options{Algorithm::kA3, 90.0, 1, {}};
  options.same_table = true;
  GpuFilter filter;
  const auto result = run_match(table.view(), table.view(), options, filter);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->matches, on_cpu(table, table, options));
  EXPECT_FALSE(result->matches.empty());
}

// One birthdate for all: task splitting, small launches, overflow.
TEST(GpuFilter, OneBlockOfAllRows_MatchesAsOnTheCpu) {
  PersonsTable left = random_table(7, 300);
  PersonsTable right = random_table(8, 280);
  for (PersonsTable* const table : {&left, &right}) {
    PersonsTable same;
    for (std::size_t row = 0; row < table->id.size(); ++row) same.birthdate.append(std::int32_t{5000});
    table->birthdate = std::move(same.birthdate);
  }
  const fake::Runtime runtime(emulated_options(7));
  const MatchOptions options{Algorithm::kA3, 0.0, 2, {}};
  GpuFilter filter({.most_pairs_per_launch = 20'000, .first_capacity = 16});
  const auto result = run_match(left.view(), right.view(), options, filter);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->matches, on_cpu(left, right, options));
  EXPECT_EQ(result->candidate_counts, (std::vector<std::uint64_t>{300 * 280}));
  EXPECT_GT(filter.counters().launches, 4U);
}

// Names of more than 32 symbols, which no kernel reads, in a table that is large enough for several threads.
PersonsTable long_names(std::uint64_t seed, std::size_t rows) {
  std::mt19937_64 random(seed);
  PersonsTable table;
  for (std::size_t row = 0; row < rows; ++row) {
    const bool takes_part = row < 250;
    std::string name(takes_part ? 36 : 3, 'a');
    name[random() % name.size()] = static_cast<char>('a' + random() % 26);
    table.id.push_back(static_cast<std::int64_t>(row));
    table.first_name.append(name);
    table.middle_name.append_null();
    table.last_name.append("lee");
    table.birthdate.append(takes_part ? std::optional<std::int32_t>(5) : std::nullopt);
  }
  return table;
}

TEST(GpuFilter, SeveralThreads_MatchAsOnTheCpu) {
  const PersonsTable left = long_names(16, 9000);
  const PersonsTable right = long_names(17, 9000);
  const fake::Runtime runtime(emulated_options(16));
  const MatchOptions options{Algorithm::kA3, 60.0, 4, {}};
  GpuFilter filter;
  const auto result = run_match(left.view(), right.view(), options, filter);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->filter_failure, std::nullopt);
  EXPECT_EQ(result->matches, on_cpu(left, right, options));
  EXPECT_GT(result->matches.size(), 10'000U);
  EXPECT_EQ(runtime.records().launches.size(), 0U);
}

// A whole run without room, one lost at every call: the CPU finishes, and the result says why.
TEST(GpuFilter, DeviceThatFails_IsReplacedByTheCpu) {
  const PersonsTable left = random_table(9, 60);
  const PersonsTable right = random_table(10, 60);
  const MatchOptions options{Algorithm::kA3, 60.0, 1, {}};
  const std::vector<matcher::Match> expected = on_cpu(left, right, options);
  for (std::size_t n = 1; n <= 30; ++n) {
    fake::Runtime runtime(emulated_options(n));
    runtime.inject({.call = n, .code = cudaErrorECCUncorrectable, .lose_device = true});
    GpuFilter filter({.most_pairs_per_launch = 400});
    const auto result = run_match(left.view(), right.view(), options, filter);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->matches, expected) << "call " << n;
    if (n > 12) continue;  // the run may be over by then
    ASSERT_TRUE(result->filter_failure) << "call " << n;
    EXPECT_THAT(*result->filter_failure, HasSubstr("cudaErrorECCUncorrectable"));
  }
  fake::Options tiny = emulated_options(1);
  tiny.device_bytes = 100;
  const fake::Runtime runtime(tiny);
  GpuFilter filter;
  const auto result = run_match(left.view(), right.view(), options, filter);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->matches, expected);
  EXPECT_EQ(result->candidate_counts, run_match(left.view(), right.view(), options).value().candidate_counts);
  ASSERT_TRUE(result->filter_failure);
  EXPECT_THAT(*result->filter_failure, HasSubstr("cudaErrorMemoryAllocation"));
}

TEST(GpuFilter, Cancelled_StopsBetweenLaunchesAndLeavesNothing) {
  const PersonsTable left = random_table(11, 100);
  const PersonsTable right = random_table(12, 100);
  const fake::Runtime runtime(emulated_options(11));
  MatchOptions options{Algorithm::kA3, 60.0, 1, {}};
  options.is_cancelled = [&] { return runtime.records().launches.size() >= 3; };
  GpuFilter filter({.most_pairs_per_launch = 200});
  const auto result = run_match(left.view(), right.view(), options, filter);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::kCancelled);
  EXPECT_EQ(runtime.records().launches.size(), 3U);
  EXPECT_EQ(runtime.live(), 0U) << runtime.live_text();
}

TEST(GpuFilter, CancelledWhileNamesAreEncoded_DoesNotTouchTheDevice) {
  constexpr std::size_t kRows = 20'000;
  TextChunks names(kRows);
  for (std::size_t row = 0; row < kRows; ++row) names.append(row / TextChunks::kRowsPerChunk, "ann lee");
  const std::vector<std::uint64_t> keys(kRows, 1);
  const fake::Runtime runtime(emulated_options(18));
  std::atomic<int> asked = 0;
  const RunWatch watch{[&] { return ++asked > 7; }, {}};
  GpuFilter filter;
  EXPECT_THROW(static_cast<void>(filter.filter({{names, keys}, {names, keys}, 85.0, 2, watch}, [](auto) {})),
               Cancelled);
  EXPECT_EQ(runtime.counted_calls(), 0U);
}

TEST(GpuFilter, Progress_RisesToAllPairs) {
  const PersonsTable left = random_table(13, 100);
  const PersonsTable right = random_table(14, 100);
  const fake::Runtime runtime(emulated_options(13));
  MatchOptions options{Algorithm::kA3, 60.0, 1, {}};
  std::vector<std::uint64_t> done;
  std::uint64_t total = 0;
  options.on_progress = [&](const Progress& progress) {
    if (progress.stage != "match") return;
    done.push_back(progress.done);
    total = progress.total;
  };
  GpuFilter filter({.most_pairs_per_launch = 200});
  ASSERT_TRUE(run_match(left.view(), right.view(), options, filter));
  ASSERT_GT(done.size(), 3U);
  EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
  EXPECT_EQ(done.front(), 0U);
  EXPECT_EQ(done.back(), total);
}

TEST(GpuFilter, OptionsWithoutAGpuVersion_AreRefused) {
  const PersonsTable table = random_table(15, 5);
  GpuFilter filter;
  for (const Algorithm algorithm : {Algorithm::kA1, Algorithm::kMax3, Algorithm::kL10}) {
    const auto result = run_match(table.view(), table.view(), {algorithm, 90.0, 1, {}}, filter);
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().message, HasSubstr("no GPU version"));
  }
}

}  // namespace
}  // namespace matcher::gpu
