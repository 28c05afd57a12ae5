#include "harness/cli/arms.hpp"

#include <array>
#include <chrono>

#include "harness/core/sha256.hpp"
#include "harness/store/time_text.hpp"

namespace assay::cli {
namespace {

constexpr std::array kCounterNames{"kernel_launches", "bytes_to_device",    "bytes_from_device", "round_trips",
                                   "candidates",      "device_allocations", "cache_requests",    "cache_hits"};
static_assert(kCounterNames.size() == ASSAY_COUNTER_COUNT);

std::int64_t as_signed(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

}  // namespace

isolate::WorkerResult<isolate::WorkerHandle> launch(const CaseSetup& setup, const CatalogEntry& variant, WorkerUse use,
                                                    const LaunchOverrides& overrides) {
  const RunContext& context = *setup.context;
  isolate::WorkerTask task;
  task.plugin = variant.module.string();
  task.variant = variant.info.id;
  task.dataset = setup.dataset_folder.string();
  task.workload_file = setup.workload_file.string();
  task.parameters.assign(setup.spec.parameters.begin(), setup.spec.parameters.end());
  task.thread_budget = context.thread_budget;
  task.memory_limit_bytes = context.effort.memory_bytes;
  task.cpus = context.worker_cpus;
  task.keep_freed_memory = use != WorkerUse::kMemory;
  task.label = overrides.label;
  task.count_syscalls = overrides.count_syscalls;
  task.callgrind_output = overrides.callgrind_output;
  if (context.cache_folder) task.cache_folder = context.cache_folder->path().string();

  isolate::LaunchOptions options;
  options.program = context.home.worker;
  if (use == WorkerUse::kMemory) options.preload = context.home.malloc_counter;
  options.under = overrides.under;
  const double limit_seconds = overrides.limit_seconds.value_or(context.effort.limit_seconds);
  options.limits.time = std::chrono::milliseconds(static_cast<std::int64_t>(limit_seconds * 1000));
  options.limits.memory_bytes = context.effort.memory_bytes;
  if (!overrides.under.empty()) {  // callgrind keeps its own tables beside the plugin's memory
    task.memory_limit_bytes = 0;
    options.limits.memory_bytes = 2 * context.effort.memory_bytes + (1ULL << 30);
  }
  options.interrupted = context.interrupted;
  return isolate::WorkerHandle::launch(task, options);
}

std::string utc_now(const RunContext& context) {
  const auto now = std::chrono::system_clock::now();
  return store::utc_text(context.home.simulated ? std::chrono::system_clock::time_point() : now);
}

store::DatasetRecord describe_dataset(const RunContext& context, const std::string& name) {
  if (const auto known = context.dataset_records.find(name); known != context.dataset_records.end()) {
    return known->second;
  }
  const datasets::Dataset& dataset = context.datasets.at(name);
  const datasets::Manifest& manifest = dataset.manifest();
  store::DatasetRecord record{manifest.name, manifest.profile, manifest.seed, "sha256:" + manifest.digest, {}};
  for (std::uint32_t i = 0; i < dataset.view()->table_count; ++i) {
    record.rows[dataset.view()->tables[i]->name] = dataset.view()->tables[i]->row_count;
  }
  return record;
}

store::ArmRecord describe_arm(const CatalogEntry& variant) {
  store::ArmRecord arm;
  arm.variant = variant.info.id;
  arm.summary = variant.info.summary;
  arm.plugin_file = variant.module.filename().string();
  arm.plugin_sha256 = variant.sha256;
  if (!arm.plugin_sha256) {
    if (auto digest = sha256_file(variant.module)) arm.plugin_sha256 = std::move(*digest);
  }
  arm.build = variant.info.build;
  arm.needs = variant.info.needs;
  return arm;
}

store::Outcome outcome_of(isolate::Fault fault) {
  switch (fault) {
    case isolate::Fault::kNone:
      return store::Outcome::kOk;
    case isolate::Fault::kUnsupported:
      return store::Outcome::kSkipped;
    case isolate::Fault::kCancelled:
      return store::Outcome::kCancelled;
    case isolate::Fault::kTimeLimit:
      return store::Outcome::kTimedOut;
    case isolate::Fault::kSignal:
    case isolate::Fault::kInputWritten:
    case isolate::Fault::kExited:
      return store::Outcome::kCrashed;
    default:
      return store::Outcome::kFailed;
  }
}

bool has_a_cache(const isolate::SampleReply& reply) {
  return reply.counters[ASSAY_COUNTER_CACHE_REQUESTS] != 0;
}

std::map<std::string, std::uint64_t> named_counters(const isolate::SampleReply& first,
                                                    const isolate::SampleReply& second) {
  std::map<std::string, std::uint64_t> counters;
  for (std::size_t i = 0; i < kCounterNames.size(); ++i) {
    const bool of_cache = i == ASSAY_COUNTER_CACHE_REQUESTS || i == ASSAY_COUNTER_CACHE_HITS;
    const std::uint64_t count = (of_cache ? second : first).counters[i];
    if (count != 0) counters[kCounterNames[i]] = count;
  }
  return counters;
}

store::MemoryFigures memory_figures(const isolate::SampleReply& reply) {
  store::MemoryFigures figures;
  if (reply.has_malloc_counts != 0) {
    figures.allocations = as_signed(reply.allocations);
    figures.allocated_bytes = as_signed(reply.allocated_bytes);
    figures.peak_live_bytes = reply.peak_live_bytes;
  } else {
    figures.reason = "the malloc counter could not be preloaded (sanitizer build?)";
  }
  figures.host_allocations = as_signed(reply.host_allocations);
  figures.host_allocated_bytes = as_signed(reply.host_allocated_bytes);
  if (reply.has_peak_rss != 0) figures.peak_rss_bytes = reply.peak_rss_bytes;
  figures.minor_faults = reply.minor_faults;
  figures.major_faults = reply.major_faults;
  if (reply.device_peak_bytes > 0) figures.device_peak_bytes = reply.device_peak_bytes;
  if (reply.pinned_peak_bytes > 0) figures.pinned_peak_bytes = reply.pinned_peak_bytes;
  return figures;
}

store::SampleRecord sample_record(const isolate::SampleReply& reply) {
  const std::int64_t n = std::max<std::int64_t>(1, reply.iterations);
  store::SampleRecord sample;
  sample.prepare_ns = reply.prepare_ns / n;
  sample.run_ns = reply.run_ns / n;
  sample.collect_ns = reply.collect_ns / n;
  sample.cpu_ns = reply.cpu_ns / n;
  if (reply.has_run_queue_wait != 0) sample.run_queue_wait_ns = reply.run_queue_wait_ns;
  sample.involuntary_switches = reply.involuntary_switches;
  sample.minor_faults = reply.minor_faults;
  sample.major_faults = reply.major_faults;
  sample.window_ns = reply.window_ns;
  sample.steal_ns = optional_of(reply.steal_ns);
  sample.cpu_stall_ns = optional_of(reply.cpu_stall_ns);
  sample.memory_stall_ns = optional_of(reply.memory_stall_ns);
  sample.io_stall_ns = optional_of(reply.io_stall_ns);
  if (const auto device = optional_of(reply.device_ns)) sample.device_ns = *device / n;
  return sample;
}

}  // namespace assay::cli
