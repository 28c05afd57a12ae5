#include "harness/cli/experiment.hpp"

#include <array>

#include "harness/cli/agreement.hpp"
#include "harness/cli/analysis.hpp"
#include "harness/cli/arms.hpp"
#include "harness/cli/case_runner.hpp"
#include "harness/cli/exact_counts.hpp"
#include "harness/isolate/reply_json.hpp"
#include "harness/store/record_reader.hpp"

namespace assay::cli {

using isolate::SampleReply;
using isolate::WorkerFailure;
using store::CaseRecord;
using store::Outcome;

Status CaseRunner::set_up() {
  ASSAY_TRY(baseline_, context_.catalog.find(spec_.baseline));
  ASSAY_TRY(candidate_, (context_.head ? *context_.head : context_.catalog).find(spec_.candidate));
  workload_ = &context_.workloads.at(spec_.workload);
  setup_ = {&context_, spec_, workload_->file, context_.dataset_folders[spec_.dataset]};

  record_.id = plan::case_id(spec_);
  record_.command = command_of(context_, spec_);
  record_.workload = spec_.workload;
  record_.parameters = spec_.parameters;
  record_.dataset = describe_dataset(context_, spec_.dataset);
  record_.baseline = describe_arm(baseline_);
  record_.candidate = describe_arm(candidate_);
  record_.design.seed = context_.seed;
  record_.design.thread_budget = context_.thread_budget;
  record_.design.budget_seconds = context_.effort.budget_seconds;
  record_.environment = context_.environment;
  return {};
}

Result<CaseRecord> CaseRunner::run() {
  ASSAY_CHECK(set_up());
  const Json key{{"id", record_.id}};
  ASSAY_TRY(const Json started, transcript_.fact("case_started", key, [&] {
    return Json{{"utc", utc_now(context_)}};
  }));
  record_.created_utc = started.value("utc", "");
  measure();
  if (transcript_.error()) return tl::unexpected(*transcript_.error());
  const auto outcome = [&] {
    return Json{{"outcome", to_string(record_.outcome)}, {"reason", or_null(record_.reason)}};
  };
  if (record_.outcome == Outcome::kCancelled) {
    ASSAY_CHECK(transcript_.fact("case_cancelled", key, outcome));
    return fail(ErrorKind::kInterrupted, "interrupted in {}", record_.id);
  }
  record_.design.iterations = iterations_;
  ASSAY_CHECK(analyse(record_));
  ASSAY_CHECK(transcript_.fact("case_finished", key, outcome));
  ASSAY_CHECK(transcript_.sync());
  return std::move(record_);
}

void CaseRunner::measure() {
  for (std::uint32_t i = 0; i < pass_.launches && !has_enough_; ++i) {
    if (!run_launch(pass_.first_launch + i)) return;
    record_.design.launches = i + 1;
  }
  if (pass_.measures_memory) measure_memory();
}

bool CaseRunner::run_launch(std::uint32_t launch) {
  WorkerGroup workers(setup_, transcript_, launch, WorkerUse::kTimed);
  if (!start(workers) || !warm_up(workers, launch)) return false;
  if (is_first(launch)) {
    compare_results(workers);
    if (stopped_) return false;
    plan_blocks();
  }
  if (!settle(workers)) return false;
  const bool sampled = sample_all(workers, launch);
  record_.design.takeovers.insert(record_.design.takeovers.end(), workers.takeovers().begin(),
                                  workers.takeovers().end());
  if (!sampled) return false;
  const bool last = has_enough_ || launch + 1 == pass_.first_launch + pass_.launches;
  return (!last || challenge(workers)) && finish(workers);
}

bool CaseRunner::start(WorkerGroup& workers) {
  for (const plan::Arm arm : {plan::Arm::kBaseline, plan::Arm::kCandidate, plan::Arm::kControl}) {
    if (const auto started = workers.start(arm, variant_of(arm)); !started) {
      stop(arm, started.error());
      return false;
    }
  }
  return true;
}

// The same question with other input; who answers from memory is found out.
bool CaseRunner::challenge(WorkerGroup& workers) {
  isolate::Command command;
  command.input = isolate::Input::kAltered;
  command.keep_result = 1;
  std::array<SampleReply, 2> answers;
  for (const plan::Arm arm : {plan::Arm::kBaseline, plan::Arm::kCandidate}) {
    auto reply = workers.sample(arm, command, {SampleKind::kChallenge});
    if (!reply && reply.error().fault == isolate::Fault::kUsage) {
      record_.equivalence.challenge_reason = reply.error().message;
      return true;
    }
    if (!reply) {
      stop(arm, reply.error());
      return false;
    }
    answers[static_cast<std::size_t>(arm)] = *reply;
  }
  store::EquivalenceRecord scratch;
  const std::string difference = workers.compare("challenge", workload_->result, scratch);
  if (difference.empty()) {
    record_.equivalence.challenge_status = "equal";
    return true;
  }
  const bool stale = answers[1].digest == first_candidate_->digest || answers[0].digest == first_baseline_->digest;
  record_.equivalence.challenge_status = stale ? "stale" : "different";
  record_.equivalence.challenge_reason =
      stale ? "on altered input one variant gave its earlier answer again: it does not compute what it is timed for"
            : "the two variants differ on altered input: " + difference;
  note_different(*record_.equivalence.challenge_reason);
  return false;
}

bool CaseRunner::finish(WorkerGroup& workers) {
  for (const plan::Arm arm : {plan::Arm::kBaseline, plan::Arm::kCandidate, plan::Arm::kControl}) {
    if (!workers.holds(arm)) continue;
    if (const auto finished = workers.finish(arm); !finished) {
      stop(arm, finished.error());
      return false;
    }
  }
  return true;
}

// One fresh process per arm with the malloc counter; never timed.
bool CaseRunner::measure_memory() {
  for (const plan::Arm arm : {plan::Arm::kBaseline, plan::Arm::kCandidate}) {
    WorkerGroup workers(setup_, transcript_, record_.design.launches, WorkerUse::kMemory);
    if (const auto started = workers.start(arm, variant_of(arm)); !started) {
      stop(arm, started.error());
      return false;
    }
    const auto reply = take(workers, arm, {}, {SampleKind::kMemory});
    if (!reply || !same_answer(*reply, arm)) return false;
    const auto second = has_a_cache(*reply) ? take(workers, arm, {}, {SampleKind::kMemory}) : reply;
    if (!second || !same_answer(*second, arm) || !finish(workers)) return false;
    arm_record(arm).memory = memory_figures(*reply);
    arm_record(arm).counters = named_counters(*reply, *second);
    if (!count(arm, *reply)) return false;
  }
  return true;
}

// What was asked for is counted once and read back ever after.
bool CaseRunner::count(plan::Arm arm, const SampleReply& answer) {
  if (!context_.counts.instructions && !context_.counts.syscalls) return true;
  const auto counted = transcript_.fact("counted", {{"arm", to_string(arm)}}, [&] {
    return Json{{"counts", store::to_json(*count_exactly(setup_, variant_of(arm), answer))}};
  });
  if (!counted) return false;
  auto counts = store::counts_from_json((*counted)["counts"]);
  if (!counts) return false;
  arm_record(arm).counts = std::move(*counts);
  if (context_.interrupted == nullptr || !*context_.interrupted) return true;
  stop(arm, {isolate::Fault::kCancelled, isolate::Phase::kIdle, "interrupted"});
  return false;
}

// Stops the case if the two cold results differ from each other or from the reference.
void CaseRunner::compare_results(WorkerGroup& workers) {
  record_.equivalence.rows = static_cast<std::int64_t>(first_baseline_->rows);
  record_.equivalence.digest = digest_text(*first_baseline_);
  if (const std::string reason = workers.compare("first", workload_->result, record_.equivalence); !reason.empty()) {
    return note_different(reason);
  }
  const auto answer = answer_of_reference(context_, setup_, workload_->result, transcript_, record_.equivalence);
  if (answer && !same_result(*answer, *first_baseline_)) {
    record_.equivalence.reference_status = "different";
    record_.equivalence.reference_reason =
        fmt::format("'{}' has {} rows, the baseline {}", *context_.reference, answer->rows, first_baseline_->rows);
    note_different("both variants agree, but not with the reference: " + *record_.equivalence.reference_reason);
  } else if (answer) {
    record_.equivalence.reference_status = "equal";
  }
}

void CaseRunner::note_different(const std::string& reason) {
  record_.outcome = Outcome::kNotEquivalent;
  record_.reason = reason;
  stopped_ = true;
}

std::optional<SampleReply> CaseRunner::take(WorkerGroup& workers, plan::Arm arm, const isolate::Command& command,
                                            const SampleLabel& label) {
  auto reply = workers.sample(arm, command, label);
  if (!reply) {
    stop(arm, reply.error());
    return std::nullopt;
  }
  if (reply->simulated != 0) record_.simulated = true;
  return *reply;
}

// Every timed run's result is digested; it must be the answer of this variant's first run.
bool CaseRunner::same_answer(const SampleReply& reply, plan::Arm arm) {
  const auto& first = arm == plan::Arm::kCandidate ? first_candidate_ : first_baseline_;
  const std::string& variant = variant_of(arm).info.id;
  if (reply.answers_differ != 0) {
    note_different(fmt::format("'{}' gave different answers within one sample of {} runs", variant, reply.iterations));
  } else if (first && !same_result(*first, reply)) {
    note_different(fmt::format("'{}' gave another answer than in its first run ({} rows, then {})", variant,
                               first->rows, reply.rows));
  } else {
    return true;
  }
  record_.equivalence.status = "different";
  return false;
}

void CaseRunner::stop(plan::Arm arm, const WorkerFailure& failure) {
  stopped_ = true;
  store::ArmRecord& arm_of_failure = arm_record(arm);
  arm_of_failure.outcome = outcome_of(failure.fault);
  arm_of_failure.reason = failure.message;
  arm_of_failure.cold.reset();
  record_.outcome = arm_of_failure.outcome;
  record_.reason = "'" + variant_of(arm).info.id + "': " + failure.message;
}

Result<CaseRecord> run_case(RunContext& context, const plan::CaseSpec& spec, Transcript& transcript,
                            const Progress& progress, const CasePass& pass) {
  return CaseRunner(context, spec, transcript, progress, pass).run();
}

Result<CaseRecord> run_case(RunContext& context, const plan::CaseSpec& spec, Transcript& transcript,
                            const Progress& progress) {
  return run_case(
      context, spec, transcript, progress,
      {.launches = context.effort.launches, .measures_memory = true, .until_verdict = context.until_verdict});
}

Result<CaseRecord> run_case(RunContext& context, const plan::CaseSpec& spec, store::Journal& journal,
                            const Progress& progress) {
  Transcript transcript(journal);
  return run_case(context, spec, transcript, progress);
}

}  // namespace assay::cli
