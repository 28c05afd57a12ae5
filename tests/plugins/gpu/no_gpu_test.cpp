// What a report says of the GPU variants on a machine that has no GPU, or one that does not answer.
#include <gmock/gmock.h>

#include "plugins/gpu/pair_variant.hpp"
#include "tests/matcher/gpu/device/fake_runtime.hpp"

namespace assay::gpu {
namespace {

namespace fake = matcher::gpu::fake;
using testing::StartsWith;

std::string reason() {
  try {
    PairVariant::probe();
  } catch (const sdk::Failure& failure) {
    EXPECT_EQ(failure.status(), ASSAY_E_UNSUPPORTED);
    return failure.message();
  }
  return "there is one";
}

TEST(NoGpu, NoDriverOrNoDevice_IsSaidInFewWords) {
  {
    const fake::Runtime runtime({.driver_version = 0});
    EXPECT_EQ(reason(), "no GPU: no NVIDIA driver");
  }
  const fake::Runtime runtime({.devices = 0});
  EXPECT_EQ(reason(), "no GPU: no NVIDIA GPU");
}

TEST(NoGpu, GpuThatDoesNotAnswer_IsSaidWithTheCall) {
  fake::Runtime runtime({.devices = 1});
  runtime.inject({.name = "cudaGetDeviceProperties", .occurrence = 1, .code = cudaErrorECCUncorrectable});
  EXPECT_THAT(reason(), StartsWith("no GPU: cudaGetDeviceProperties at device_probe.cpp"));
}

TEST(NoGpu, Gpu_IsNoReason) {
  const fake::Runtime runtime({.devices = 1});
  EXPECT_EQ(reason(), "there is one");
}

}  // namespace
}  // namespace assay::gpu
