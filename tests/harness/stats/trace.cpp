#include "tests/harness/stats/trace.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>

#include "harness/stats/paired.hpp"
#include "harness/stats/quantile.hpp"

namespace assay::stats {
namespace {

// launch, then wall, cpu, wait, switches and major faults of the baseline, then of the control
using Row = std::array<std::int64_t, 11>;

bool parse(const std::string& line, Row& row) {
  const char* at = line.data();
  const char* const end = line.data() + line.size();
  for (std::size_t i = 0; i < row.size(); ++i) {
    const auto [next, error] = std::from_chars(at, end, row[i]);
    if (error != std::errc() || (i + 1 < row.size() ? next == end || *next != ',' : next != end)) return false;
    at = next + 1;
  }
  return true;
}

NoiseEvidence noise_of(const Row& row, std::size_t first) {
  return {.duration_ns = row[first],
          .run_queue_wait_ns = row[first + 2],
          .involuntary_switches = row[first + 3],
          .major_faults = row[first + 4]};
}

Trace read_trace(const std::filesystem::path& path) {
  Trace trace;
  trace.name = path.stem().string();
  std::ifstream file(path);
  std::string line;
  std::vector<double> baseline_cpu;
  std::vector<double> control_cpu;
  std::getline(file, line);
  std::getline(file, line);
  for (Row row{}; std::getline(file, line);) {
    EXPECT_TRUE(parse(line, row)) << path << ": " << line;
    trace.baseline_wall_ns.push_back(static_cast<double>(row[1]));
    trace.control_wall_ns.push_back(static_cast<double>(row[6]));
    baseline_cpu.push_back(static_cast<double>(row[2]));
    control_cpu.push_back(static_cast<double>(row[7]));
    trace.baseline_noise.push_back(noise_of(row, 1));
    trace.control_noise.push_back(noise_of(row, 6));
  }
  trace.wall_log_ratios = log_ratios(trace.baseline_wall_ns, trace.control_wall_ns).value();
  trace.cpu_log_ratios = log_ratios(baseline_cpu, control_cpu).value();
  return trace;
}

}  // namespace

std::vector<Trace> read_traces() {
  std::vector<Trace> traces;
  for (const auto& entry : std::filesystem::directory_iterator(ASSAY_SOURCE_DIR "/tests/harness/stats/traces")) {
    if (entry.path().extension() == ".csv") traces.push_back(read_trace(entry.path()));
  }
  std::sort(traces.begin(), traces.end(), [](const Trace& a, const Trace& b) { return a.name < b.name; });
  return traces;
}

std::vector<double> centered(std::span<const double> log_ratios) {
  const double center = median(log_ratios).value();
  std::vector<double> moved(log_ratios.begin(), log_ratios.end());
  for (double& value : moved) value -= center;
  return moved;
}

std::vector<double> draw_again(std::mt19937_64& engine, std::span<const double> log_ratios, std::size_t count,
                               std::size_t block) {
  std::vector<double> drawn;
  while (drawn.size() < count) {
    const std::size_t start = engine() % log_ratios.size();
    for (std::size_t i = 0; i < block && drawn.size() < count; ++i) {
      drawn.push_back(log_ratios[(start + i) % log_ratios.size()]);
    }
  }
  return drawn;
}

}  // namespace assay::stats
