// Kernels that talk across a warp go through launch, streams and graphs of the fake runtime into the emulator.
#include <gmock/gmock.h>

#include <numeric>
#include <span>
#include <vector>

#include "matcher/gpu/device/tile_pipeline.hpp"
#include "matcher/gpu/emulator/emulator.hpp"
#include "matcher/gpu/emulator/intrinsics.hpp"
#include "tests/matcher/gpu/device/fake_runtime.hpp"
#include "tests/matcher/gpu/device/pipeline_case.hpp"

namespace matcher::gpu {
namespace {

constexpr unsigned kLanes = 32;

// A warp adds the 32 words of an item.
void add_up(const std::uint32_t* words, std::uint32_t* sums, std::uint32_t items) {
  const std::uint32_t thread = blockIdx.x * blockDim.x + threadIdx.x;
  const std::uint32_t item = thread / kLanes;
  std::uint32_t sum = item < items ? words[thread] : 0;
  for (unsigned distance = kLanes / 2; distance > 0; distance /= 2) {
    sum += __shfl_xor_sync(0xffffffffu, sum, static_cast<int>(distance));
  }
  if (item < items && thread % kLanes == 0) sums[item] = sum;
}

DeviceStatus enqueue(const DeviceTile& tile) {
  const auto items = static_cast<std::uint32_t>(tile.items);
  return check("add_up", launch({dim3((items + 1) / 2), dim3(2 * kLanes)}, tile.stream, add_up,
                                tile.input<std::uint32_t>(0), tile.output<std::uint32_t>(0), items));
}

TEST(EmulatedKernel, ThroughThePipeline_IsRightWithEveryCombination) {
  std::uint64_t seed = 0;
  for (const PipelineOptions& options : all_options({2}, 7)) {
    fake::Options runtime_options{.seed = ++seed};
    runtime_options.kernel_runner = [&](const LaunchShape& shape, const std::function<void()>& body) {
      emulator::run_grid({shape.grid.x, shape.grid.y, shape.grid.z}, {shape.block.x, shape.block.y, shape.block.z},
                         shape.dynamic_shared_bytes, body,
                         {.seed = seed, .shuffle_lanes = true, .shuffle_blocks = true});
    };
    fake::Runtime runtime(std::move(runtime_options));
    ResourceTracker tracker;
    std::vector<std::uint32_t> words(kLanes * 25);
    std::iota(words.begin(), words.end(), static_cast<std::uint32_t>(seed));
    std::vector<std::uint32_t> sums(25);
    const Job job{sums.size(),
                  {{std::as_bytes(std::span(words)).data(), kLanes * sizeof(std::uint32_t)}},
                  {{std::as_writable_bytes(std::span(sums)).data(), sizeof(std::uint32_t)}}};
    TilePipeline pipeline = TilePipeline::open(tracker, options).value();
    ASSERT_TRUE(pipeline.run(job, enqueue)) << text_of(options);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const auto first = words.begin() + static_cast<std::ptrdiff_t>(i * kLanes);
      EXPECT_EQ(sums[i], std::accumulate(first, first + kLanes, 0u)) << text_of(options);
    }
  }
}

}  // namespace
}  // namespace matcher::gpu
