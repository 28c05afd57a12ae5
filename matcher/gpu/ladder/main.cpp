// gpu_ladder: times every rung of the ladder alone, on tables that lie on the device, and what the device can do at
// most. Exit codes: 0 fine, 1 failed, 2 usage, 4 a rung answered wrongly or something was left behind, 75 no GPU.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <string>

#include "matcher/gpu/ladder/record.hpp"

namespace {

using namespace matcher;
using namespace matcher::gpu;

constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr int kWrong = 4;
constexpr int kNoGpu = 75;

struct Arguments {
  bool small = false;
  unsigned seconds = 180;
  std::uint64_t seed = 1;
  std::string output = "-";
};

LadderOptions options_of(const Arguments& arguments) {
  LadderOptions options;
  options.shape.seed = arguments.seed;
  options.time_in_all = std::chrono::seconds(arguments.seconds);
  options.shape.left_rows = options.shape.right_rows = 8192;
  if (arguments.small) {
    options.classes = {12};
    options.shape.left_rows = options.shape.right_rows = 100;
    options.shape.listed_rows = 10;
    options.sweep.pairs = {64};
    options.sweep.time_per_size = {};
    options.timer = {.flushed_bytes = 1 << 20, .fewest_samples = 2, .most_samples = 2, .cold_time = {}, .hot_time = {}};
  }
  return options;
}

void say(const RungResult& rung) {
  const double ns = rung.times ? rung.times->cold_median_ns() : 0;
  const double rate = ns > 0 ? static_cast<double>(rung.pairs) / ns : 0;  // pairs per nanosecond: G pairs/s
  std::fprintf(stderr, "  %2u symbols  %-28s %s", rung.longest, rung.name.c_str(),
               rung.all_right() ? "right" : "WRONG");
  if (ns > 0) std::fprintf(stderr, "  %8.3f G pairs/s", rate);
  std::fputc('\n', stderr);
}

int measure(LadderRecord& record) {
  ResourceTracker tracker;
  {
    auto timer = KernelTimer::create(tracker, record.options.timer);
    auto rates = timer ? measure_rates(tracker, *timer) : DeviceResult<std::vector<OperationRate>>(hand_on(timer));
    if (!rates) {
      std::fprintf(stderr, "gpu_ladder: %s\n", rates.error().message.c_str());
      return kFailed;
    }
    record.rates = std::move(*rates);
  }
  record.result = measure_ladder(tracker, record.options, say);
  record.leaks = tracker.leak_report();
  return 0;
}

int verdict(const LadderRecord& record) {
  if (!record.result.error.empty()) {
    std::fprintf(stderr, "gpu_ladder: ended early: %s\n", record.result.error.c_str());
    return kFailed;
  }
  if (!record.leaks.empty()) std::fprintf(stderr, "gpu_ladder: left on the device: %s\n", record.leaks.c_str());
  const auto& rungs = record.result.rungs;
  const bool all_right =
      std::all_of(rungs.begin(), rungs.end(), [](const RungResult& rung) { return rung.all_right(); });
  return all_right && record.leaks.empty() ? 0 : kWrong;
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments;
  CLI::App app{"Times the scoring kernels alone and writes a record (assay-gpu-ladder/1).", "gpu_ladder"};
  app.add_flag("--small", arguments.small, "Few pairs and no times that mean anything: for compute-sanitizer");
  app.add_option("--seconds", arguments.seconds, "After these no rung is timed any more, only checked")
      ->capture_default_str();
  app.add_option("--seed", arguments.seed, "Of the names")->capture_default_str();
  app.add_option("-o,--output", arguments.output, "The record's file; -: standard output")->capture_default_str();
  app.footer("example: gpu_ladder --seconds 60 -o gpu-ladder.json");
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  MachineWatch machine;
  if (!machine.has_gpu()) {
    std::fprintf(stderr, "gpu_ladder: no GPU: %s\n", machine.reason().c_str());
    return kNoGpu;
  }
  LadderRecord record;
  record.options = options_of(arguments);
  if (const int failed = measure(record); failed != 0) return failed;
  record.machine = machine.finish();
  if (const Status written = write_record(to_json(record), arguments.output); !written) {
    std::fprintf(stderr, "gpu_ladder: %s\n", written.error().message.c_str());
    return kFailed;
  }
  return verdict(record);
}
