#include "harness/cli/experiment.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "harness/cli/agreement.hpp"
#include "harness/cli/analysis.hpp"
#include "harness/cli/arms.hpp"
#include "harness/cli/exact_counts.hpp"
#include "harness/cli/worker_group.hpp"
#include "harness/isolate/reply_json.hpp"
#include "harness/plan/schedule.hpp"
#include "harness/store/record_reader.hpp"

namespace assay::cli {
namespace {

using isolate::SampleReply;
using isolate::WorkerFailure;
using store::CaseRecord;
using store::Outcome;

// A sample shorter than this is repeated until it is that long; the same number for all arms (harness knowledge C2.3).
constexpr double kShortestSampleSeconds = 0.005;
constexpr std::uint32_t kMostIterations = 1000;
// Warm-ups after the cold sample; the last one sets iterations and budget. A sample of 100 ms or more is warm after
// one.
constexpr std::uint32_t kWarmUps = 2;
constexpr double kLongSampleSeconds = 0.1;

// Thrown-away state of one case; its steps stop at the first outcome that is not ok.
class CaseRunner {
 public:
  CaseRunner(RunContext& context, const plan::CaseSpec& spec, Transcript& transcript, const Progress& progress,
             const CasePass& pass)
      : context_(context), spec_(spec), transcript_(transcript), progress_(progress), pass_(pass) {}

  Result<CaseRecord> run();

 private:
  Status set_up();
  void measure();
  bool run_launch(std::uint32_t launch);
  [[nodiscard]] bool is_first(std::uint32_t launch) const { return launch == pass_.first_launch; }
  bool start(WorkerGroup& workers);
  bool warm_up(WorkerGroup& workers, std::uint32_t launch);
  bool take_warm_ups(WorkerGroup& workers, plan::Arm arm, SampleReply last);
  void plan_blocks();
  bool sample_all(WorkerGroup& workers, std::uint32_t launch);
  bool challenge(WorkerGroup& workers);
  bool finish(WorkerGroup& workers);
  bool measure_memory();
  bool count(plan::Arm arm, const SampleReply& answer);
  void compare_results(WorkerGroup& workers);
  void note_different(const std::string& reason);

  std::optional<SampleReply> take(WorkerGroup& workers, plan::Arm arm, const isolate::Command& command,
                                  const SampleLabel& label);
  bool same_answer(const SampleReply& reply, plan::Arm arm);
  void stop(plan::Arm arm, const WorkerFailure& failure);
  const CatalogEntry& variant_of(plan::Arm arm) const { return arm == plan::Arm::kCandidate ? candidate_ : baseline_; }
  store::ArmRecord& arm_record(plan::Arm arm) {
    return arm == plan::Arm::kCandidate ? record_.candidate : record_.baseline;
  }

  RunContext& context_;
  const plan::CaseSpec& spec_;
  Transcript& transcript_;
  const Progress& progress_;
  const CasePass& pass_;
  CaseSetup setup_;
  const plan::Workload* workload_ = nullptr;
  CatalogEntry baseline_;
  CatalogEntry candidate_;
  CaseRecord record_;
  std::optional<SampleReply> first_baseline_;
  std::optional<SampleReply> first_candidate_;
  std::array<double, 2> warm_seconds_{};  // baseline, candidate
  std::uint32_t iterations_ = 1;
  std::uint32_t blocks_ = 0;  // of one launch
  bool has_enough_ = false;   // samples: the pass ends before its time
  bool stopped_ = false;
};

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

// The cold sample of each worker, then warm ones. In the first launch the cold results are kept for the full
// comparison.
bool CaseRunner::warm_up(WorkerGroup& workers, std::uint32_t launch) {
  for (const plan::Arm arm : {plan::Arm::kBaseline, plan::Arm::kCandidate, plan::Arm::kControl}) {
    isolate::Command cold;
    cold.keep_result = is_first(launch) && arm != plan::Arm::kControl ? 1 : 0;
    const auto first = take(workers, arm, cold, {SampleKind::kCold});
    if (!first) return false;
    if (is_first(launch) && arm == plan::Arm::kBaseline) first_baseline_ = *first;
    if (is_first(launch) && arm == plan::Arm::kCandidate) first_candidate_ = *first;
    if (is_first(launch) && arm != plan::Arm::kControl) {
      arm_record(arm).cold = store::ColdTimes{first->prepare_ns, first->run_ns};
      arm_record(arm).counters = named_counters(*first);
    }
    if (!same_answer(*first, arm)) return false;
    if (!take_warm_ups(workers, arm, *first)) return false;
  }
  return true;
}

bool CaseRunner::take_warm_ups(WorkerGroup& workers, plan::Arm arm, SampleReply last) {
  const auto seconds = [&] { return static_cast<double>(last.prepare_ns + last.run_ns) * 1e-9; };
  for (std::uint32_t i = 0; i < kWarmUps && seconds() < kLongSampleSeconds; ++i) {
    const auto warm = take(workers, arm, {}, {SampleKind::kWarmUp});
    if (!warm || !same_answer(*warm, arm)) return false;
    last = *warm;
  }
  if (arm != plan::Arm::kControl) warm_seconds_[static_cast<std::size_t>(arm)] = seconds();
  return true;
}

void CaseRunner::plan_blocks() {
  const double shorter = std::max(std::min(warm_seconds_[0], warm_seconds_[1]), 1e-7);
  iterations_ = static_cast<std::uint32_t>(
      std::clamp(std::ceil(kShortestSampleSeconds / shorter), 1.0, static_cast<double>(kMostIterations)));
  blocks_ = pass_.blocks;
  if (blocks_ > 0) return;
  blocks_ = plan::blocks_for_budget(context_.effort.budget_seconds, context_.effort.launches,
                                    warm_seconds_[0] * iterations_, warm_seconds_[1] * iterations_);
}

bool CaseRunner::sample_all(WorkerGroup& workers, std::uint32_t launch) {
  const std::vector<plan::Slot> schedule = plan::make_schedule(context_.seed, launch, blocks_);
  isolate::Command command;
  command.iterations = iterations_;
  for (std::size_t i = 0; i < schedule.size(); ++i) {
    const plan::Slot& slot = schedule[i];
    const auto reply = take(workers, slot.arm, command, {SampleKind::kTimed, slot.block, slot.position});
    if (!reply || !same_answer(*reply, slot.arm)) return false;
    store::SampleRecord sample = sample_record(*reply);
    sample.launch = launch;
    sample.block = slot.block;
    sample.position = slot.position;
    sample.arm = to_string(slot.arm);
    record_.samples.push_back(std::move(sample));
    const double done = launch - pass_.first_launch + static_cast<double>(i + 1) / static_cast<double>(schedule.size());
    progress_(done / pass_.launches);
    const bool block_ends = i + 1 == schedule.size() || schedule[i + 1].block != slot.block;
    has_enough_ = block_ends && pass_.enough && pass_.enough(record_.samples);
    if (has_enough_) break;
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
    if (!reply || !same_answer(*reply, arm) || !finish(workers)) return false;
    arm_record(arm).memory = memory_figures(*reply);
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

}  // namespace

Result<CaseRecord> run_case(RunContext& context, const plan::CaseSpec& spec, Transcript& transcript,
                            const Progress& progress, const CasePass& pass) {
  return CaseRunner(context, spec, transcript, progress, pass).run();
}

Result<CaseRecord> run_case(RunContext& context, const plan::CaseSpec& spec, Transcript& transcript,
                            const Progress& progress) {
  return run_case(context, spec, transcript, progress, {.launches = context.effort.launches, .measures_memory = true});
}

Result<CaseRecord> run_case(RunContext& context, const plan::CaseSpec& spec, store::Journal& journal,
                            const Progress& progress) {
  Transcript transcript(journal);
  return run_case(context, spec, transcript, progress);
}

}  // namespace assay::cli
