// The pipeline when CUDA calls fail, memory is short, or the device goes away.
#include <gmock/gmock.h>

#include "matcher/gpu/device/tile_pipeline.hpp"
#include "tests/matcher/gpu/device/fake_runtime.hpp"
#include "tests/matcher/gpu/device/pipeline_case.hpp"

namespace matcher::gpu {
namespace {

constexpr std::size_t kItems = 200;
constexpr std::size_t kTile = 64;

struct Outcome {
  DeviceStatus status;
  std::size_t wrong = 0;
  std::size_t calls = 0;
  std::size_t halvings = 0;
};

// One pipeline, one job, with this fault; checks that nothing is left behind unreported.
Outcome run_with(const PipelineOptions& options, fake::Options runtime_options, const std::vector<fake::Fault>& faults,
                 const std::string& name) {
  Outcome outcome;
  fake::Runtime runtime(std::move(runtime_options));
  for (const fake::Fault& fault : faults) runtime.inject(fault);
  ResourceTracker tracker;
  {
    PipelineCase fresh(kItems, 3);
    auto pipeline = TilePipeline::open(tracker, options);
    if (!pipeline) {
      outcome.status = hand_on(pipeline);
    } else {
      auto report = pipeline->run(fresh.job(), PipelineCase::enqueue);
      if (report) outcome.halvings = report->halvings;
      if (!report) outcome.status = hand_on(report);
      outcome.wrong = fresh.wrong();
      EXPECT_EQ(runtime.queued(), 0u) << name;  // nothing of the job is in flight any more
    }
  }
  outcome.calls = runtime.counted_calls();
  runtime.device.finish_all();  // frees in the order of a stream that could not be destroyed
  EXPECT_TRUE(tracker.live().empty()) << name << "\n" << tracker.leak_report();
  EXPECT_EQ(runtime.live(), tracker.failed_releases().size()) << name << ": " << runtime.live_text();
  return outcome;
}

TEST(TilePipelineFaults, AnyCallFails_IsAnErrorOrRightAndLosesNothing) {
  for (const PipelineOptions& options : all_options({2}, kTile)) {
    const std::size_t calls = run_with(options, {}, {}, text_of(options)).calls;
    ASSERT_GT(calls, 30u);
    for (std::size_t n = 1; n <= calls; ++n) {
      const std::string name = text_of(options) + ", call " + std::to_string(n);
      const Outcome outcome = run_with(options, {.seed = n}, {{.call = n, .code = cudaErrorUnknown}}, name);
      EXPECT_TRUE(!outcome.status || outcome.wrong == 0) << name;
    }
  }
}

TEST(TilePipelineFaults, DeviceLostAtAnyCall_IsSaidSo) {
  for (const PipelineOptions& options : all_options({3}, kTile)) {
    const std::size_t calls = run_with(options, {}, {}, text_of(options)).calls;
    for (std::size_t n = 1; n <= calls; n += 3) {
      const std::string name = text_of(options) + ", call " + std::to_string(n);
      const fake::Fault fault{.call = n, .code = cudaErrorECCUncorrectable, .lose_device = true};
      const Outcome outcome = run_with(options, {.seed = n}, {fault}, name);
      if (outcome.status) {
        EXPECT_EQ(outcome.wrong, 0u) << name;
      } else {
        EXPECT_EQ(outcome.status.error().failure, DeviceFailure::kDeviceLost) << name;
      }
    }
  }
}

TEST(TilePipelineFaults, AnyAllocationFindsNoMemory_HalvesTheTileAndIsRight) {
  for (const PipelineOptions& options : all_options({1, 2}, kTile)) {
    for (const char* call :
         {"cudaMalloc", "cudaMallocAsync", "cudaHostAlloc", "cudaHostRegister", "cudaGraphInstantiate"}) {
      for (std::size_t n = 1; n <= 16; n += 3) {
        const std::string name = text_of(options) + ", " + call + " " + std::to_string(n);
        const fake::Fault fault{.name = call, .occurrence = n, .code = cudaErrorMemoryAllocation};
        const Outcome outcome = run_with(options, {.seed = n}, {fault}, name);
        ASSERT_TRUE(outcome.status) << name << ": " << outcome.status.error().message;
        EXPECT_EQ(outcome.wrong, 0u) << name;
      }
    }
  }
}

TEST(TilePipelineFaults, SmallDevice_HalvesUntilItFits) {
  for (const PipelineOptions& options : all_options({4}, 4096)) {
    const Outcome outcome = run_with(options, {.device_bytes = 3000}, {}, text_of(options));
    ASSERT_TRUE(outcome.status) << text_of(options) << ": " << outcome.status.error().message;
    EXPECT_GT(outcome.halvings, 0u) << text_of(options);
    EXPECT_EQ(outcome.wrong, 0u) << text_of(options);
  }
}

TEST(TilePipelineFaults, DeviceWithoutAnyRoom_IsOutOfMemory) {
  for (const PipelineOptions& options : all_options({1}, kTile)) {
    const Outcome outcome = run_with(options, {.device_bytes = 10}, {}, text_of(options));
    ASSERT_FALSE(outcome.status);
    EXPECT_EQ(outcome.status.error().failure, DeviceFailure::kOutOfMemory);
  }
}

TEST(TilePipelineFaults, EnqueueFails_ItsErrorComesBack) {
  for (const PipelineOptions& options : all_options({2}, kTile)) {
    fake::Runtime runtime;
    ResourceTracker tracker;
    TilePipeline pipeline = TilePipeline::open(tracker, options).value();
    PipelineCase fresh(kItems, 3);
    int tiles = 0;
    const auto third_fails = [&](const DeviceTile& tile) {
      return ++tiles == 3 ? check("kernel", cudaErrorInvalidConfiguration) : PipelineCase::enqueue(tile);
    };
    const auto failed = pipeline.run(fresh.job(), third_fails);
    if (options.submission == SubmissionChoice::kPerTile) {
      ASSERT_FALSE(failed) << text_of(options);
      EXPECT_EQ(failed.error().code, cudaErrorInvalidConfiguration);
    }
    const auto again = pipeline.run(fresh.job(), PipelineCase::enqueue);  // the pipeline stays usable
    ASSERT_TRUE(again) << text_of(options) << ": " << again.error().message;
    EXPECT_EQ(fresh.wrong(), 0u) << text_of(options);
  }
}

}  // namespace
}  // namespace matcher::gpu
