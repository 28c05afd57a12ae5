#include "harness/store/record.hpp"

#include "harness/store/record_reader.hpp"

namespace assay::store {
namespace {

Json interval_json(const std::optional<IntervalRecord>& interval) {
  if (!interval) return nullptr;
  return {{"low", interval->low},
          {"high", interval->high},
          {"confidence", interval->confidence},
          {"method", interval->method}};
}

Json memory_json(const MemoryFigures& memory) {
  Json json;
  json["allocations"] = or_null(memory.allocations);
  json["allocated_bytes"] = or_null(memory.allocated_bytes);
  json["peak_live_bytes"] = or_null(memory.peak_live_bytes);
  json["host_allocations"] = or_null(memory.host_allocations);
  json["host_allocated_bytes"] = or_null(memory.host_allocated_bytes);
  json["peak_rss_bytes"] = or_null(memory.peak_rss_bytes);
  json["minor_faults"] = or_null(memory.minor_faults);
  json["major_faults"] = or_null(memory.major_faults);
  json["device_peak_bytes"] = or_null(memory.device_peak_bytes);
  json["pinned_peak_bytes"] = or_null(memory.pinned_peak_bytes);
  json["reason"] = or_null(memory.reason);
  return json;
}

Json arm_json(const ArmRecord& arm) {
  Json json;
  json["variant"] = arm.variant;
  json["summary"] = arm.summary;
  json["plugin_file"] = arm.plugin_file;
  json["plugin_sha256"] = or_null(arm.plugin_sha256);
  json["build"] = arm.build;
  json["needs"] = arm.needs;
  json["outcome"] = to_string(arm.outcome);
  json["reason"] = or_null(arm.reason);
  json["cold"] = arm.cold ? Json{{"prepare_ns", arm.cold->prepare_ns}, {"run_ns", arm.cold->run_ns}} : Json(nullptr);
  json["median"] = nullptr;
  if (const auto& median = arm.median) {
    json["median"] = {{"prepare_ns", median->prepare_ns},
                      {"run_ns", median->run_ns},
                      {"collect_ns", median->collect_ns},
                      {"total_ns", median->total_ns},
                      {"cpu_ns", median->cpu_ns}};
  }
  json["memory"] = arm.memory ? memory_json(*arm.memory) : Json(nullptr);
  json["counts"] = arm.counts ? store::to_json(*arm.counts) : Json(nullptr);
  json["counters"] = Json::object();
  for (const auto& [name, value] : arm.counters) json["counters"][name] = value;
  return json;
}

Json comparison_json(const ComparisonRecord& comparison) {
  Json json;
  json["metric"] = comparison.metric;
  json["unit"] = comparison.unit;
  json["kind"] = comparison.kind;
  json["baseline"] = or_null(comparison.baseline);
  json["candidate"] = or_null(comparison.candidate);
  json["ratio"] = or_null(comparison.ratio);
  json["interval"] = interval_json(comparison.interval);
  json["pairs"] = or_null(comparison.pairs);
  json["sigma"] = or_null(comparison.sigma);
  json["margin"] = or_null(comparison.margin);
  json["minimum_detectable_effect"] = or_null(comparison.minimum_detectable_effect);
  json["verdict"] = comparison.verdict;
  json["reason"] = or_null(comparison.reason);
  return json;
}

Json contamination_json(const ContaminationRecord& contamination) {
  return {{"contaminated", contamination.contaminated},
          {"reasons", contamination.reasons},
          {"samples", contamination.samples},
          {"disturbed_samples", or_null(contamination.disturbed_samples)},
          {"wait_share", or_null(contamination.wait_share)},
          {"steal_share", or_null(contamination.steal_share)},
          {"cpu_stall_share", or_null(contamination.cpu_stall_share)},
          {"memory_stall_share", or_null(contamination.memory_stall_share)}};
}

template <class T, class ToJson>
Json array_of(const std::vector<T>& values, ToJson to) {
  Json array = Json::array();
  for (const T& value : values) array.push_back(to(value));
  return array;
}

}  // namespace

Json to_json(const CountFigures& counts) {
  return {{"instructions", or_null(counts.instructions)},
          {"instructions_reason", or_null(counts.instructions_reason)},
          {"syscalls", or_null(counts.syscalls)},
          {"syscalls_reason", or_null(counts.syscalls_reason)}};
}

const char* to_string(Outcome outcome) {
  static constexpr const char* kNames[] = {"ok",        "not_equivalent", "skipped", "failed",
                                           "timed_out", "cancelled",      "crashed"};
  return kNames[static_cast<std::size_t>(outcome)];
}

Json to_json(const EquivalenceRecord& equivalence) {
  Json json;
  json["status"] = equivalence.status;
  json["rows"] = or_null(equivalence.rows);
  json["digest"] = or_null(equivalence.digest);
  json["reference"] = {{"status", equivalence.reference_status},
                       {"variant", or_null(equivalence.reference_variant)},
                       {"reason", or_null(equivalence.reference_reason)}};
  json["challenge"] = {{"status", equivalence.challenge_status}, {"reason", or_null(equivalence.challenge_reason)}};
  json["counts"] = nullptr;
  if (const auto& counts = equivalence.counts) {
    json["counts"] = {{"missing", counts->missing},
                      {"extra", counts->extra},
                      {"differing", counts->differing},
                      {"duplicate", counts->duplicate}};
  }
  json["differences"] = Json::array();
  for (const Difference& difference : equivalence.differences) {
    json["differences"].push_back({{"kind", difference.kind},
                                   {"key", difference.key},
                                   {"column", or_null(difference.column)},
                                   {"baseline", or_null(difference.baseline)},
                                   {"candidate", or_null(difference.candidate)}});
  }
  return json;
}

Json to_json(const SampleRecord& sample) {
  Json json;
  json["launch"] = sample.launch;
  json["block"] = sample.block;
  json["position"] = sample.position;
  json["arm"] = sample.arm;
  json["prepare_ns"] = sample.prepare_ns;
  json["run_ns"] = sample.run_ns;
  json["collect_ns"] = sample.collect_ns;
  json["cpu_ns"] = sample.cpu_ns;
  json["run_queue_wait_ns"] = or_null(sample.run_queue_wait_ns);
  json["involuntary_switches"] = sample.involuntary_switches;
  json["minor_faults"] = sample.minor_faults;
  json["major_faults"] = sample.major_faults;
  json["window_ns"] = or_null(sample.window_ns);
  json["steal_ns"] = or_null(sample.steal_ns);
  json["cpu_stall_ns"] = or_null(sample.cpu_stall_ns);
  json["memory_stall_ns"] = or_null(sample.memory_stall_ns);
  json["io_stall_ns"] = or_null(sample.io_stall_ns);
  const auto add = [&](const char* name, const Count& value) {
    if (value) json[name] = *value;
  };
  add("device_ns", sample.device_ns);
  add("user_ns", sample.user_ns);
  add("system_ns", sample.system_ns);
  add("peak_rss_bytes", sample.peak_rss_bytes);
  add("exit_code", sample.exit_code);
  return json;
}

Json to_json(const CaseRecord& record) {
  Json json;
  json["schema"] = "assay-result/1";
  json["id"] = record.id;
  if (record.kind != "plugin") json["kind"] = record.kind;
  json["created_utc"] = record.created_utc;
  json["outcome"] = to_string(record.outcome);
  json["reason"] = or_null(record.reason);
  json["command"] = record.command;
  json["workload"] = {{"id", record.workload}, {"parameters", Json::object()}};
  for (const auto& [name, value] : record.parameters) json["workload"]["parameters"][name] = value;
  json["dataset"] = to_json(record.dataset);
  json["baseline"] = arm_json(record.baseline);
  json["candidate"] = arm_json(record.candidate);
  json["equivalence"] = to_json(record.equivalence);
  json["design"] = {{"seed", record.design.seed},
                    {"launches", record.design.launches},
                    {"pairs", record.design.pairs},
                    {"control_pairs", record.design.control_pairs},
                    {"iterations", record.design.iterations},
                    {"thread_budget", record.design.thread_budget},
                    {"budget_seconds", record.design.budget_seconds},
                    {"order", "mirrored blocks of baseline, candidate, control"}};
  if (record.design.most_pairs) json["design"]["most_pairs"] = *record.design.most_pairs;
  if (const auto& warm_up = record.design.warm_up) {
    json["design"]["warm_up"] = {{"state", warm_up->state}, {"samples", warm_up->samples}};
  }
  for (const Takeover& takeover : record.design.takeovers) {
    json["design"]["takeovers"].push_back({{"launch", takeover.launch}, {"samples", takeover.samples}});
  }
  json["samples"] = array_of(record.samples, [](const SampleRecord& sample) { return to_json(sample); });
  json["comparisons"] = array_of(record.comparisons, comparison_json);
  json["control"] = nullptr;
  if (const auto& control = record.control) {
    json["control"] = {{"ratio", control->ratio},
                       {"interval", interval_json(control->interval)},
                       {"pairs", control->pairs},
                       {"verdict", control->verdict},
                       {"margin", or_null(control->margin)}};
  }
  json["contamination"] = record.contamination ? contamination_json(*record.contamination) : Json(nullptr);
  json["pair_log_ratios"] = record.pair_log_ratios;
  json["control_log_ratios"] = record.control_log_ratios;
  json["environment"] = record.environment;
  if (record.simulated) json["simulated"] = true;
  return json;
}

}  // namespace assay::store
