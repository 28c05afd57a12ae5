// Classes and sentences of failed CUDA calls.
#include "matcher/gpu/device/device_error.hpp"

#include <gmock/gmock.h>

#include "matcher/gpu/device/to_error.hpp"
#include "tests/matcher/gpu/device/fake_runtime.hpp"

namespace matcher::gpu {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr CudaVersions kFitting{13000, 13000};

TEST(DeviceError, InsufficientDriver_WithoutDriver_IsNoDriver) {
  EXPECT_EQ(classify(cudaErrorInsufficientDriver, {0, 13000}), DeviceFailure::kNoDriver);
}

TEST(DeviceError, KernelsForAnotherGpu_SayHowToBuildThem) {
  fake::Runtime runtime;
  const DeviceError error = describe_failure("cudaLaunchKernel", cudaErrorNoKernelImageForDevice, Site::here());
  EXPECT_EQ(error.failure, DeviceFailure::kOtherGpu);
  EXPECT_THAT(error.message, HasSubstr("-DCMAKE_CUDA_ARCHITECTURES=native"));
}

TEST(DeviceError, InsufficientDriver_WithOlderDriver_NamesBothVersions) {
  fake::Runtime runtime({.driver_version = 12040});
  const DeviceError error = describe_failure("cudaMalloc", cudaErrorInsufficientDriver, Site::here());
  EXPECT_EQ(error.failure, DeviceFailure::kDriverTooOld);
  EXPECT_THAT(error.message, HasSubstr("driver supports CUDA 12.4 and is older than the CUDA runtime 13.0"));
}

TEST(DeviceError, Classify_TellsLostFromOutOfMemoryFromOther) {
  EXPECT_EQ(classify(cudaErrorMemoryAllocation, kFitting), DeviceFailure::kOutOfMemory);
  EXPECT_EQ(classify(cudaErrorIllegalAddress, kFitting), DeviceFailure::kDeviceLost);
  EXPECT_EQ(classify(cudaErrorECCUncorrectable, kFitting), DeviceFailure::kDeviceLost);
  EXPECT_EQ(classify(cudaErrorNoDevice, kFitting), DeviceFailure::kNoDevice);
  EXPECT_EQ(classify(cudaErrorInvalidValue, kFitting), DeviceFailure::kOther);
}

TEST(DeviceError, Check_OfFailure_NamesCallPlaceCodeAndAdvice) {
  fake::Runtime runtime;
  const int line = __LINE__ + 1;
  const DeviceStatus status = check("cudaMalloc", cudaErrorMemoryAllocation);
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, AllOf(StartsWith("cudaMalloc at device_error_test.cpp:" + std::to_string(line)),
                                            HasSubstr("cudaErrorMemoryAllocation (2)"), EndsWith("uses this GPU")));
  EXPECT_EQ(to_error(status.error()).message, status.error().message);
}

TEST(DeviceError, Check_OfFailure_TakesTheLastError) {
  fake::Runtime runtime({.device_bytes = 16});
  void* data = nullptr;
  ASSERT_FALSE(check("cudaMalloc", cudaMalloc(&data, 17)));
  EXPECT_EQ(cudaGetLastError(), cudaSuccess);
}

}  // namespace
}  // namespace matcher::gpu
