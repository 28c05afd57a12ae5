// The pipeline gives right results with every combination of axes, and each axis does what its name says.
#include "matcher/gpu/device/tile_pipeline.hpp"

#include <gmock/gmock.h>

#include "tests/matcher/gpu/device/fake_runtime.hpp"
#include "tests/matcher/gpu/device/pipeline_case.hpp"

namespace matcher::gpu {
namespace {

constexpr std::size_t kItems = 1000;
constexpr std::size_t kTile = 96;  // eleven tiles, the last one shorter

class TilePipelineTest : public ::testing::Test {
 protected:
  PipelineReport run(int times = 1) {
    TilePipeline pipeline = TilePipeline::open(tracker, options).value();
    PipelineReport report;
    for (int i = 0; i < times; ++i) {
      PipelineCase fresh(kItems, static_cast<std::uint64_t>(i));
      const auto done = pipeline.run(fresh.job(), PipelineCase::enqueue);
      EXPECT_TRUE(done) << done.error().message;
      EXPECT_EQ(fresh.wrong(), 0u);
      EXPECT_EQ(runtime.queued(), 0u);
      report = *done;
    }
    return report;
  }

  PipelineOptions options{.tile_items = kTile, .pauses = {[] {}, [](std::chrono::nanoseconds) {}}};
  fake::Runtime runtime;
  ResourceTracker tracker;
};

TEST(TilePipelineMatrix, EveryCombination_GivesRightResultsAndLeavesNothing) {
  std::uint64_t seed = 1;
  for (const PipelineOptions& options : all_options({1, 2, 3, 4}, kTile)) {
    fake::Runtime runtime({.seed = ++seed, .progress = 0.1 * static_cast<double>(seed % 10)});
    ResourceTracker tracker;
    {
      TilePipeline pipeline = TilePipeline::open(tracker, options).value();
      for (int i = 0; i < 2; ++i) {
        PipelineCase fresh(kItems, seed + 7);
        const auto report = pipeline.run(fresh.job(), PipelineCase::enqueue);
        ASSERT_TRUE(report) << text_of(options) << ": " << report.error().message;
        ASSERT_EQ(fresh.wrong(), 0u) << text_of(options);
      }
    }
    EXPECT_EQ(tracker.leak_report(), "") << text_of(options);
    EXPECT_EQ(runtime.live(), 0u) << text_of(options) << ": " << runtime.live_text();
  }
}

TEST_F(TilePipelineTest, Audited_CopiesPageableMemoryAndAllocatesPerTile) {
  const PipelineReport report = run();
  EXPECT_EQ(report.tiles, 11u);
  EXPECT_EQ(runtime.copies(cudaMemcpyHostToDevice, fake::HostKind::kPageable), 22u);
  EXPECT_EQ(runtime.copies(cudaMemcpyDeviceToHost, fake::HostKind::kPageable), 22u);
  EXPECT_EQ(runtime.count("cudaMalloc"), 44u);
  EXPECT_EQ(report.buffers.allocations, 44u);
  EXPECT_EQ(report.submission.upload_bytes, 8 * kItems);
  EXPECT_EQ(report.submission.download_bytes, 12 * kItems);
  EXPECT_EQ(report.staged_bytes, 0u);
}

TEST_F(TilePipelineTest, PinnedPool_CopiesOnlyPinnedMemory) {
  options.host_memory = HostMemoryChoice::kPinnedPool;
  const PipelineReport report = run();
  EXPECT_EQ(runtime.copies(cudaMemcpyHostToDevice, fake::HostKind::kPinned), 22u);
  EXPECT_EQ(runtime.copies(cudaMemcpyDeviceToHost, fake::HostKind::kPinned), 22u);
  EXPECT_EQ(runtime.records().copies.size(), 44u);
  EXPECT_EQ(report.staged_bytes, 20 * kItems);
  EXPECT_EQ(report.host.fallbacks, 0u);
}

TEST_F(TilePipelineTest, PinnedPool_WithoutRoom_FallsBackAndStaysRight) {
  options.host_memory = HostMemoryChoice::kPinnedPool;
  options.submission = SubmissionChoice::kGraph;
  options.most_pinned_bytes = 2048;
  const PipelineReport report = run();
  EXPECT_GT(report.host.fallbacks, 0u);
  EXPECT_GT(runtime.copies(cudaMemcpyHostToDevice, fake::HostKind::kPageable), 0u);
}

TEST_F(TilePipelineTest, Registered_CopiesTheCallersMemoryLocked) {
  options.host_memory = HostMemoryChoice::kRegistered;
  run();
  EXPECT_EQ(runtime.copies(cudaMemcpyHostToDevice, fake::HostKind::kRegistered), 22u);
  EXPECT_EQ(runtime.registered.live(), 0u);
}

TEST_F(TilePipelineTest, Managed_CopiesNothingAndKeepsItsBlocks) {
  options.host_memory = HostMemoryChoice::kManaged;
  const PipelineReport report = run(3);
  EXPECT_EQ(runtime.count("cudaMemcpyAsync"), 0u);
  EXPECT_EQ(runtime.count("cudaMalloc"), 0u);
  EXPECT_LE(runtime.count("cudaMallocManaged"), 12u);  // as for the pool of device memory
  EXPECT_EQ(report.submission.upload_bytes, 0u);
  EXPECT_EQ(report.staged_bytes, 3 * 20 * kItems);
}

TEST_F(TilePipelineTest, Pool_AfterTheFirstTiles_AllocatesNothing) {
  options.device_buffers = DeviceBufferChoice::kPool;
  const PipelineReport report = run(20);
  EXPECT_EQ(report.buffers.requests, 20u * 44);
  EXPECT_LE(report.buffers.allocations, 12u);  // two tiles in flight, and the smaller class of the last tile
  EXPECT_GT(report.buffers.hit_rate(), 0.98);
}

TEST_F(TilePipelineTest, PerTile_TwoLaunchesAndFourCopiesPerTile) {
  run();
  EXPECT_EQ(runtime.count("cudaLaunchKernel"), 22u);
  EXPECT_EQ(runtime.count("cudaMemcpyAsync"), 44u);
}

TEST_F(TilePipelineTest, Graph_OneLaunchPerTile) {
  options.submission = SubmissionChoice::kGraph;
  options.host_memory = HostMemoryChoice::kPinnedPool;
  options.device_buffers = DeviceBufferChoice::kPool;
  const PipelineReport report = run();
  EXPECT_EQ(report.submission.replays, 11u);
  EXPECT_EQ(runtime.count("cudaGraphLaunch"), 11u);
  EXPECT_EQ(report.submission.captures, 3u);  // two slots, and the last tile
  EXPECT_EQ(runtime.count("cudaLaunchKernel"), 6u);
  EXPECT_EQ(runtime.count("cudaMemcpyAsync"), 12u);
  EXPECT_EQ(runtime.records().kernels_run, 22u);
  EXPECT_EQ(runtime.records().copies_run, 44u);
}

TEST_F(TilePipelineTest, GraphWithTheCallersMemory_HoldsTheKernelsAlone) {
  options.submission = SubmissionChoice::kGraph;
  options.device_buffers = DeviceBufferChoice::kPool;
  const PipelineReport report = run();
  EXPECT_EQ(report.submission.captures, 3u);
  EXPECT_EQ(runtime.count("cudaMemcpyAsync"), 44u);
  EXPECT_EQ(runtime.count("cudaLaunchKernel"), 6u);
}

TEST_F(TilePipelineTest, Graphs_AreNotReplayedForOtherKernels) {
  options.submission = SubmissionChoice::kGraph;
  options.host_memory = HostMemoryChoice::kPinnedPool;
  options.device_buffers = DeviceBufferChoice::kPool;
  TilePipeline pipeline = TilePipeline::open(tracker, options).value();
  PipelineCase first(kItems, 1);
  ASSERT_TRUE(pipeline.run(first.job(), [](const DeviceTile&) { return DeviceStatus{}; }));
  PipelineCase second(kItems, 2);
  ASSERT_TRUE(pipeline.run(second.job(), PipelineCase::enqueue));
  EXPECT_EQ(second.wrong(), 0u);
}

TEST_F(TilePipelineTest, Streams_AreUsedInTurn) {
  options.streams = 3;
  TilePipeline pipeline = TilePipeline::open(tracker, options).value();
  std::vector<cudaStream_t> streams;
  PipelineCase fresh(kItems, 1);
  const auto note_stream = [&](const DeviceTile& tile) {
    streams.push_back(tile.stream);
    return PipelineCase::enqueue(tile);
  };
  ASSERT_TRUE(pipeline.run(fresh.job(), note_stream));
  ASSERT_EQ(streams.size(), 11u);
  EXPECT_NE(streams[0], streams[1]);
  EXPECT_NE(streams[1], streams[2]);
  EXPECT_EQ(streams[0], streams[3]);
  EXPECT_EQ(streams[4], streams[10]);
}

TEST_F(TilePipelineTest, NoItems_TouchesNothing) {
  TilePipeline pipeline = TilePipeline::open(tracker, options).value();
  PipelineCase empty(0, 1);
  const std::size_t before = runtime.counted_calls();
  EXPECT_EQ(pipeline.run(empty.job(), PipelineCase::enqueue).value().tiles, 0u);
  EXPECT_EQ(runtime.counted_calls(), before);
}

}  // namespace
}  // namespace matcher::gpu
