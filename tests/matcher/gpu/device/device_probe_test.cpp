// What the probe says on machines of every kind.
#include "matcher/gpu/device/device_probe.hpp"

#include <gmock/gmock.h>

#include "tests/matcher/gpu/device/fake_runtime.hpp"

namespace matcher::gpu {
namespace {

using ::testing::HasSubstr;

TEST(DeviceProbe, Gpu_IsDescribed) {
  fake::Runtime runtime({.devices = 2});
  const DeviceProbe probe = probe_devices();
  EXPECT_EQ(probe.reason, "");
  EXPECT_EQ(probe.few_words, "");
  ASSERT_EQ(probe.gpus.size(), 2u);
  EXPECT_EQ(probe.gpus[1].index, 1);
  EXPECT_EQ(probe.gpus[1].name, "NVIDIA H200");
  EXPECT_EQ(probe.gpus[1].compute_capability, 90);
  EXPECT_EQ(probe.gpus[1].multiprocessors, 132);
  EXPECT_EQ(probe.gpus[1].pci_bus_id, "00000000:0a:00.0");
}

TEST(DeviceProbe, NoDriver_HasThatReason) {
  fake::Runtime runtime({.driver_version = 0});
  const DeviceProbe probe = probe_devices();
  EXPECT_TRUE(probe.gpus.empty());
  EXPECT_THAT(probe.reason, HasSubstr("no NVIDIA driver is installed"));
  EXPECT_EQ(probe.few_words, "no NVIDIA driver");
}

TEST(DeviceProbe, OldDriver_HasThatReason) {
  fake::Runtime runtime({.driver_version = 11080});
  EXPECT_THAT(probe_devices().reason, HasSubstr("older than the CUDA runtime 13.0"));
  EXPECT_EQ(probe_devices().few_words, "the NVIDIA driver is older than CUDA 13.0");
}

TEST(DeviceProbe, NoGpu_HasThatReason) {
  fake::Runtime runtime({.devices = 0});
  EXPECT_THAT(probe_devices().reason, HasSubstr("the driver offers no GPU"));
  EXPECT_EQ(probe_devices().few_words, "no NVIDIA GPU");
}

TEST(DeviceProbe, GpuThatDoesNotAnswer_HasThatReason) {
  fake::Runtime runtime({.devices = 2});
  runtime.inject({.name = "cudaGetDeviceProperties", .occurrence = 2, .code = cudaErrorECCUncorrectable});
  const DeviceProbe probe = probe_devices();
  EXPECT_TRUE(probe.gpus.empty());
  EXPECT_THAT(probe.reason, HasSubstr("cudaGetDeviceProperties at device_probe.cpp"));
}

}  // namespace
}  // namespace matcher::gpu
