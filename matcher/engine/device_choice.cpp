// The rules of --device, and the estimate behind "auto".
#include "matcher/engine/device_choice.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include "matcher/engine/match_plan.hpp"

namespace matcher {
namespace {

// Of the CPU, measured: A3 at 60 %, 5,000 x 5,000 rows of people-20k with one birthdate, one thread of an EPYC machine
// that did other things too: 56, 56 and 79 ns a pair.
constexpr double kCpuSecondsPerPair = 56e-9;
// Of the GPU itself nothing has been measured. Context and module: the upper end of what others report (0.2 to 0.6 s).
constexpr double kGpuStartSeconds = 0.6;
// What the host does for it, measured: `matcher_benchmarks --benchmark_filter=gpu_arrays`, 2,000,000 rows in 0.59 and
// 0.64 s on one thread of an EPYC machine, in 0.33 and 0.37 s on two.
constexpr double kGpuSecondsPerRow = 0.32e-6;
// A sixth of what the integer units of an H200 could do with names of 32 letters by counting instructions.
constexpr double kGpuPairsPerSecond = 4e9;
// How many times faster the estimate must be before "auto" believes it.
constexpr double kClearGain = 4.0;

}  // namespace

DeviceEstimate estimate_devices(std::uint64_t rows, std::uint64_t pairs, unsigned threads) {
  const auto count = static_cast<double>(pairs);
  return {count * kCpuSecondsPerPair / threads,
          kGpuStartSeconds + static_cast<double>(rows) * kGpuSecondsPerRow / threads + count / kGpuPairsPerSecond};
}

Result<DeviceChoice> choose_device(DeviceWish wish, const DeviceFacts& facts) {
  if (wish == DeviceWish::kCpu) return DeviceChoice{false, "asked for"};
  const bool is_asked = wish == DeviceWish::kGpu;
  if (facts.unsupported) {
    if (is_asked) {
      return fail(ErrorKind::kBadInput, "--device gpu: {}; take --device cpu or auto", *facts.unsupported);
    }
    return DeviceChoice{false, *facts.unsupported};
  }
  if (!is_asked && facts.joins_by_sound) {
    return DeviceChoice{false, "at this threshold the CPU tests only pairs that sound alike"};
  }
  if (const auto missing = facts.look_for_gpu()) {
    if (is_asked) return fail(ErrorKind::kBadInput, "--device gpu: {}; {}", missing->what, missing->advice);
    return DeviceChoice{false, missing->what};
  }
  if (is_asked) return DeviceChoice{true, "asked for"};
  const std::uint64_t pairs = facts.count_pairs();
  const DeviceEstimate estimate = estimate_devices(facts.rows, pairs, facts.threads);
  const bool clear = estimate.cpu_seconds > kClearGain * estimate.gpu_seconds;
  return DeviceChoice{clear, fmt::format("{} pairs of equal birthdates: estimated {:.1f} s on {} CPU threads, {:.1f} s "
                                         "on the GPU (not measured; it must be {:.0f} times faster)",
                                         pairs, estimate.cpu_seconds, facts.threads, estimate.gpu_seconds, kClearGain)};
}

bool joins_by_sound(const MatchOptions& options) {
  const auto plan = make_plan(options);
  return plan && plan->passes.size() > pass_groups(*plan, options).size();
}

std::uint64_t pairs_of_equal_birthdates(const PersonsView& left, const PersonsView& right) {
  std::unordered_map<std::int32_t, std::uint64_t> left_rows;
  for (std::size_t row = 0; row < left.row_count; ++row) {
    if (left.birthdate.valid(row)) ++left_rows[left.birthdate.days[row]];
  }
  std::uint64_t pairs = 0;
  for (std::size_t row = 0; row < right.row_count; ++row) {
    if (!right.birthdate.valid(row)) continue;
    const auto found = left_rows.find(right.birthdate.days[row]);
    if (found != left_rows.end()) pairs += found->second;
  }
  return pairs;
}

}  // namespace matcher
