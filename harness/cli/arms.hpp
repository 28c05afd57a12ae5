// The workers of one case, and what their failures mean for the record.
#pragma once

#include <string>

#include "harness/cli/experiment.hpp"

namespace assay::cli {

// What a case needs to start a worker of one of its variants.
struct CaseSetup {
  const RunContext* context = nullptr;
  plan::CaseSpec spec;
  std::filesystem::path workload_file;
  std::filesystem::path dataset_folder;
};

enum class WorkerUse { kTimed, kMemory, kCounting };

// What a counting worker has beyond the context's.
struct LaunchOverrides {
  bool count_syscalls = false;
  std::string callgrind_output;
  std::vector<std::string> under;  // isolate::LaunchOptions::under
  std::optional<double> limit_seconds;
};

[[nodiscard]] isolate::WorkerResult<isolate::WorkerHandle> launch(const CaseSetup& setup, const CatalogEntry& variant,
                                                                  WorkerUse use, const LaunchOverrides& overrides = {});

// The arm's identity: variant, build, digest of the module.
[[nodiscard]] store::ArmRecord describe_arm(const CatalogEntry& variant);

[[nodiscard]] store::Outcome outcome_of(isolate::Fault fault);

// Names of ASSAY_COUNTER_*, in order.
[[nodiscard]] std::map<std::string, std::uint64_t> named_counters(const isolate::SampleReply& reply);

[[nodiscard]] store::MemoryFigures memory_figures(const isolate::SampleReply& reply);

// 32 hexadecimal digits of the two lanes.
[[nodiscard]] std::string digest_text(const isolate::SampleReply& reply);

// Times per iteration.
[[nodiscard]] store::SampleRecord sample_record(const isolate::SampleReply& reply);

}  // namespace assay::cli
