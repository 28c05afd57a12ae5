// Items of unequal size go through the pipeline with every axis but graphs: each tile gets its own bytes and no others.
#include <gmock/gmock.h>

#include <numeric>
#include <random>

#include "tests/matcher/gpu/device/fake_runtime.hpp"
#include "tests/matcher/gpu/device/pipeline_case.hpp"

namespace matcher::gpu {
namespace {

// Item i: the bytes [offsets[i], offsets[i + 1]), some of them none, and their sum.
struct Sums {
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint32_t> offsets{0};
  std::vector<std::uint32_t> sums;

  Sums(std::size_t items, std::uint64_t seed) : sums(items) {
    std::mt19937_64 random(seed);
    while (offsets.size() <= items) {
      for (std::size_t i = random() % 3 == 0 ? 0 : random() % 40; i > 0; --i) {
        bytes.push_back(static_cast<std::uint8_t>(random()));
      }
      offsets.push_back(static_cast<std::uint32_t>(bytes.size()));
    }
  }
  [[nodiscard]] Job job() {
    return {sums.size(),
            {{reinterpret_cast<const std::byte*>(bytes.data()), 1, offsets.data()},
             {reinterpret_cast<const std::byte*>(offsets.data()), sizeof(std::uint32_t)},
             {reinterpret_cast<const std::byte*>(offsets.data() + 1), sizeof(std::uint32_t)}},
            {{reinterpret_cast<std::byte*>(sums.data()), sizeof(std::uint32_t)}}};
  }
  [[nodiscard]] std::size_t wrong() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      count += sums[i] != std::accumulate(bytes.begin() + offsets[i], bytes.begin() + offsets[i + 1], 0U);
    }
    return count;
  }
};

void add_up(const std::uint8_t* bytes, std::uint32_t first, const std::uint32_t* begins, const std::uint32_t* ends,
            std::uint32_t* sums, std::size_t items) {
  const std::size_t i = fake::current_thread().index();
  if (i < items) sums[i] = std::accumulate(bytes + (begins[i] - first), bytes + (ends[i] - first), 0U);
}

EnqueueKernels enqueue_for(const Sums& sums) {
  return [&sums](const DeviceTile& tile) {
    const LaunchShape shape{dim3(static_cast<unsigned>((tile.items + 31) / 32)), dim3(32)};
    return check("add_up", launch(shape, tile.stream, add_up, tile.input<std::uint8_t>(0), sums.offsets[tile.first],
                                  tile.input<std::uint32_t>(1), tile.input<std::uint32_t>(2),
                                  tile.output<std::uint32_t>(0), tile.items));
  };
}

TEST(UnequalItems, EveryCombinationWithoutGraphs_GivesEachTileItsOwnBytes) {
  std::uint64_t seed = 100;
  for (const PipelineOptions& options : all_options({1, 3}, 17)) {
    if (options.submission == SubmissionChoice::kGraph) continue;
    fake::Runtime runtime({.seed = ++seed});
    ResourceTracker tracker;
    Sums sums(200, seed);
    TilePipeline pipeline = TilePipeline::open(tracker, options).value();
    const auto report = pipeline.run(sums.job(), enqueue_for(sums));
    ASSERT_TRUE(report) << text_of(options) << ": " << report.error().message;
    EXPECT_EQ(sums.wrong(), 0U) << text_of(options);
    const bool copies = options.host_memory != HostMemoryChoice::kManaged;
    EXPECT_EQ(report->submission.upload_bytes, copies ? sums.bytes.size() + 8 * sums.sums.size() : 0);
  }
}

TEST(UnequalItems, OutOfMemory_HalvesTheTileAndStaysRight) {
  fake::Runtime runtime({.device_bytes = 3000});
  ResourceTracker tracker;
  Sums sums(400, 5);
  TilePipeline pipeline = TilePipeline::open(tracker, {.tile_items = 300}).value();
  const auto report = pipeline.run(sums.job(), enqueue_for(sums));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_GT(report->halvings, 0U);
  EXPECT_EQ(sums.wrong(), 0U);
}

TEST(UnequalItems, AllOfThemEmpty_AreNoCopy) {
  fake::Runtime runtime;
  ResourceTracker tracker;
  Sums sums(50, 6);
  sums.bytes.clear();
  sums.offsets.assign(51, 0);
  TilePipeline pipeline = TilePipeline::open(tracker, {.tile_items = 20}).value();
  ASSERT_TRUE(pipeline.run(sums.job(), enqueue_for(sums)));
  EXPECT_EQ(sums.wrong(), 0U);
}

}  // namespace
}  // namespace matcher::gpu
