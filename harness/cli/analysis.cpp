#include "harness/cli/analysis.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "harness/stats/contamination.hpp"
#include "harness/stats/exact.hpp"
#include "harness/stats/margin.hpp"
#include "harness/stats/quantile.hpp"
#include "harness/stats/tail_ratio.hpp"

namespace assay::cli {
namespace {

using store::CaseRecord;
using store::ComparisonRecord;
using store::SampleRecord;

using TimeOf = double (*)(const SampleRecord&);
struct TimeMetric {
  const char* name;
  TimeOf of;
};
constexpr std::array kTimeMetrics{
    TimeMetric{"time/total", [](const SampleRecord& s) { return static_cast<double>(s.total_ns()); }},
    TimeMetric{"time/prepare", [](const SampleRecord& s) { return static_cast<double>(s.prepare_ns); }},
    TimeMetric{"time/run", [](const SampleRecord& s) { return static_cast<double>(s.run_ns); }},
    TimeMetric{"time/cpu", [](const SampleRecord& s) { return static_cast<double>(s.cpu_ns); }}};
constexpr const TimeMetric& kHeadline = kTimeMetrics[0];
constexpr const TimeMetric& kCpuTime = kTimeMetrics[3];

// Callgrind's counts of one plugin differ by less from run to run (addresses decide a few hash collisions and copies);
// a real change of 0.01 % is ten times as much.
constexpr double kSameInstructions = 1e-5;

// A count, or why it is missing.
struct Figure {
  store::Count count;
  std::optional<std::string> reason;
};

struct CountMetric {
  const char* name;
  const char* unit;
  Figure (*of)(const store::ArmRecord&);
  double same_within;  // relative; what the kernel counts in pages differs a little from run to run
  bool on_request;     // no comparison unless somebody asked for it
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

using store::CountFigures;
using store::MemoryFigures;
constexpr std::array kCountMetrics{
    CountMetric{"memory/allocations", "count", memory_figure<&MemoryFigures::allocations>, 0, false},
    CountMetric{"memory/allocated_bytes", "bytes", memory_figure<&MemoryFigures::allocated_bytes>, 0, false},
    CountMetric{"memory/peak_live_bytes", "bytes", memory_figure<&MemoryFigures::peak_live_bytes>, 0, false},
    CountMetric{"memory/peak_rss_bytes", "bytes", memory_figure<&MemoryFigures::peak_rss_bytes>, 0.02, false},
    CountMetric{"memory/minor_faults", "count", memory_figure<&MemoryFigures::minor_faults>, 0.02, false},
    CountMetric{"count/instructions", "count",
                counted_figure<&CountFigures::instructions, &CountFigures::instructions_reason>, kSameInstructions,
                true},
    CountMetric{"count/syscalls", "count", counted_figure<&CountFigures::syscalls, &CountFigures::syscalls_reason>, 0,
                true}};

// Each half of a block holds one sample of every arm (plan/schedule.hpp), so the n-th sample of one arm and the n-th of
// another are a pair.
std::vector<double> times_of(const CaseRecord& record, const char* arm, TimeOf of) {
  std::vector<double> values;
  for (const SampleRecord& sample : record.samples) {
    if (sample.arm != arm) continue;
    values.push_back(std::max(of(sample), 1.0));  // a clock tick, where a phase is too short to be seen
  }
  return values;
}

Result<std::vector<double>> ratios_of(const CaseRecord& record, const char* arm, TimeOf of) {
  return stats::log_ratios(times_of(record, "baseline", of), times_of(record, arm, of));
}

std::optional<store::IntervalRecord> to_record(const std::optional<stats::Interval>& interval) {
  if (!interval) return std::nullopt;
  return store::IntervalRecord{interval->low, interval->high, interval->achieved, "sign test, order statistics"};
}

std::optional<double> value_of(const stats::Margin& margin) {
  return margin.known() ? std::optional(margin.value) : std::nullopt;
}

// A program runs whole and has no phases.
bool has_metric(const CaseRecord& record, const TimeMetric& metric) {
  return record.kind == "plugin" || &metric == &kHeadline || &metric == &kCpuTime;
}

// Two plugins have the same thread budget. Of two programs one may buy wall time with more threads, which is no
// conflict of clocks; who uses more CPU time than wall time runs in parallel.
bool clocks_are_comparable(const CaseRecord& record) {
  if (record.kind == "plugin") return true;
  return std::none_of(record.samples.begin(), record.samples.end(), [](const SampleRecord& sample) {
    return static_cast<double>(sample.cpu_ns) > 1.1 * static_cast<double>(sample.total_ns());
  });
}

struct JudgedTime {
  stats::PairedComparison paired;
  stats::VerdictReport verdict;
  double baseline_median = 0;
  double candidate_median = 0;
};

Result<std::optional<JudgedTime>> judge_time(const CaseRecord& record, const TimeMetric& metric) {
  ASSAY_TRY(const std::vector<double> test, ratios_of(record, "candidate", metric.of));
  ASSAY_TRY(const std::vector<double> control, ratios_of(record, "control", metric.of));
  const stats::Margin margin = stats::margin_from_control(control);
  const auto paired = stats::compare_pairs(test, margin.value);
  if (!paired) return std::optional<JudgedTime>();
  stats::VerdictReport verdict = stats::judge(test, margin);
  if (&metric == &kHeadline && clocks_are_comparable(record)) {
    ASSAY_TRY(const std::optional<JudgedTime> cpu, judge_time(record, kCpuTime));
    const auto tail =
        stats::tail_ratio(times_of(record, "baseline", metric.of), times_of(record, "candidate", metric.of));
    verdict = stats::combine(verdict, cpu->verdict, tail);
  }
  return std::optional(JudgedTime{*paired, verdict, *stats::median(times_of(record, "baseline", metric.of)),
                                  *stats::median(times_of(record, "candidate", metric.of))});
}

ComparisonRecord time_comparison(const TimeMetric& metric, const JudgedTime& judged) {
  ComparisonRecord comparison;
  comparison.metric = metric.name;
  comparison.unit = "ns";
  comparison.kind = "statistical";
  comparison.baseline = judged.baseline_median;
  comparison.candidate = judged.candidate_median;
  comparison.ratio = judged.paired.ratio;
  comparison.interval = to_record(judged.paired.interval95);
  comparison.pairs = judged.paired.pairs;
  comparison.sigma = judged.paired.sigma;
  comparison.margin = value_of(judged.verdict.margin);
  comparison.minimum_detectable_effect = judged.verdict.minimum_detectable_effect;
  comparison.verdict = std::string(stats::to_string(judged.verdict.verdict));
  comparison.reason = std::string(stats::to_string(judged.verdict.reason));
  return comparison;
}

std::optional<std::uint64_t> count_of(const store::ArmRecord& arm, const CountMetric& metric) {
  const store::Count value = metric.of(arm).count;
  return value ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
}

bool is_same(const CountMetric& metric, double baseline, double candidate) {
  return std::abs(baseline - candidate) <= metric.same_within * std::min(baseline, candidate);
}

// By equality, or within what the metric calls the same.
std::optional<stats::ExactComparison> compare_counts(const CaseRecord& record, const CountMetric& metric) {
  const auto baseline = count_of(record.baseline, metric);
  const auto candidate = count_of(record.candidate, metric);
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
    const store::ArmRecord& arm = count_of(record.baseline, metric) ? record.candidate : record.baseline;
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

std::optional<store::MedianTimes> medians_of(const CaseRecord& record, const char* arm) {
  const auto median = [&](TimeOf of) { return stats::median(times_of(record, arm, of)); };
  const auto total = median(kHeadline.of);
  if (!total) return std::nullopt;
  const auto collect = median([](const SampleRecord& s) { return static_cast<double>(s.collect_ns); });
  return store::MedianTimes{*median(kTimeMetrics[1].of), *median(kTimeMetrics[2].of), *collect, *total,
                            *median(kCpuTime.of)};
}

std::optional<store::ControlRecord> control_of(const std::vector<double>& control) {
  const stats::Margin floor = stats::fixed_margin(stats::kMarginFloor);
  const auto paired = stats::compare_pairs(control, floor.value);
  if (!paired) return std::nullopt;
  store::ControlRecord record;
  record.ratio = paired->ratio;
  record.interval = to_record(paired->interval95);
  record.pairs = paired->pairs;
  record.verdict = std::string(stats::to_string(stats::judge(control, floor).verdict));
  record.margin = value_of(stats::margin_from_control(control));
  return record;
}

// The kernel tells the wait of one thread; with more of them it is no evidence for the others.
std::vector<stats::SampleEvidence> evidence_of(const CaseRecord& record) {
  std::vector<stats::SampleEvidence> evidence;
  for (const SampleRecord& sample : record.samples) {
    stats::SampleEvidence one;
    if (record.design.thread_budget == 1) one.run_queue_wait_ns = sample.run_queue_wait_ns;
    one.involuntary_switches = sample.involuntary_switches;
    one.major_faults = sample.major_faults;
    one.window_ns = sample.window_ns.value_or(sample.total_ns() * record.design.iterations);
    one.steal_ns = sample.steal_ns;
    one.cpu_stall_ns = sample.cpu_stall_ns;
    one.memory_stall_ns = sample.memory_stall_ns;
    evidence.push_back(one);
  }
  return evidence;
}

store::ContaminationRecord contamination_of(const CaseRecord& record) {
  const stats::Contamination judged = stats::judge_contamination(evidence_of(record), record.control_log_ratios);
  store::ContaminationRecord result;
  result.contaminated = judged.contaminated();
  result.reasons = judged.reasons;
  result.samples = judged.samples;
  if (judged.disturbed) result.disturbed_samples = static_cast<std::int64_t>(*judged.disturbed);
  result.wait_share = judged.wait_share;
  result.steal_share = judged.steal_share;
  result.cpu_stall_share = judged.cpu_stall_share;
  result.memory_stall_share = judged.memory_stall_share;
  return result;
}

void remove_times(CaseRecord& record) {
  record.samples.clear();
  record.pair_log_ratios.clear();
  record.control_log_ratios.clear();
  record.control.reset();
  record.contamination.reset();
  record.design.pairs = record.design.control_pairs = 0;
  for (store::ArmRecord* arm : {&record.baseline, &record.candidate}) {
    arm->cold.reset();
    arm->median.reset();
  }
}

}  // namespace

Status analyse(CaseRecord& record) {
  record.comparisons.clear();
  if (record.outcome != store::Outcome::kOk) {
    remove_times(record);
    return {};
  }
  ASSAY_TRY(record.pair_log_ratios, ratios_of(record, "candidate", kHeadline.of));
  ASSAY_TRY(record.control_log_ratios, ratios_of(record, "control", kHeadline.of));
  record.design.pairs = record.pair_log_ratios.size();
  record.design.control_pairs = record.control_log_ratios.size();
  record.control = control_of(record.control_log_ratios);
  record.contamination = contamination_of(record);
  record.baseline.median = medians_of(record, "baseline");
  record.candidate.median = medians_of(record, "candidate");
  for (const TimeMetric& metric : kTimeMetrics) {
    if (!has_metric(record, metric)) continue;
    ASSAY_TRY(const std::optional<JudgedTime> judged, judge_time(record, metric));
    if (judged) record.comparisons.push_back(time_comparison(metric, *judged));
  }
  for (const CountMetric& metric : kCountMetrics) {
    const Figure baseline = metric.of(record.baseline);
    if (!metric.on_request || baseline.count || baseline.reason)
      record.comparisons.push_back(count_comparison(record, metric));
  }
  return {};
}

Result<std::vector<double>> headline_log_ratios(const CaseRecord& record, const char* arm) {
  return ratios_of(record, arm, kHeadline.of);
}

bool contradicts(const ComparisonRecord& comparison) {
  using stats::VerdictReason;
  for (const VerdictReason reason :
       {VerdictReason::kClocksConflict, VerdictReason::kTailConflict, VerdictReason::kFilterConflict}) {
    if (comparison.reason == to_string(reason)) return true;
  }
  return false;
}

bool is_same_count(const std::string& metric, double baseline, double candidate) {
  for (const CountMetric& count : kCountMetrics) {
    if (metric == count.name) return is_same(count, baseline, candidate);
  }
  return baseline == candidate;
}

Result<MeasuredMetric> measured_metric(const CaseRecord& record, const std::string& metric) {
  MeasuredMetric measured;
  for (const TimeMetric& time : kTimeMetrics) {
    if (metric != time.name) continue;
    ASSAY_TRY(const std::optional<JudgedTime> judged, judge_time(record, time));
    if (!judged) return measured;
    measured.measured = true;
    measured.paired = judged->paired;
    measured.verdict = judged->verdict;
    return measured;
  }
  for (const CountMetric& count : kCountMetrics) {
    if (metric != count.name) continue;
    const auto exact = compare_counts(record, count);
    if (!exact) return measured;
    measured.measured = measured.exact = true;
    measured.counts = *exact;
    return measured;
  }
  ASSAY_CHECK(check_metric(metric, record.id));
  return measured;
}

Status check_metric(const std::string& metric, const std::string& where) {
  std::vector<std::string> known;
  for (const TimeMetric& time : kTimeMetrics) known.emplace_back(time.name);
  for (const CountMetric& count : kCountMetrics) known.emplace_back(count.name);
  if (std::find(known.begin(), known.end(), metric) != known.end()) return {};
  return fail(ErrorKind::kUsage, "{}: unknown metric '{}'; known: {}", where, metric, fmt::join(known, ", "));
}

}  // namespace assay::cli
