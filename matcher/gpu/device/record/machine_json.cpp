#include "matcher/gpu/device/record/machine_json.hpp"

namespace matcher::gpu {
namespace {

using nlohmann::json;

template <class T>
json or_null(const std::optional<T>& value) {
  return value ? json(*value) : json(nullptr);
}

json reading_json(const std::optional<GpuReading>& reading) {
  if (!reading) return nullptr;
  return {{"sm_clock_mhz", or_null(reading->sm_clock_mhz)},
          {"memory_clock_mhz", or_null(reading->memory_clock_mhz)},
          {"throttle_reasons", reading->throttle_reasons ? json(throttle_text(*reading->throttle_reasons)) : json()},
          {"power_milliwatts", or_null(reading->power_milliwatts)},
          {"temperature_celsius", or_null(reading->temperature_celsius)},
          {"memory_used_bytes", or_null(reading->memory_used_bytes)},
          {"memory_total_bytes", or_null(reading->memory_total_bytes)},
          {"pcie_generation", or_null(reading->pcie_generation)},
          {"pcie_lanes", or_null(reading->pcie_lanes)}};
}

json gpu_json(const DeviceProbe& probe) {
  json gpus = json::array();
  for (const GpuFacts& gpu : probe.gpus) {
    gpus.push_back({{"name", gpu.name},
                    {"compute_capability", gpu.compute_capability},
                    {"multiprocessors", gpu.multiprocessors},
                    {"memory_bytes", gpu.memory_bytes}});
  }
  return gpus;
}

}  // namespace

json machine_json(const MachineRecord& machine) {
  return {{"gpus", gpu_json(machine.probe)},
          {"cuda_driver", version_text(machine.probe.versions.driver)},
          {"cuda_runtime", version_text(machine.probe.versions.runtime)},
          {"driver", machine.driver.empty() ? json() : json(machine.driver)},
          {"before", reading_json(machine.before)},
          {"after", reading_json(machine.after)}};
}

}  // namespace matcher::gpu
