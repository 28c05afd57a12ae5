#include "harness/cli/agreement.hpp"

#include "harness/equivalence/compare.hpp"
#include "harness/equivalence/digest.hpp"
#include "harness/equivalence/result_table.hpp"

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

RunContext::ReferenceAnswer ask_reference(const RunContext& context, const CaseSetup& setup) {
  RunContext::ReferenceAnswer result;
  const auto variant = context.catalog.find(*context.reference);
  if (!variant) return {std::nullopt, variant.error().message};
  auto worker = launch(setup, *variant, WorkerUse::kTimed);
  if (!worker) return {std::nullopt, worker.error().message};
  const auto reply = worker->sample({});
  if (!reply) return {std::nullopt, reply.error().message};
  return {*reply, ""};
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

std::optional<isolate::SampleReply> answer_of_reference(RunContext& context, const CaseSetup& setup,
                                                        const ResultContract& contract,
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
  std::string key = setup.spec.workload + " " + setup.spec.dataset;
  for (const auto& [name, value] : setup.spec.parameters) key += " " + name + "=" + value;
  if (!context.reference_answers.contains(key)) context.reference_answers[key] = ask_reference(context, setup);
  const RunContext::ReferenceAnswer& known = context.reference_answers[key];
  if (!known.answer) record.reference_reason = known.reason;
  return known.answer;
}

std::string command_of(const RunContext& context, const plan::CaseSpec& spec) {
  const datasets::Manifest& data = context.datasets.at(spec.dataset).manifest();
  std::string command =
      fmt::format("assay compare {} {} --workload {} --datasets {} --profile {} --seed {}", spec.baseline,
                  spec.candidate, spec.workload, spec.dataset, data.profile, data.seed);
  for (const auto& [name, value] : spec.parameters) command += fmt::format(" -p {}={}", name, value);
  if (context.reference) command += " --reference " + *context.reference;
  if (context.thread_budget != 1) command += fmt::format(" --threads {}", context.thread_budget);
  if (context.counts.instructions) command += " --instructions";
  if (context.counts.syscalls) command += " --syscalls";
  if (!context.plugins.empty()) command += fmt::format(" --plugins '{}'", context.plugins.string());
  const plan::Effort& effort = context.effort;
  return command + fmt::format(" --budget {:g} --launches {} --limit {:g} --memory-limit {}", effort.budget_seconds,
                               effort.launches, effort.limit_seconds, effort.memory_bytes >> 20);
}

}  // namespace assay::cli
