// Readings through a stand-in for the driver's library.
#include "matcher/gpu/device/nvml.hpp"

#include <gmock/gmock.h>

namespace matcher::gpu {
namespace {

using ::testing::HasSubstr;

TEST(Nvml, MissingLibrary_SaysSo) {
  const auto nvml = Nvml::open({"libnvidia-ml-that-is-not-there.so.1"});
  ASSERT_FALSE(nvml);
  EXPECT_THAT(nvml.error().message, HasSubstr("libnvidia-ml-that-is-not-there.so.1"));
}

TEST(Nvml, Reading_HasWhatTheDriverTellsAndNothingElse) {
  const auto nvml = Nvml::open({NVML_STAND_IN});
  ASSERT_TRUE(nvml) << nvml.error().message;
  EXPECT_EQ(nvml->driver_version(), "580.65.06");
  const GpuReading reading = nvml->read("00000000:0a:00.0").value();
  EXPECT_EQ(reading.sm_clock_mhz, 1980u);
  EXPECT_EQ(reading.memory_clock_mhz, 3201u);
  EXPECT_EQ(reading.throttle_reasons, 0x44u);
  EXPECT_EQ(reading.power_milliwatts, 701000u);
  EXPECT_EQ(reading.temperature_celsius, 61u);
  EXPECT_EQ(reading.memory_used_bytes, 50u);
  EXPECT_EQ(reading.memory_total_bytes, 150u);
  EXPECT_EQ(reading.busy_percent, std::nullopt);  // not supported
  EXPECT_EQ(reading.pcie_generation, 5u);
  EXPECT_EQ(reading.pcie_lanes, std::nullopt);  // no such function
  EXPECT_EQ(reading.pcie_sent_kilobytes_per_second, 11u);
  EXPECT_EQ(reading.pcie_received_kilobytes_per_second, 22u);
}

TEST(Nvml, UnknownGpu_IsAnError) {
  const auto nvml = Nvml::open({NVML_STAND_IN});
  ASSERT_TRUE(nvml);
  EXPECT_THAT(nvml->read("00000000:0b:00.0").error().message, HasSubstr("00000000:0b:00.0: Not Found (6)"));
}

TEST(Nvml, ThrottleReasons_AreNamed) {
  EXPECT_EQ(throttle_text(0), "none");
  EXPECT_EQ(throttle_text(0x44), "power cap, hardware thermal");
  EXPECT_FALSE(is_throttled(0x3));
  EXPECT_TRUE(is_throttled(0x80));
}

}  // namespace
}  // namespace matcher::gpu
