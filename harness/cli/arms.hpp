// The workers of one case, and what their failures mean for the record.
#pragma once

#include <string>

#include "harness/cli/experiment.hpp"
#include "harness/isolate/worker_handle.hpp"

namespace assay::cli {

// What a case needs to start a worker of one of its variants.
struct CaseSetup {
  const RunContext* context = nullptr;
  plan::CaseSpec spec;
  std::filesystem::path workload_file;
  std::filesystem::path dataset_folder;
};

enum class WorkerUse { kTimed, kMemory, kCounting };

// What a worker has beyond the context's.
struct LaunchOverrides {
  std::string label;  // which worker it is, for a simulated clock
  bool count_syscalls = false;
  std::string callgrind_output{};
  std::vector<std::string> under{};  // isolate::LaunchOptions::under
  std::optional<double> limit_seconds{};
};

[[nodiscard]] isolate::WorkerResult<isolate::WorkerHandle> launch(const CaseSetup& setup, const CatalogEntry& variant,
                                                                  WorkerUse use, const LaunchOverrides& overrides = {});

// Now, as records write it; a simulated run stands still in 1970.
[[nodiscard]] std::string utc_now(const RunContext& context);

// Name, digest and rows of a data set of the run.
[[nodiscard]] store::DatasetRecord describe_dataset(const RunContext& context, const std::string& name);

// The arm's identity: variant, build, digest of the module.
[[nodiscard]] store::ArmRecord describe_arm(const CatalogEntry& variant);

[[nodiscard]] store::Outcome outcome_of(isolate::Fault fault);

// Whether the variant asked a cache for something (ASSAY_COUNTER_CACHE_REQUESTS).
[[nodiscard]] bool has_a_cache(const isolate::SampleReply& reply);

// By the names of ASSAY_COUNTER_*: the first sample's of a process, but of the cache the second's, because what is kept
// is of use from then on.
[[nodiscard]] std::map<std::string, std::uint64_t> named_counters(const isolate::SampleReply& first,
                                                                  const isolate::SampleReply& second);

[[nodiscard]] store::MemoryFigures memory_figures(const isolate::SampleReply& reply);

// Times per iteration.
[[nodiscard]] store::SampleRecord sample_record(const isolate::SampleReply& reply);

}  // namespace assay::cli
