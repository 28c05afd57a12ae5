#include "harness/cli/count_metrics.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay::cli {
namespace {

using store::CaseRecord;
using store::ComparisonRecord;

// Callgrind's counts of one plugin differ by less from run to run (addresses decide a few hash collisions and copies);
// a real change of 0.01 % is ten times as much.
constexpr double kSameInstructions = 1e-5;

// A count, or why it is missing.
struct Figure {
  store::Count count;
  std::optional<std::string> reason;
};

enum class Presence {
  kAlways,
  kOnRequest,  // if an arm has a figure, or a reason why it has none
  kIfTouched,  // if an arm has a figure; the other then has none of it, that is 0
  kIfKept,     // if an arm keeps something; one that keeps nothing missed as often as the other asked
};

struct CountMetric {
  const char* name;
  const char* unit;
  Figure (*of)(const store::ArmRecord&);
  double same_within;  // relative; what the kernel counts in pages differs a little from run to run
  Presence presence;
};

template <auto Member>
Figure memory_figure(const store::ArmRecord& arm) {
  if (!arm.memory) return {std::nullopt, std::nullopt};
  return {(*arm.memory).*Member, arm.memory->reason};
}

template <auto Member, auto Reason>
Figure counted_figure(const store::ArmRecord& arm) {
  if (!arm.counts) return {std::nullopt, std::nullopt};
  return {(*arm.counts).*Member, (*arm.counts).*Reason};
}

constexpr char kCacheRequests[] = "cache_requests";
constexpr char kCacheHits[] = "cache_hits";

// What a variant counts itself. A counter that it never touched is not in the record.
template <const char* kName>
Figure counter_figure(const store::ArmRecord& arm) {
  const auto found = arm.counters.find(kName);
  return {found == arm.counters.end() ? store::Count() : store::Count(static_cast<std::int64_t>(found->second)),
          std::nullopt};
}
// Wanted and not there. Not the hits: of these more is better, and fewer is better everywhere else.
Figure missed_figure(const store::ArmRecord& arm) {
  const store::Count requests = counter_figure<kCacheRequests>(arm).count;
  if (!requests) return {};
  return {*requests - std::min(counter_figure<kCacheHits>(arm).count.value_or(0), *requests), std::nullopt};
}
constexpr char kLaunches[] = "kernel_launches";
constexpr char kBytesUp[] = "bytes_to_device";
constexpr char kBytesDown[] = "bytes_from_device";
constexpr char kRoundTrips[] = "round_trips";
constexpr char kCandidates[] = "candidates";
constexpr char kDeviceAllocations[] = "device_allocations";

using store::CountFigures;
using store::MemoryFigures;
constexpr std::array kCountMetrics{
    CountMetric{"memory/allocations", "count", memory_figure<&MemoryFigures::allocations>, 0, Presence::kAlways},
    CountMetric{"memory/allocated_bytes", "bytes", memory_figure<&MemoryFigures::allocated_bytes>, 0,
                Presence::kAlways},
    CountMetric{"memory/peak_live_bytes", "bytes", memory_figure<&MemoryFigures::peak_live_bytes>, 0,
                Presence::kAlways},
    CountMetric{"memory/peak_rss_bytes", "bytes", memory_figure<&MemoryFigures::peak_rss_bytes>, 0.02,
                Presence::kAlways},
    CountMetric{"memory/minor_faults", "count", memory_figure<&MemoryFigures::minor_faults>, 0.02, Presence::kAlways},
    CountMetric{"count/instructions", "count",
                counted_figure<&CountFigures::instructions, &CountFigures::instructions_reason>, kSameInstructions,
                Presence::kOnRequest},
    CountMetric{"count/syscalls", "count", counted_figure<&CountFigures::syscalls, &CountFigures::syscalls_reason>, 0,
                Presence::kOnRequest},
    CountMetric{"memory/device_peak_bytes", "bytes", memory_figure<&MemoryFigures::device_peak_bytes>, 0,
                Presence::kIfTouched},
    CountMetric{"memory/pinned_peak_bytes", "bytes", memory_figure<&MemoryFigures::pinned_peak_bytes>, 0,
                Presence::kIfTouched},
    CountMetric{"count/kernel_launches", "count", counter_figure<kLaunches>, 0, Presence::kIfTouched},
    CountMetric{"count/bytes_to_device", "bytes", counter_figure<kBytesUp>, 0, Presence::kIfTouched},
    CountMetric{"count/bytes_from_device", "bytes", counter_figure<kBytesDown>, 0, Presence::kIfTouched},
    CountMetric{"count/round_trips", "count", counter_figure<kRoundTrips>, 0, Presence::kIfTouched},
    CountMetric{"count/candidates", "count", counter_figure<kCandidates>, 0, Presence::kIfTouched},
    CountMetric{"count/device_allocations", "count", counter_figure<kDeviceAllocations>, 0, Presence::kIfTouched},
    CountMetric{"count/cache_requests", "count", counter_figure<kCacheRequests>, 0, Presence::kIfTouched},
    CountMetric{"count/cache_misses", "count", missed_figure, 0, Presence::kIfKept}};

std::optional<std::uint64_t> count_of(const store::ArmRecord& arm, const store::ArmRecord& other,
                                      const CountMetric& metric) {
  store::Count value = metric.of(arm).count;
  if (!value && metric.presence == Presence::kIfTouched) return 0;
  if (!value && metric.presence == Presence::kIfKept) value = counter_figure<kCacheRequests>(other).count;
  return value ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
}

bool is_same(const CountMetric& metric, double baseline, double candidate) {
  return std::abs(baseline - candidate) <= metric.same_within * std::min(baseline, candidate);
}

// By equality, or within what the metric calls the same.
std::optional<stats::ExactComparison> compare_counts(const CaseRecord& record, const CountMetric& metric) {
  const auto baseline = count_of(record.baseline, record.candidate, metric);
  const auto candidate = count_of(record.candidate, record.baseline, metric);
  auto exact = stats::compare_exact(baseline, candidate);
  if (!exact) return exact;
  if (is_same(metric, static_cast<double>(*baseline), static_cast<double>(*candidate))) {
    exact->outcome = stats::ExactOutcome::kEqual;
  }
  return exact;
}

ComparisonRecord count_comparison(const CaseRecord& record, const CountMetric& metric) {
  ComparisonRecord comparison;
  comparison.metric = metric.name;
  comparison.unit = metric.unit;
  comparison.kind = "exact";
  const auto exact = compare_counts(record, metric);
  if (!exact) {
    const bool has_baseline = count_of(record.baseline, record.candidate, metric).has_value();
    const store::ArmRecord& arm = has_baseline ? record.candidate : record.baseline;
    comparison.reason =
        metric.of(arm).reason.value_or("the memory run gave no figure");  // a counting run gives a reason
    return comparison;
  }
  comparison.baseline = static_cast<double>(exact->baseline);
  comparison.candidate = static_cast<double>(exact->candidate);
  comparison.ratio = exact->ratio;
  switch (exact->outcome) {
    case stats::ExactOutcome::kEqual:
      comparison.verdict = "EQUAL";
      break;
    case stats::ExactOutcome::kFewer:
      comparison.verdict = "FEWER";
      break;
    case stats::ExactOutcome::kMore:
      comparison.verdict = "MORE";
      break;
  }
  return comparison;
}

bool is_present(const CaseRecord& record, const CountMetric& metric) {
  if (metric.presence == Presence::kAlways) return true;
  const auto holds = [&](const Figure& figure) {
    return figure.count || (metric.presence == Presence::kOnRequest && figure.reason);
  };
  return holds(metric.of(record.baseline)) || holds(metric.of(record.candidate));
}

}  // namespace

std::vector<ComparisonRecord> compare_counts(const CaseRecord& record) {
  std::vector<ComparisonRecord> comparisons;
  for (const CountMetric& metric : kCountMetrics) {
    if (is_present(record, metric)) comparisons.push_back(count_comparison(record, metric));
  }
  return comparisons;
}

std::optional<stats::ExactComparison> compare_count(const CaseRecord& record, const std::string& metric) {
  const auto found = std::find_if(kCountMetrics.begin(), kCountMetrics.end(),
                                  [&](const CountMetric& count) { return metric == count.name; });
  if (found == kCountMetrics.end() || !is_present(record, *found)) return std::nullopt;
  return compare_counts(record, *found);
}

bool is_same_count(const std::string& metric, double baseline, double candidate) {
  for (const CountMetric& count : kCountMetrics) {
    if (metric == count.name) return is_same(count, baseline, candidate);
  }
  return baseline == candidate;
}

std::vector<std::string> count_metric_names() {
  std::vector<std::string> names;
  for (const CountMetric& count : kCountMetrics) names.emplace_back(count.name);
  return names;
}

}  // namespace assay::cli
