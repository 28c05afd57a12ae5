// gpu_axes: measures the axes of the GPU's host code and writes a record. Exit codes: 0 fine, 1 failed, 2 usage, 4 a
// combination answered wrongly or left something behind, 75 no GPU.
#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>

#include "matcher/gpu/device/axes/record.hpp"
#include "matcher/io/pending_file.hpp"

namespace {

using namespace matcher;
using namespace matcher::gpu;

constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr int kWrong = 4;
constexpr int kNoGpu = 75;

constexpr std::string_view kHelp =
    "usage: gpu_axes [--small] [--seconds N] [-o FILE]\n\n"
    "  --small      few items and no times that mean anything: for compute-sanitizer\n"
    "  --seconds N  for the whole matrix (default 360); what does not fit is counted\n"
    "  -o FILE      the record (default: standard output)\n";

struct Arguments {
  bool small = false;
  unsigned seconds = 360;
  std::string output = "-";
};

bool parse(int count, char** words, Arguments& arguments) {
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    const bool has_value = i + 1 < count;
    if (word == "--small") {
      arguments.small = true;
    } else if (word == "-o" && has_value) {
      arguments.output = words[++i];
    } else if (word == "--seconds" && has_value) {
      const std::string_view value = words[++i];
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), arguments.seconds);
      if (error != std::errc() || end != value.data() + value.size()) return false;
    } else {
      return false;
    }
  }
  return true;
}

std::optional<GpuReading> read_gpu(const Result<Nvml>& nvml, const GpuFacts& gpu) {
  if (!nvml) return std::nullopt;
  const auto reading = nvml->read(gpu.pci_bus_id);
  return reading ? std::optional(*reading) : std::nullopt;
}

int write(const AxesRecord& record, const std::string& path) {
  auto file = PendingFile::open(path);
  Status written = file ? file->write(to_json(record)) : Status(matcher::hand_on(file));
  if (written) written = file->commit();
  if (written) return 0;
  std::fprintf(stderr, "gpu_axes: %s\n", written.error().message.c_str());
  return kFailed;
}

int measure(const Arguments& arguments, AxesRecord& record) {
  const auto nvml = Nvml::open();
  if (nvml) record.driver = nvml->driver_version().value_or("");
  record.before = read_gpu(nvml, record.probe.gpus.front());
  ResourceTracker tracker;
  PrimitiveOptions primitives;
  record.options.time_in_all = std::chrono::seconds(arguments.seconds);
  if (arguments.small) {
    primitives = {.largest_bytes = 64 << 10, .repeats = 1, .launches = 4};
    record.options.items = 3000;
    record.options.tile_items = {1024};
    record.options.streams = {2};
    record.options.time_per_cell = {};
  }
  const auto start = std::chrono::steady_clock::now();
  if (const DeviceStatus ready = check("cudaFree", cudaFree(nullptr)); !ready) {
    std::fprintf(stderr, "gpu_axes: %s\n", ready.error().message.c_str());
    return kFailed;
  }
  record.context_ns = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
  auto costs = measure_primitives(tracker, primitives);
  if (!costs) {
    std::fprintf(stderr, "gpu_axes: %s\n", costs.error().message.c_str());
    return kFailed;
  }
  record.primitives = std::move(*costs);
  record.matrix = measure_matrix(tracker, record.options);
  record.after = read_gpu(nvml, record.probe.gpus.front());
  record.leaks = tracker.leak_report();
  return 0;
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments;
  if (count == 2 && std::string_view(words[1]) == "--help") {
    std::fputs(kHelp.data(), stdout);
    return 0;
  }
  if (!parse(count, words, arguments)) {
    std::fputs(kHelp.data(), stderr);
    return kUsage;
  }
  AxesRecord record;
  record.probe = probe_devices();
  if (record.probe.gpus.empty()) {
    std::fprintf(stderr, "gpu_axes: no GPU: %s\n", record.probe.reason.c_str());
    return kNoGpu;
  }
  if (const int failed = measure(arguments, record); failed != 0) return failed;
  if (const int failed = write(record, arguments.output); failed != 0) return failed;
  std::size_t wrong = 0;
  for (const MatrixCell& cell : record.matrix.cells) wrong += !cell.correct;
  std::fprintf(stderr, "gpu_axes: %zu cells, %zu wrong or failed, %zu not measured for lack of time%s\n",
               record.matrix.cells.size(), wrong, record.matrix.not_measured,
               record.leaks.empty() ? "" : ", and leaks");
  return wrong > 0 || !record.leaks.empty() ? kWrong : 0;
}
