// The GPU that something is measured on, before and after.
#pragma once

#include <optional>
#include <string>

#include "matcher/gpu/device/device_probe.hpp"
#include "matcher/gpu/device/nvml.hpp"

namespace matcher::gpu {

struct MachineRecord {
  DeviceProbe probe;
  std::string driver;                // empty: NVML does not tell
  std::optional<GpuReading> before;  // of NVML, around the measurement; none: there is no NVML
  std::optional<GpuReading> after;
};

// Call order: constructor finish?. The first GPU is the one.
class MachineWatch {
 public:
  MachineWatch();

  [[nodiscard]] bool has_gpu() const { return !record_.probe.gpus.empty(); }
  [[nodiscard]] const std::string& reason() const { return record_.probe.reason; }  // why there is none
  // Reads the GPU once more.
  [[nodiscard]] MachineRecord finish();

 private:
  [[nodiscard]] std::optional<GpuReading> read() const;

  Result<Nvml> nvml_;
  MachineRecord record_;
};

// A record into a file, "-" for standard output. Errors: of the file; nothing half-written is left.
[[nodiscard]] Status write_record(const std::string& text, const std::string& path);

}  // namespace matcher::gpu
