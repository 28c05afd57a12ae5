#include "harness/stats/contamination.hpp"

#include <fmt/format.h>

#include "harness/stats/pair_filter.hpp"
#include "harness/stats/paired.hpp"
#include "harness/stats/verdict.hpp"

namespace assay::stats {
namespace {

bool disturbed(const SampleEvidence& sample) {
  NoiseEvidence noise;
  noise.duration_ns = sample.window_ns;
  noise.run_queue_wait_ns = sample.run_queue_wait_ns;
  noise.steal_ticks = sample.steal_ns;  // anything above none disturbs, in whatever unit
  noise.involuntary_switches = sample.involuntary_switches;
  noise.major_faults = sample.major_faults;
  return is_disturbed(noise);
}

// Sum of one figure over the sum of the times it belongs to, of the samples where it is known.
struct Sum {
  double part = 0;
  double whole = 0;
  void add(const std::optional<std::int64_t>& figure, std::int64_t time) {
    if (!figure) return;
    part += static_cast<double>(*figure);
    whole += static_cast<double>(time);
  }
  [[nodiscard]] std::optional<double> share() const { return whole > 0 ? std::optional(part / whole) : std::nullopt; }
};

std::string percent(double share) {
  return fmt::format("{:.0f} %", share * 100);
}

void judge_control(std::span<const double> control_log_ratios, std::vector<std::string>& reasons) {
  const VerdictReport verdict = judge(control_log_ratios, fixed_margin(kMarginFloor));
  const auto control = compare_pairs(control_log_ratios, kMarginFloor);
  if (!is_change(verdict.verdict) || !control) return;
  reasons.push_back(
      fmt::format("the control, the same code again, took {:.3f} times as long as the baseline", control->ratio));
}

}  // namespace

Contamination judge_contamination(std::span<const SampleEvidence> samples, std::span<const double> control_log_ratios) {
  Contamination result;
  result.samples = samples.size();
  std::size_t count = 0;
  Sum wait;
  Sum steal;
  Sum cpu_stall;
  Sum memory_stall;
  for (const SampleEvidence& sample : samples) {
    if (disturbed(sample)) ++count;
    wait.add(sample.run_queue_wait_ns, sample.window_ns);
    steal.add(sample.steal_ns, sample.window_ns);
    cpu_stall.add(sample.cpu_stall_ns, sample.window_ns);
    memory_stall.add(sample.memory_stall_ns, sample.window_ns);
  }
  result.wait_share = wait.share();
  result.steal_share = steal.share();
  result.cpu_stall_share = cpu_stall.share();
  result.memory_stall_share = memory_stall.share();
  if (result.wait_share) result.disturbed = count;

  if (result.wait_share > kMostWaiting &&
      static_cast<double>(count) > kMostDisturbed * static_cast<double>(samples.size())) {
    result.reasons.push_back(
        fmt::format("{} of {} samples were disturbed and waited for a processor, in all {} of their time", count,
                    samples.size(), percent(*result.wait_share)));
  }
  if (!result.wait_share && result.cpu_stall_share > kMostCpuStall) {
    result.reasons.push_back(
        fmt::format("tasks on this machine waited for a processor {} of the time", percent(*result.cpu_stall_share)));
  }
  if (result.steal_share > kMostSteal && steal.part >= static_cast<double>(kLeastStealNs)) {
    result.reasons.push_back(
        fmt::format("the hypervisor took {} of the processors' time (steal)", percent(*result.steal_share)));
  }
  if (result.memory_stall_share > kMostMemoryStall) {
    result.reasons.push_back(
        fmt::format("tasks on this machine waited for memory {} of the time", percent(*result.memory_stall_share)));
  }
  judge_control(control_log_ratios, result.reasons);
  return result;
}

}  // namespace assay::stats
