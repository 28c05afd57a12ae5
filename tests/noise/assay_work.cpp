// assay-work: the same work as a program, for tools that time programs, and as a linear series the way criterion
// samples.
//
// For our own comparisons with other tools (trust.py), not installed.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "tests/noise/work.hpp"

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::uint64_t extra_percent = 0;
  std::uint64_t units = 100;
  std::uint64_t samples = 0;
  double warm_up_seconds = 0.1;
  double seconds = 0.4;
};

volatile std::uint64_t sink = 0;

double run_units(std::uint64_t units, std::uint64_t extra_percent) {
  const Clock::time_point began = Clock::now();
  for (std::uint64_t unit = 0; unit < units; ++unit) sink = assay::noise::work(sink, extra_percent);
  return std::chrono::duration<double>(Clock::now() - began).count();
}

// Seconds of one unit: doubles the units until the warm-up time is over.
double warm_up(const Options& options) {
  double spent = 0;
  std::uint64_t done = 0;
  for (std::uint64_t units = 1; spent < options.warm_up_seconds; units *= 2) {
    spent += run_units(units, options.extra_percent);
    done += units;
  }
  return spent / static_cast<double>(done);
}

// d, 2d, ... nd units with d such that all of them take `seconds`; prints "units,seconds" a line.
void linear_series(const Options& options) {
  const double unit = warm_up(options);
  const auto samples = static_cast<double>(options.samples);
  const auto step =
      static_cast<std::uint64_t>(std::max(1.0, std::ceil(options.seconds / unit / (samples * (samples + 1) / 2))));
  for (std::uint64_t sample = 1; sample <= options.samples; ++sample) {
    const std::uint64_t units = sample * step;
    std::printf("%llu,%.9f\n", static_cast<unsigned long long>(units), run_units(units, options.extra_percent));
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("assay-work: known work, once or as a linear series", "assay-work");
  app.add_option("--extra", options.extra_percent, "percent more work")->capture_default_str();
  app.add_option("--units", options.units, "units of some 50 microseconds")->capture_default_str();
  app.add_option("--linear", options.samples, "print a series of so many samples instead");
  app.add_option("--warm-up", options.warm_up_seconds, "of a series, in seconds")->capture_default_str();
  app.add_option("--seconds", options.seconds, "of a series after its warm-up")->capture_default_str();
  app.footer("example:\n  assay-work --extra 5 --linear 100 --seconds 0.4");
  CLI11_PARSE(app, argc, argv);
  if (options.samples > 0) {
    linear_series(options);
  } else {
    run_units(options.units, options.extra_percent);
  }
  return 0;
}
