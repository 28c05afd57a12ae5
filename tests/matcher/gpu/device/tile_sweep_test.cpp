// The sweep over tile sizes, on the fake runtime.
#include "matcher/gpu/device/axes/tile_sweep.hpp"

#include <gmock/gmock.h>

#include "tests/matcher/gpu/device/axes_case.hpp"

namespace matcher::gpu {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::size_t kSizes = 4;

class TileSweepTest : public AxesCase {
 protected:
  TileSweepOptions options() {
    return {.items = 300, .smallest_tile = 16, .tile_step = 4, .most_tiles = 4, .cell = limits()};
  }
};

std::vector<std::size_t> of_points(const SweptFlow& flow, const std::function<std::size_t(const AxesCell&)>& what) {
  std::vector<std::size_t> values;
  for (const AxesCell& point : flow.points) values.push_back(what(point));
  return values;
}

TEST_F(TileSweepTest, EveryFlow_IsMeasuredAtEverySize) {
  const fake::Runtime runtime;
  const TileSweep sweep = measure_tile_sweep(tracker, options());
  EXPECT_EQ(sweep.flows.size(), 10u);
  EXPECT_EQ(sweep.not_measured, 0u);
  for (const SweptFlow& flow : sweep.flows) {
    EXPECT_THAT(of_points(flow, [](const AxesCell& point) { return point.options.tile_items; }),
                ElementsAre(16, 64, 256, 300));
    EXPECT_THAT(of_points(flow, [](const AxesCell& point) { return point.items; }), ElementsAre(64, 256, 300, 300));
    // Of three timed runs and the one before.
    EXPECT_THAT(of_points(flow, [](const AxesCell& point) { return point.report.tiles; }), ElementsAre(16, 16, 8, 4));
    for (const AxesCell& point : flow.points) {
      EXPECT_TRUE(point.correct) << flow.flow.name << ": " << point.error;
      EXPECT_EQ(point.times.size(), 3u);
    }
  }
  EXPECT_EQ(tracker.leak_report(), "");
}

TEST_F(TileSweepTest, AuditedFlow_IsThePipelineAsItComes) {
  const Flow audited = sweep_flows().front();
  EXPECT_EQ(audited.name, "audited");
  EXPECT_EQ(name_of(audited.options.host_memory), "pageable");
  EXPECT_EQ(name_of(audited.options.device_buffers), "per tile");
  EXPECT_EQ(name_of(audited.options.wait), "stream");
  EXPECT_EQ(name_of(audited.options.submission), "per tile");
  EXPECT_EQ(audited.options.streams, 1u);
}

TEST_F(TileSweepTest, WrongAnswer_GetsNoTimeAndNoHalfPerformance) {
  const fake::Runtime runtime;
  break_last_item = true;
  for (const SweptFlow& flow : measure_tile_sweep(tracker, options()).flows) {
    for (const AxesCell& point : flow.points) {
      EXPECT_FALSE(point.correct);
      EXPECT_FALSE(point.median());
      EXPECT_FALSE(point.items_per_second());
    }
    EXPECT_EQ(flow.half_performance_tile(), HalfPerformance{});
  }
}

TEST_F(TileSweepTest, TimeIsUp_SmallTilesAreCutOffAndCounted) {
  const fake::Runtime runtime;
  TileSweepOptions short_of_time = options();
  short_of_time.time_in_all = std::chrono::milliseconds(200);
  const TileSweep sweep = measure_tile_sweep(tracker, short_of_time);
  std::size_t measured = 0;
  for (const SweptFlow& flow : sweep.flows) {
    measured += flow.points.size();
    ASSERT_FALSE(flow.points.empty());
    EXPECT_EQ(flow.points.back().options.tile_items, 300u);
    EXPECT_NE(flow.points.front().options.tile_items, 16u);
  }
  EXPECT_EQ(measured + sweep.not_measured, 10 * kSizes);
}

TEST_F(TileSweepTest, TileThatWasHalved_IsNoMeasurementOfThatTile) {
  fake::Options small;
  small.device_bytes = 18'000;  // 300 pairs are 19,200
  const fake::Runtime runtime(small);
  const TileSweep sweep = measure_tile_sweep(tracker, options());
  const AxesCell& point = sweep.flows.front().points.back();
  EXPECT_TRUE(point.correct);
  EXPECT_THAT(point.error, HasSubstr("in tiles of 75 items"));
  EXPECT_FALSE(point.median());
}

TEST_F(TileSweepTest, LostDevice_EndsTheSweepAndSaysSo) {
  fake::Runtime runtime;
  runtime.inject({.call = 500, .code = cudaErrorECCUncorrectable, .lose_device = true});
  const TileSweep sweep = measure_tile_sweep(tracker, options());
  std::size_t failed = 0;
  for (const SweptFlow& flow : sweep.flows) {
    for (const AxesCell& point : flow.points)
      failed += point.error.find("cudaErrorECCUncorrectable") != std::string::npos;
  }
  EXPECT_EQ(failed, 1u);
  EXPECT_GT(sweep.not_measured, 0u);
}

TEST(SweptFlow, HalfPerformance_IsOfItsRatesByTileSize) {
  SweptFlow flow;
  for (const auto& [tile, items] : {std::pair{1024, 1000}, {4096, 3000}, {16384, 8000}, {65536, 8}}) {
    AxesCell& point = flow.points.emplace_back();
    point.options.tile_items = static_cast<std::size_t>(tile);
    point.items = static_cast<std::size_t>(items);
    point.times = {std::chrono::microseconds(1)};
  }
  flow.points.back().times.clear();  // was wrong, say
  EXPECT_EQ(flow.half_performance_tile(), half_performance({{1024, 1e12}, {4096, 3e12}, {16384, 8e12}}));
  EXPECT_TRUE(flow.half_performance_tile().items);
}

TEST(SweepItems, TakeAQuarterOfTheMemoryAtMost) {
  EXPECT_EQ(sweep_items(std::size_t{1} << 40), std::size_t{1} << 24);
  EXPECT_EQ(sweep_items(std::size_t{8} << 30), std::size_t{1} << 23);
  EXPECT_EQ(sweep_items(0), 1u);
}

}  // namespace
}  // namespace matcher::gpu
