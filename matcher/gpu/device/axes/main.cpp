// gpu_axes: measures the axes of the GPU's host code and writes a record. Exit codes: 0 fine, 1 failed, 2 usage, 4 a
// combination answered wrongly or left something behind, 75 no GPU.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

#include "matcher/gpu/device/axes/record.hpp"
#include "matcher/gpu/device/record/trace.hpp"

namespace {

using namespace matcher;
using namespace matcher::gpu;

constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr int kWrong = 4;
constexpr int kNoGpu = 75;

struct Arguments {
  bool small = false;
  unsigned seconds = 360;
  std::string output = "-";
  std::string trace;
};

// Every combination once more with three streams, on fewer pairs and under CUPTI.
Status trace_matrix(const std::string& path) {
  return write_trace(path, "gpu_axes", [] {
    ResourceTracker tracker;
    MatrixOptions options;
    options.tile_items = {std::size_t{1} << 16};
    options.streams = {3};
    options.cell.time = {};
    static_cast<void>(measure_matrix(tracker, options));
    return Status();
  });
}

// What of `seconds` has not gone by since `start`.
std::chrono::nanoseconds left_of(unsigned seconds, std::chrono::steady_clock::time_point start) {
  const auto gone = std::chrono::steady_clock::now() - start;
  return std::max<std::chrono::nanoseconds>(std::chrono::seconds(seconds) - gone, {});
}

// A quarter of the time for the sweep, and for the matrix what is left then.
int measure(const Arguments& arguments, AxesRecord& record) {
  ResourceTracker tracker;
  PrimitiveOptions primitives;
  TileSweepOptions sweep;
  sweep.time_in_all = std::chrono::nanoseconds(std::chrono::seconds(arguments.seconds)) / 4;
  if (arguments.small) {
    primitives = {.largest_bytes = 64 << 10, .repeats = 1, .launches = 4};
    sweep.items = 3000;
    sweep.smallest_tile = 256;
    sweep.cell.time = {};
    record.options.items = 3000;
    record.options.tile_items = {1024};
    record.options.streams = {2};
    record.options.cell.time = {};
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
  record.sweep = measure_tile_sweep(tracker, sweep);
  record.options.time_in_all = left_of(arguments.seconds, start);
  record.matrix = measure_matrix(tracker, record.options);
  record.leaks = tracker.leak_report();
  return 0;
}

// Cells and points that were wrong or failed; a tile too large for the memory is neither.
std::size_t count_wrong(const AxesRecord& record) {
  const auto wrong = [](const std::vector<AxesCell>& cells) {
    return static_cast<std::size_t>(
        std::count_if(cells.begin(), cells.end(), [](const AxesCell& cell) { return !cell.correct; }));
  };
  std::size_t count = wrong(record.matrix.cells);
  for (const SweptFlow& flow : record.sweep.flows) count += wrong(flow.points);
  return count;
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments;
  CLI::App app{"Measures the axes of the GPU's host code and writes a record (assay-gpu-axes/1).", "gpu_axes"};
  app.add_flag("--small", arguments.small, "Few items and no times that mean anything: for compute-sanitizer");
  app.add_option("--seconds", arguments.seconds,
                 "For all of it; what of the sweep and the matrix does not fit is counted")
      ->capture_default_str();
  app.add_option("-o,--output", arguments.output, "The record's file; -: standard output")->capture_default_str();
  app.add_option(
      "--trace", arguments.trace,
      "Also a file for Perfetto of what the GPU did; where CUPTI cannot record, this is said and nothing fails");
  app.footer("example: gpu_axes --seconds 60 -o gpu-axes.json");
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  AxesRecord record;
  MachineWatch machine;
  if (!machine.has_gpu()) {
    std::fprintf(stderr, "gpu_axes: no GPU: %s\n", machine.reason().c_str());
    return kNoGpu;
  }
  if (const int failed = measure(arguments, record); failed != 0) return failed;
  record.machine = machine.finish();
  if (!arguments.trace.empty()) {
    const Status traced = trace_matrix(arguments.trace);
    if (!traced) std::fprintf(stderr, "gpu_axes: no trace: %s\n", traced.error().message.c_str());
  }
  if (const Status written = write_record(to_json(record), arguments.output); !written) {
    std::fprintf(stderr, "gpu_axes: %s\n", written.error().message.c_str());
    return kFailed;
  }
  const std::size_t wrong = count_wrong(record);
  std::fprintf(stderr,
               "gpu_axes: %zu cells and a sweep of tiles, %zu wrong or failed, %zu not measured for lack of time%s\n",
               record.matrix.cells.size(), wrong, record.matrix.not_measured + record.sweep.not_measured,
               record.leaks.empty() ? "" : ", and leaks");
  return wrong > 0 || !record.leaks.empty() ? kWrong : 0;
}
