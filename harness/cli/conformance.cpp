#include "harness/cli/conformance.hpp"

#include <array>
#include <chrono>

#include "harness/cli/arms.hpp"

namespace assay::cli {
namespace {

using isolate::Command;
using isolate::Input;
using isolate::SampleReply;
using isolate::WorkerFailure;
using isolate::WorkerHandle;
using isolate::WorkerResult;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// The ABI promises 100 ms after a cancellation; scheduling on a busy machine may add as much again.
constexpr milliseconds kCancelPatience{200};

// A check throws nothing: it returns the text of what is wrong, empty if nothing is, or the worker's failure.
using Verdict = WorkerResult<std::string>;

bool equal(const SampleReply& a, const SampleReply& b) {
  return a.rows == b.rows && a.digest == b.digest;
}

Verdict check_call_order(WorkerHandle& worker, const CaseSetup&, const CatalogEntry&) {
  Command twice;
  twice.runs = 2;
  const auto once = worker.sample({});
  if (!once) return tl::unexpected(once.error());
  const auto again = worker.sample(twice);
  if (!again) return tl::unexpected(again.error());
  return equal(*once, *again) ? "" : "a second run after one prepare gave another result";
}

Verdict check_repeat(WorkerHandle& worker, const CaseSetup&, const CatalogEntry&) {
  Command watched;
  watched.keep_result = 1;
  const auto first = worker.sample(watched);
  if (!first) return tl::unexpected(first.error());
  for (int i = 0; i < 2; ++i) {
    const auto next = worker.sample({});
    if (!next) return tl::unexpected(next.error());
    if (!equal(*first, *next)) return "the same input gave another result after reset";
  }
  return "";
}

Verdict check_second_data(WorkerHandle& worker, const CaseSetup& setup, const CatalogEntry& variant) {
  Command altered;
  altered.input = Input::kAltered;
  auto fresh = launch(setup, variant, WorkerUse::kTimed);
  if (!fresh) return tl::unexpected(fresh.error());
  const auto expected = fresh->sample(altered);
  if (!expected) return tl::unexpected(expected.error());
  const auto before = worker.sample({});
  if (!before) return tl::unexpected(before.error());
  const auto second = worker.sample(altered);
  if (!second) return tl::unexpected(second.error());
  const auto after = worker.sample({});
  if (!after) return tl::unexpected(after.error());
  if (equal(*before, *second) && !equal(*expected, *second)) return "other input gave the earlier answer again";
  if (!equal(*expected, *second)) return "the answer depends on what was prepared before";
  return equal(*before, *after) ? "" : "back on the first input the answer changed";
}

// Before and after real data: an answer to nothing must not depend on what was asked before.
Verdict check_empty_input(WorkerHandle& worker, const CaseSetup&, const CatalogEntry&) {
  Command empty;
  empty.input = Input::kEmpty;
  const auto before = worker.sample(empty);
  if (!before) return tl::unexpected(before.error());
  const auto full = worker.sample({});
  if (!full) return tl::unexpected(full.error());
  const auto after = worker.sample(empty);
  if (!after) return tl::unexpected(after.error());
  return equal(*before, *after) ? "" : fmt::format("gave {} rows, after real data {}", before->rows, after->rows);
}

Verdict check_cancel(WorkerHandle& worker, const CaseSetup&, const CatalogEntry&) {
  worker.cancel();
  const auto begin = steady_clock::now();
  const auto reply = worker.sample({});
  const auto took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin);
  if (!reply && reply.error().fault != isolate::Fault::kCancelled) return tl::unexpected(reply.error());
  if (took > kCancelPatience) {
    return fmt::format("returned {} ms after the cancellation; poll host.is_cancelled at least every 10 ms",
                       took.count());
  }
  if (reply) {
    // Sooner than it would have had to ask: no fault, and no proof either.
    return tl::unexpected(
        WorkerFailure{isolate::Fault::kUnsupported, isolate::Phase::kIdle,
                      fmt::format("ended after {} ms without asking host.is_cancelled", took.count())});
  }
  return "";
}

Verdict check_leftovers(WorkerHandle& worker, const CaseSetup&, const CatalogEntry&) {
  const auto reply = worker.sample({});
  if (!reply) return tl::unexpected(reply.error());
  const auto finished = worker.finish();
  if (!finished) return tl::unexpected(finished.error());
  return "";
}

struct NamedCheck {
  const char* name;
  Verdict (*run)(WorkerHandle&, const CaseSetup&, const CatalogEntry&);
};
constexpr std::array kChecks{NamedCheck{"call order", check_call_order},   NamedCheck{"repeat", check_repeat},
                             NamedCheck{"second data", check_second_data}, NamedCheck{"empty input", check_empty_input},
                             NamedCheck{"cancel", check_cancel},           NamedCheck{"leftovers", check_leftovers}};

// "unsupported" is an answer; in all checks but "empty input" it means that the variant cannot run here at all.
Check judge(const NamedCheck& named, const CaseSetup& setup, const CatalogEntry& variant) {
  Check check{variant.info.id, setup.spec.workload, named.name, CheckStatus::kPassed, ""};
  auto worker = launch(setup, variant, WorkerUse::kTimed);
  const Verdict verdict = worker ? named.run(*worker, setup, variant) : tl::unexpected(worker.error());
  if (verdict) {
    check.detail = *verdict;
    if (!verdict->empty()) check.status = CheckStatus::kFailed;
    return check;
  }
  check.detail = verdict.error().message;
  const bool unsupported = verdict.error().fault == isolate::Fault::kUnsupported;
  check.status = unsupported ? CheckStatus::kSkipped : CheckStatus::kFailed;
  return check;
}

}  // namespace

std::vector<Check> check_conformance(const RunContext& context, const CatalogEntry& variant,
                                     const std::string& dataset) {
  std::vector<Check> checks;
  for (const std::string& id : variant.info.workloads) {
    const auto workload = context.workloads.find(id);
    if (workload == context.workloads.end()) {
      checks.push_back(
          {variant.info.id, id, "workload", CheckStatus::kSkipped, "no contract of this name in workloads/"});
      continue;
    }
    CaseSetup setup;
    setup.context = &context;
    setup.spec.workload = id;
    for (const auto& [name, parameter] : workload->second.parameters) setup.spec.parameters[name] = parameter.standard;
    setup.workload_file = workload->second.file;
    setup.dataset_folder = context.dataset_folders.at(dataset);
    for (const NamedCheck& named : kChecks) checks.push_back(judge(named, setup, variant));
  }
  return checks;
}

}  // namespace assay::cli
