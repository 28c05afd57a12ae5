// Clocks, throttling, power, temperature, memory and PCIe of a GPU, from the driver's NVML library if it is there.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "matcher/model/error.hpp"

namespace matcher::gpu {

// Empty: this GPU or driver does not tell.
struct GpuReading {
  std::optional<unsigned> sm_clock_mhz;
  std::optional<unsigned> memory_clock_mhz;
  std::optional<std::uint64_t> throttle_reasons;  // a mask: throttle_text
  std::optional<unsigned> power_milliwatts;
  std::optional<unsigned> temperature_celsius;
  std::optional<std::uint64_t> memory_used_bytes;
  std::optional<std::uint64_t> memory_total_bytes;
  std::optional<unsigned> busy_percent;  // a kernel was resident in the driver's last sample period
  std::optional<unsigned> pcie_generation;
  std::optional<unsigned> pcie_lanes;
  std::optional<unsigned> pcie_sent_kilobytes_per_second;  // by the GPU
  std::optional<unsigned> pcie_received_kilobytes_per_second;
};

// "power cap, hardware thermal"; "none" if nothing holds the clock back.
[[nodiscard]] std::string throttle_text(std::uint64_t reasons);
// Whether the mask makes timings unfit: anything but an idle GPU and clocks set on purpose.
[[nodiscard]] bool is_throttled(std::uint64_t reasons);

[[nodiscard]] std::vector<std::string> nvml_library_names();

// Changes nothing on the GPU. Not thread-safe.
class Nvml {
 public:
  // Errors: kBadInput if there is no library, or no driver behind it.
  [[nodiscard]] static Result<Nvml> open(const std::vector<std::string>& names = nvml_library_names());
  [[nodiscard]] std::optional<std::string> driver_version() const;
  // pci_bus_id: as GpuFacts has it. Errors: kBadInput if there is no such GPU.
  [[nodiscard]] Result<GpuReading> read(const std::string& pci_bus_id) const;

  Nvml(Nvml&&) noexcept;
  ~Nvml();

 private:
  struct Functions;
  explicit Nvml(std::unique_ptr<Functions> functions);
  std::unique_ptr<Functions> functions_;
};

}  // namespace matcher::gpu
