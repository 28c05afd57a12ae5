// NVML through pointers. Its header is not part of a toolkit made of wheels, so what is used is declared here, after
// https://docs.nvidia.com/deploy/nvml-api.
#include "matcher/gpu/device/nvml.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "matcher/gpu/device/dynamic_library.hpp"

namespace matcher::gpu {
namespace {

using NvmlReturn = int;  // 0: success
using NvmlDevice = void*;
struct NvmlMemory {
  unsigned long long total, free, used;
};
struct NvmlUtilization {
  unsigned gpu, memory;
};
constexpr int kSmClock = 1;
constexpr int kMemoryClock = 2;
constexpr int kGpuTemperature = 0;
constexpr int kPcieSent = 0;
constexpr int kPcieReceived = 1;

constexpr std::uint64_t kIdle = 0x1;
constexpr std::uint64_t kClocksSetting = 0x2;
constexpr std::array<std::pair<std::uint64_t, std::string_view>, 9> kReasons = {{{kIdle, "idle"},
                                                                                 {kClocksSetting, "clocks setting"},
                                                                                 {0x4, "power cap"},
                                                                                 {0x8, "hardware slowdown"},
                                                                                 {0x10, "sync boost"},
                                                                                 {0x20, "software thermal"},
                                                                                 {0x40, "hardware thermal"},
                                                                                 {0x80, "power brake"},
                                                                                 {0x100, "display clocks"}}};

template <class T, class Function, class... Arguments>
std::optional<T> ask(Function* function, Arguments... arguments) {
  T value{};
  if (function == nullptr || function(arguments..., &value) != 0) return std::nullopt;
  return value;
}

}  // namespace

struct Nvml::Functions {
  explicit Functions(DynamicLibrary opened) : library(std::move(opened)) {}
  ~Functions() {
    if (started) shutdown();
  }

  // What every driver has; the rest may be missing and is then not told.
  [[nodiscard]] Status load() {
    Status status = library.find("nvmlInit_v2", init);
    if (status) status = library.find("nvmlShutdown", shutdown);
    if (status) status = library.find("nvmlErrorString", error_text);
    if (status) status = library.find("nvmlDeviceGetHandleByPciBusId_v2", by_bus_id);
    if (!status) return status;
    const auto maybe = [this](const char* name, auto*& function) { return library.find(name, function).has_value(); };
    maybe("nvmlSystemGetDriverVersion", driver_version);
    maybe("nvmlDeviceGetClockInfo", clock);
    // Drivers before 535 know it under its former name only.
    if (!maybe("nvmlDeviceGetCurrentClocksEventReasons", reasons)) {
      maybe("nvmlDeviceGetCurrentClocksThrottleReasons", reasons);
    }
    maybe("nvmlDeviceGetPowerUsage", power);
    maybe("nvmlDeviceGetTemperature", temperature);
    maybe("nvmlDeviceGetMemoryInfo", memory);
    maybe("nvmlDeviceGetUtilizationRates", utilization);
    maybe("nvmlDeviceGetCurrPcieLinkGeneration", pcie_generation);
    maybe("nvmlDeviceGetCurrPcieLinkWidth", pcie_width);
    maybe("nvmlDeviceGetPcieThroughput", pcie_throughput);
    return {};
  }

  DynamicLibrary library;
  bool started = false;
  NvmlReturn (*init)() = nullptr;
  NvmlReturn (*shutdown)() = nullptr;
  const char* (*error_text)(NvmlReturn) = nullptr;
  NvmlReturn (*by_bus_id)(const char*, NvmlDevice*) = nullptr;
  NvmlReturn (*driver_version)(char*, unsigned) = nullptr;
  NvmlReturn (*clock)(NvmlDevice, int, unsigned*) = nullptr;
  NvmlReturn (*reasons)(NvmlDevice, unsigned long long*) = nullptr;
  NvmlReturn (*power)(NvmlDevice, unsigned*) = nullptr;
  NvmlReturn (*temperature)(NvmlDevice, int, unsigned*) = nullptr;
  NvmlReturn (*memory)(NvmlDevice, NvmlMemory*) = nullptr;
  NvmlReturn (*utilization)(NvmlDevice, NvmlUtilization*) = nullptr;
  NvmlReturn (*pcie_generation)(NvmlDevice, unsigned*) = nullptr;
  NvmlReturn (*pcie_width)(NvmlDevice, unsigned*) = nullptr;
  NvmlReturn (*pcie_throughput)(NvmlDevice, int, unsigned*) = nullptr;
};

std::string throttle_text(std::uint64_t reasons) {
  std::string text;
  for (const auto& [bit, name] : kReasons) {
    if ((reasons & bit) == 0) continue;
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text.empty() ? "none" : text;
}

bool is_throttled(std::uint64_t reasons) {
  return (reasons & ~(kIdle | kClocksSetting)) != 0;
}

std::vector<std::string> nvml_library_names() {
  return {"libnvidia-ml.so.1"};
}

Nvml::Nvml(std::unique_ptr<Functions> functions) : functions_(std::move(functions)) {}
Nvml::Nvml(Nvml&&) noexcept = default;
Nvml::~Nvml() = default;

Result<Nvml> Nvml::open(const std::vector<std::string>& names) {
  auto library = DynamicLibrary::open(names);
  if (!library) return matcher::hand_on(library);
  auto functions = std::make_unique<Functions>(std::move(*library));
  if (Status loaded = functions->load(); !loaded) return matcher::hand_on(loaded);
  if (const NvmlReturn code = functions->init(); code != 0) {
    return fail(ErrorKind::kBadInput, "nvml: {} ({}); look at nvidia-smi", functions->error_text(code), code);
  }
  functions->started = true;
  return Nvml(std::move(functions));
}

std::optional<std::string> Nvml::driver_version() const {
  std::array<char, 81> text{};  // NVML_SYSTEM_DRIVER_VERSION_BUFFER_SIZE is 80
  if (functions_->driver_version == nullptr) return std::nullopt;
  if (functions_->driver_version(text.data(), static_cast<unsigned>(text.size() - 1)) != 0) return std::nullopt;
  return std::string(text.data());
}

Result<GpuReading> Nvml::read(const std::string& pci_bus_id) const {
  const Functions& nvml = *functions_;
  NvmlDevice device = nullptr;
  if (const NvmlReturn code = nvml.by_bus_id(pci_bus_id.c_str(), &device); code != 0) {
    return fail(ErrorKind::kBadInput, "nvml: no GPU at PCI address {}: {} ({})", pci_bus_id, nvml.error_text(code),
                code);
  }
  GpuReading reading;
  reading.sm_clock_mhz = ask<unsigned>(nvml.clock, device, kSmClock);
  reading.memory_clock_mhz = ask<unsigned>(nvml.clock, device, kMemoryClock);
  if (const auto mask = ask<unsigned long long>(nvml.reasons, device)) reading.throttle_reasons = *mask;
  reading.power_milliwatts = ask<unsigned>(nvml.power, device);
  reading.temperature_celsius = ask<unsigned>(nvml.temperature, device, kGpuTemperature);
  if (const auto memory = ask<NvmlMemory>(nvml.memory, device)) {
    reading.memory_used_bytes = memory->used;
    reading.memory_total_bytes = memory->total;
  }
  if (const auto utilization = ask<NvmlUtilization>(nvml.utilization, device)) reading.busy_percent = utilization->gpu;
  reading.pcie_generation = ask<unsigned>(nvml.pcie_generation, device);
  reading.pcie_lanes = ask<unsigned>(nvml.pcie_width, device);
  reading.pcie_sent_kilobytes_per_second = ask<unsigned>(nvml.pcie_throughput, device, kPcieSent);
  reading.pcie_received_kilobytes_per_second = ask<unsigned>(nvml.pcie_throughput, device, kPcieReceived);
  return reading;
}

}  // namespace matcher::gpu
