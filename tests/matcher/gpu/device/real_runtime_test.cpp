// The same code with NVIDIA's runtime linked in: on a machine without a driver it says so and nothing crashes.
#include <gmock/gmock.h>

#include "matcher/gpu/device/device_probe.hpp"
#include "matcher/gpu/device/tile_pipeline.hpp"

namespace matcher::gpu {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

TEST(RealRuntime, Probe_FindsAGpuOrTellsWhyNot) {
  const DeviceProbe probe = probe_devices();
  EXPECT_GE(probe.versions.runtime, 12000);
  EXPECT_EQ(probe.gpus.empty(), !probe.reason.empty()) << probe.reason;
  if (probe.gpus.empty()) {
    EXPECT_THAT(probe.reason, AnyOf(HasSubstr("no NVIDIA driver is installed"), HasSubstr("offers no GPU"),
                                    HasSubstr("older than the CUDA runtime")));
  }
}

TEST(RealRuntime, PipelineWithoutGpu_DoesNotOpenAndLeavesNothing) {
  if (!probe_devices().gpus.empty()) GTEST_SKIP() << "this machine has a GPU";
  ResourceTracker tracker;
  const auto pipeline = TilePipeline::open(tracker, {});
  ASSERT_FALSE(pipeline);
  EXPECT_THAT(pipeline.error().message, HasSubstr("cudaStreamCreateWithFlags at tile_pipeline.cpp"));
  EXPECT_EQ(tracker.leak_report(), "");
}

}  // namespace
}  // namespace matcher::gpu
