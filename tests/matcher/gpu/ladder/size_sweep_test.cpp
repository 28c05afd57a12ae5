// Rungs over the pairs of a launch, under the emulator.
#include "matcher/gpu/ladder/size_sweep.hpp"

#include <gmock/gmock.h>

#include "matcher/gpu/ladder/answers.hpp"
#include "tests/matcher/gpu/ladder/ladder_case.hpp"

namespace matcher::gpu {
namespace {

using ::testing::ElementsAre;

bool is_block(const Rung& rung) {
  return rung.name.substr(0, 5) == "block";
}

std::vector<std::uint64_t> pairs_of(const std::vector<SizeTimes>& sizes) {
  std::vector<std::uint64_t> pairs;
  for (const SizeTimes& size : sizes) pairs.push_back(size.pairs);
  return pairs;
}

LadderOptions swept() {
  LadderOptions options = small({12});
  options.sweep.pairs = {16, 64, 128, 1024, 4096};
  options.timer.fewest_samples = options.timer.most_samples = 2;
  return options;
}

// A ladder of 37 x 45 names, of which 5 x 45 pairs are listed.
class SizeSweepTest : public ::testing::Test {
 protected:
  DeviceResult<std::vector<SizeTimes>> sweep(const Rung& rung) {
    return sweep_sizes(rung, timer, options.sweep, [] { return false; });
  }
  [[nodiscard]] const Rung& rung(std::string_view name) const {
    for (const Rung& each : ladder.rungs()) {
      if (each.name == name) return each;
    }
    throw std::runtime_error("no such rung");
  }

  fake::Runtime runtime{under_emulator()};
  ResourceTracker tracker;
  LadderOptions options = swept();
  KernelTimer timer = std::move(*KernelTimer::create(tracker, options.timer));
  Sample sample{options.shape};
  Ladder ladder = std::move(*Ladder::create(tracker, sample, timer.stream()));
};

TEST_F(SizeSweepTest, EveryRung_IsRightAtEverySizeItTakes) {
  for (const Rung& rung : ladder.rungs()) {
    const auto sizes = sweep(rung);
    ASSERT_TRUE(sizes) << rung.name;
    if (is_block(rung)) {
      EXPECT_THAT(pairs_of(*sizes), ElementsAre(16, 64, 1024)) << rung.name;  // 128 is no square, 64 x 64 is too large
    } else {
      EXPECT_THAT(pairs_of(*sizes), ElementsAre(16, 64, 128)) << rung.name;
    }
    for (const SizeTimes& size : *sizes) {
      EXPECT_TRUE(size.correct) << rung.name << ", " << size.pairs;
      EXPECT_EQ(size.cold_ns.size(), 2u);
    }
  }
}

TEST_F(SizeSweepTest, RunOverFewerPairs_IsWrongAndGetsNoTime) {
  for (const char* const name : {"four_kernels", "fused, rows", "warp_per_pair", "block"}) {
    Rung broken = rung(name);
    broken.run = [run = broken.run](cudaStream_t stream, std::uint64_t pairs) { return run(stream, pairs / 4); };
    const auto sizes = sweep(broken);
    ASSERT_TRUE(sizes) << name;
    for (const SizeTimes& size : *sizes) {
      EXPECT_FALSE(size.correct) << name << ", " << size.pairs;
      EXPECT_FALSE(size.cold_median_ns());
      EXPECT_FALSE(size.pairs_per_second());
    }
    EXPECT_EQ(half_performance_pairs(*sizes), HalfPerformance{});
  }
}

TEST_F(SizeSweepTest, RunOverMorePairs_IsWrong) {
  for (const Rung& rung : ladder.rungs()) {
    if (rung.name.find("matches") != std::string::npos) continue;  // see below
    ASSERT_TRUE(rung.forget(timer.stream()));
    ASSERT_TRUE(rung.run(timer.stream(), 64));
    EXPECT_EQ(rung.is_right(timer.stream(), 64), true) << rung.name;
    EXPECT_EQ(rung.is_right(timer.stream(), 16), false) << rung.name;
  }
}

// The first right name is a left one: the smallest square that leaves it out has as many rows as stand before that.
TEST_F(SizeSweepTest, MatchOutsideOfTheSquare_IsWrong) {
  std::uint64_t row = 0;
  while (sample.left().at(row) != sample.right()[0]) ++row;
  ASSERT_GT(row, 0u);
  const Rung& matches = rung("block, matches");
  ASSERT_TRUE(matches.run(timer.stream(), matches.pairs));
  EXPECT_EQ(matches.is_right(timer.stream(), matches.pairs), true);
  EXPECT_EQ(matches.is_right(timer.stream(), row * row), false);
}

TEST_F(SizeSweepTest, TimeIsUp_FewPairsAreLeftOut) {
  int looks = 0;
  const auto sizes = sweep_sizes(rung("fused"), timer, options.sweep, [&] { return ++looks > 2; });
  ASSERT_TRUE(sizes);
  EXPECT_THAT(pairs_of(*sizes), ElementsAre(64, 128));
}

TEST_F(SizeSweepTest, Square_HasAsManyLeftAsRightRowsOrIsAllThereIs) {
  ASSERT_TRUE(square_of(sample, 1024));
  EXPECT_EQ(square_of(sample, 1024)->left, 32u);
  EXPECT_EQ(square_of(sample, 1024)->right, 32u);
  EXPECT_EQ(square_of(sample, 37 * 45)->right, 45u);
  EXPECT_FALSE(square_of(sample, 1000));
  EXPECT_FALSE(square_of(sample, 38 * 38));
}

TEST(Ladder, OnlyOneLengthClassIsSwept) {
  const fake::Runtime runtime(under_emulator());
  ResourceTracker tracker;
  LadderOptions options = small({8, 12});
  options.sweep.pairs = {1};
  options.timer.fewest_samples = options.timer.most_samples = 1;
  for (const RungResult& rung : measure_ladder(tracker, options, say_nothing).rungs) {
    EXPECT_EQ(rung.sizes.size(), rung.longest == 12 ? 1u : 0u) << rung.name;
    EXPECT_TRUE(rung.all_right());
  }
  EXPECT_EQ(tracker.leak_report(), "");
}

TEST(RungResult, WrongAtOneSize_IsNotAllRight) {
  RungResult rung;
  rung.correct = true;
  rung.sizes = {{1024, true, {1.0}}, {4096, true, {1.0}}};
  EXPECT_TRUE(rung.all_right());
  rung.sizes.back().correct = false;
  EXPECT_FALSE(rung.all_right());
}

TEST(HalfPerformancePairs, AreOfTheMedians) {
  const std::vector<SizeTimes> sizes = {{1024, true, {1, 1024, 5000}}, {2048, true, {1024}}, {4096, true, {512}}};
  EXPECT_EQ(*sizes[0].cold_median_ns(), 1024);
  EXPECT_EQ(*sizes[0].pairs_per_second(), 1e9);
  EXPECT_EQ(half_performance_pairs(sizes), half_performance({{1024, 1e9}, {2048, 2e9}, {4096, 8e9}}));
  EXPECT_TRUE(half_performance_pairs(sizes).items);
}

}  // namespace
}  // namespace matcher::gpu
