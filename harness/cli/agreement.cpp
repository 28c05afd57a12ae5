#include "harness/cli/agreement.hpp"

#include "harness/equivalence/compare.hpp"
#include "harness/equivalence/digest.hpp"
#include "harness/equivalence/result_table.hpp"
#include "harness/isolate/reply_json.hpp"

namespace assay::cli {
namespace {

// One difference per cell, or one for the whole row where it has no cells outside the key.
void note_examples(const char* kind, const equivalence::Finding& finding, std::vector<store::Difference>& differences) {
  for (const equivalence::RowExample& example : finding.examples) {
    if (example.cells.empty()) differences.push_back({kind, example.key, {}, {}, {}});
    for (const equivalence::CellDifference& cell : example.cells) {
      differences.push_back({kind, example.key, cell.column, cell.baseline, cell.candidate});
    }
  }
}

void note_findings(const equivalence::Comparison& comparison, store::EquivalenceRecord& record) {
  record.counts = store::DifferenceCounts{comparison.missing.count, comparison.extra.count,
                                          comparison.differing.count + comparison.out_of_order.count,
                                          comparison.baseline_duplicates.count + comparison.candidate_duplicates.count};
  note_examples("missing", comparison.missing, record.differences);
  note_examples("extra", comparison.extra, record.differences);
  note_examples("differing", comparison.differing, record.differences);
  note_examples("differing", comparison.out_of_order, record.differences);
  note_examples("duplicate", comparison.baseline_duplicates, record.differences);
  note_examples("duplicate", comparison.candidate_duplicates, record.differences);
}

// {"reply"} or {"reason"}. Errors: kInterrupted, which is no answer.
Result<Json> ask_reference(const RunContext& context, const CaseSetup& setup) {
  const auto variant = context.catalog.find(*context.reference);
  if (!variant) return Json{{"reason", variant.error().message}};
  const auto no_answer = [](const isolate::WorkerFailure& failure) -> Result<Json> {
    if (failure.fault == isolate::Fault::kCancelled) return fail(ErrorKind::kInterrupted, "{}", failure.message);
    return Json{{"reason", failure.message}};
  };
  auto worker = launch(setup, *variant, WorkerUse::kTimed, {.label = "reference"});
  if (!worker) return no_answer(worker.error());
  const auto reply = worker->sample({});
  if (!reply) return no_answer(reply.error());
  return Json{{"reply", to_json(*reply)}};
}

}  // namespace

std::string compare_in_full(int baseline_result, int candidate_result, const ResultContract& contract,
                            store::EquivalenceRecord& record) {
  const auto baseline = equivalence::ResultTable::map(baseline_result, contract);
  if (!baseline) return baseline.error().message;
  const auto candidate = equivalence::ResultTable::map(candidate_result, contract);
  if (!candidate) return candidate.error().message;
  const auto comparison = equivalence::compare_results(baseline->view(), candidate->view(), contract);
  if (!comparison) return comparison.error().message;
  record.status = comparison->equal() ? "equal" : "different";
  note_findings(*comparison, record);
  return comparison->equal() ? "" : equivalence::summary(*comparison);
}

std::optional<isolate::SampleReply> answer_of_reference(const RunContext& context, const CaseSetup& setup,
                                                        const ResultContract& contract, Transcript& transcript,
                                                        store::EquivalenceRecord& record) {
  record.reference_variant = context.reference;
  if (!context.reference) {
    record.reference_reason = "no reference was asked for";
    return std::nullopt;
  }
  if (!equivalence::digest_is_complete(contract)) {
    record.reference_reason = "results with tolerances are not compared with a reference yet";
    return std::nullopt;
  }
  std::string question = setup.spec.workload + " " + setup.spec.dataset;
  for (const auto& [name, value] : setup.spec.parameters) question += " " + name + "=" + value;
  const auto answer = transcript.answer(question, [&] { return ask_reference(context, setup); });
  if (answer && answer->contains("reply")) {
    if (const auto reply = isolate::reply_from_json(answer->at("reply"))) return *reply;
  }
  record.reference_reason = answer ? answer->value("reason", "its answer cannot be read") : answer.error().message;
  return std::nullopt;
}

std::string command_of(const RunContext& context, const plan::CaseSpec& spec) {
  const store::DatasetRecord data = describe_dataset(context, spec.dataset);
  std::string command =
      fmt::format("assay compare {} {} --workload {} --datasets {} --profile {} --seed {}", spec.baseline,
                  spec.candidate, spec.workload, spec.dataset, data.profile, data.seed);
  for (const auto& [name, value] : spec.parameters) command += fmt::format(" -p {}={}", name, value);
  if (context.reference) command += " --reference " + *context.reference;
  if (context.thread_budget != 1) command += fmt::format(" --threads {}", context.thread_budget);
  if (context.until_verdict) command += " --until-verdict";
  if (context.counts.instructions) command += " --instructions";
  if (context.counts.syscalls) command += " --syscalls";
  if (!context.plugins.empty()) command += fmt::format(" --plugins '{}'", context.plugins.string());
  const plan::Effort& effort = context.effort;
  return command + fmt::format(" --budget {:g} --launches {} --limit {:g} --memory-limit {}", effort.budget_seconds,
                               effort.launches, effort.limit_seconds, effort.memory_bytes >> 20);
}

}  // namespace assay::cli
