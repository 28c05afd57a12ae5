// gpu_axes: measures the axes of the GPU's host code and writes a record. Exit codes: 0 fine, 1 failed, 2 usage, 4 a
// combination answered wrongly or left something behind, 75 no GPU.
#include <CLI/CLI.hpp>
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
    options.time_per_cell = {};
    static_cast<void>(measure_matrix(tracker, options));
    return Status();
  });
}

int measure(const Arguments& arguments, AxesRecord& record) {
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
  record.leaks = tracker.leak_report();
  return 0;
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments;
  CLI::App app{"Measures the axes of the GPU's host code and writes a record (assay-gpu-axes/1).", "gpu_axes"};
  app.add_flag("--small", arguments.small, "Few items and no times that mean anything: for compute-sanitizer");
  app.add_option("--seconds", arguments.seconds, "For the whole matrix; what does not fit is counted")
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
  std::size_t wrong = 0;
  for (const MatrixCell& cell : record.matrix.cells) wrong += !cell.correct;
  std::fprintf(stderr, "gpu_axes: %zu cells, %zu wrong or failed, %zu not measured for lack of time%s\n",
               record.matrix.cells.size(), wrong, record.matrix.not_measured,
               record.leaks.empty() ? "" : ", and leaks");
  return wrong > 0 || !record.leaks.empty() ? kWrong : 0;
}
