#include "harness/cli/exact_counts.hpp"

#include "harness/cli/agreement.hpp"
#include "harness/cli/tools.hpp"
#include "harness/core/temporary_folder.hpp"
#include "harness/measure/instruction_counter.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;
using isolate::SampleReply;
using isolate::WorkerFailure;

// Callgrind executes some 50 times slower than the processor; a run that takes this much longer is not waited for.
constexpr double kCallgrindSlowdown = 400;
constexpr double kCallgrindStartSeconds = 60;

struct Counted {
  store::Count count;
  std::optional<std::string> reason;
};

std::string reason_of(const WorkerFailure& failure, bool under_callgrind) {
  if (!under_callgrind) return failure.message;
  const bool illegal = failure.message.find("illegal instruction") != std::string::npos;  // worker/fault_handler.cpp
  if (failure.fault == isolate::Fault::kSignal && illegal) {
    return "valgrind does not know an instruction of this build (AVX-512?); build it for at most x86-64-v3";
  }
  if (failure.fault == isolate::Fault::kUnsupported) return "not supported under valgrind: " + failure.message;
  return "under valgrind: " + failure.message;
}

// One warm run, then the one that is counted.
isolate::WorkerResult<SampleReply> warm_and_count(isolate::WorkerHandle& worker) {
  const auto warm = worker.sample({});
  if (!warm) return warm;
  isolate::Command command;
  command.count = 1;
  return worker.sample(command);
}

Counted count_in(isolate::WorkerResult<isolate::WorkerHandle> worker, const SampleReply& answer, bool instructions) {
  if (!worker) return {std::nullopt, reason_of(worker.error(), instructions)};
  const auto reply = warm_and_count(*worker);
  if (!reply) return {std::nullopt, reason_of(reply.error(), instructions)};
  static_cast<void>(worker->finish());
  if (!same_result(*reply, answer)) return {std::nullopt, "the counted run gave another answer than the timed ones"};
  const auto count = optional_of(instructions ? reply->instructions : reply->syscalls);
  if (!count) return {std::nullopt, std::string(reply->not_counted.data())};
  return {count, std::nullopt};
}

Counted count_instructions(const CaseSetup& setup, const CatalogEntry& variant, const SampleReply& answer) {
  if (setup.context->thread_budget > 1) {
    return {std::nullopt,
            "instructions are counted with one thread only: threads that wait for each other repeat work"};
  }
  const fs::path valgrind = find_program("valgrind");
  if (valgrind.empty()) return {std::nullopt, "valgrind is not installed (package valgrind)"};
  const auto folder = TemporaryFolder::make("callgrind");
  if (!folder) return {std::nullopt, folder.error().message};
  LaunchOverrides overrides;
  overrides.callgrind_output = (folder->path() / "out").string();
  overrides.under = measure::callgrind_options(overrides.callgrind_output);
  overrides.under.insert(overrides.under.begin(), valgrind.string());
  const double run_seconds = static_cast<double>(answer.prepare_ns + answer.run_ns + answer.collect_ns) * 1e-9;
  overrides.limit_seconds = kCallgrindStartSeconds + kCallgrindSlowdown * run_seconds;
  return count_in(launch(setup, variant, WorkerUse::kCounting, overrides), answer, true);
}

Counted count_syscalls(const CaseSetup& setup, const CatalogEntry& variant, const SampleReply& answer) {
  LaunchOverrides overrides;
  overrides.count_syscalls = true;
  return count_in(launch(setup, variant, WorkerUse::kCounting, overrides), answer, false);
}

}  // namespace

std::optional<store::CountFigures> count_exactly(const CaseSetup& setup, const CatalogEntry& variant,
                                                 const SampleReply& answer) {
  const CountRequest& request = setup.context->counts;
  if (!request.instructions && !request.syscalls) return std::nullopt;
  const Counted instructions = request.instructions ? count_instructions(setup, variant, answer) : Counted{};
  const Counted syscalls = request.syscalls ? count_syscalls(setup, variant, answer) : Counted{};
  return store::CountFigures{instructions.count, syscalls.count, instructions.reason, syscalls.reason};
}

}  // namespace assay::cli
