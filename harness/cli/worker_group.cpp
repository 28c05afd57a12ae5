#include "harness/cli/worker_group.hpp"

#include "harness/cli/agreement.hpp"
#include "harness/isolate/reply_json.hpp"
#include "harness/store/record_reader.hpp"

namespace assay::cli {
namespace {

using isolate::Command;
using isolate::Fault;
using isolate::SampleReply;
using isolate::WorkerFailure;
using isolate::WorkerResult;
using plan::Arm;

// New processes in the place of workers that died with an earlier assay.
constexpr const char* kTakeoverEvent = "workers_replaced";
constexpr std::array kAllArms{Arm::kBaseline, Arm::kCandidate, Arm::kControl};

const char* event_of(SampleKind kind) {
  static constexpr const char* kNames[] = {"cold", "warm_up", "sample", "challenge", "memory"};
  return kNames[static_cast<std::size_t>(kind)];
}

const char* name_of(WorkerUse use) {
  return use == WorkerUse::kTimed ? "timed" : "memory";
}

// A simulated sample took no time in which anything could disturb it.
void add_machine_noise(SampleReply& reply, const measure::MachineNoise& noise) {
  if (reply.simulated != 0) return;
  reply.steal_ns = isolate::maybe(noise.steal_ns);
  reply.cpu_stall_ns = isolate::maybe(noise.cpu_stall_ns);
  reply.memory_stall_ns = isolate::maybe(noise.memory_stall_ns);
  reply.io_stall_ns = isolate::maybe(noise.io_stall_ns);
}

}  // namespace

const char* to_string(Arm arm) {
  static constexpr const char* kNames[] = {"baseline", "candidate", "control"};
  return kNames[static_cast<std::size_t>(arm)];
}

Json WorkerGroup::key(Arm arm) const {
  return {{"launch", launch_}, {"arm", to_string(arm)}};
}

WorkerResult<void> WorkerGroup::start(Arm arm, const CatalogEntry& variant) {
  Json started = key(arm);
  started["variant"] = variant.info.id;
  started["use"] = name_of(use_);
  if (transcript_->reads_back()) {
    if (auto known = read(arm, "worker_started", started); !known) return tl::unexpected(known.error());
    member(arm).emplace(variant);
    return {};
  }
  if (!transcript_->goes_on()) return tl::unexpected(broken());
  auto worker = launch(arm, variant);
  if (!worker) return failed(arm, variant, worker.error());
  member(arm).emplace(variant);
  member(arm)->worker = std::move(*worker);
  return write("worker_started", started);
}

WorkerResult<SampleReply> WorkerGroup::sample(Arm arm, const Command& command, const SampleLabel& label) {
  Json fields = key(arm);
  if (label.kind == SampleKind::kTimed) {
    fields["block"] = label.block;
    fields["position"] = label.position;
  }
  auto reply = know_or_take(arm, command, event_of(label.kind), fields);
  if (!reply) return reply;
  if (label.kind == SampleKind::kCold || label.kind == SampleKind::kWarmUp) member(arm)->warm_ups.push_back(command);
  if (label.kind == SampleKind::kTimed) ++samples_;
  return reply;
}

WorkerResult<SampleReply> WorkerGroup::know_or_take(Arm arm, const Command& command, const char* event,
                                                    const Json& key) {
  read_takeovers();
  if (transcript_->reads_back()) {
    auto known = read(arm, event, key);
    if (!known) return tl::unexpected(known.error());
    const auto reply = isolate::reply_from_json(*known);
    if (!reply) return tl::unexpected(WorkerFailure{Fault::kCancelled, isolate::Phase::kIdle, reply.error().message});
    ++member(arm)->commands;
    return *reply;
  }
  if (auto taken = take_over(); !taken) return tl::unexpected(taken.error());
  return take(arm, command, event, key);
}

// Of the CPUs that the workers may use.
measure::MachineNoiseLaps& WorkerGroup::machine_noise() {
  if (!machine_noise_) {
    const std::vector<int>& pinned = setup_->context->worker_cpus;
    machine_noise_.emplace(pinned.empty() ? measure::allowed_cpus() : pinned);
  }
  return *machine_noise_;
}

// A live sample, written down.
WorkerResult<SampleReply> WorkerGroup::take(Arm arm, Command command, const char* event, const Json& key) {
  command.number = member(arm)->commands;
  machine_noise().begin();
  auto reply = member(arm)->worker->sample(command);
  if (!reply) return failed(arm, member(arm)->variant, reply.error());
  add_machine_noise(*reply, machine_noise().end());
  ++member(arm)->commands;
  Json fields = key;
  fields.update(isolate::to_json(*reply));
  if (auto written = write(event, fields); !written) return tl::unexpected(written.error());
  return *reply;
}

WorkerResult<void> WorkerGroup::finish(Arm arm) {
  read_takeovers();
  if (transcript_->reads_back()) {
    if (auto known = read(arm, "worker_finished", key(arm)); !known) return tl::unexpected(known.error());
    drop(arm);
    return {};
  }
  if (auto taken = take_over(); !taken) return taken;
  if (auto finished = member(arm)->worker->finish(); !finished) {
    return failed(arm, member(arm)->variant, finished.error());
  }
  drop(arm);
  return write("worker_finished", key(arm));
}

std::string WorkerGroup::compare(const char* what, const ResultContract& contract, store::EquivalenceRecord& record) {
  const auto live = [&] {
    store::EquivalenceRecord compared;
    const std::string difference =
        compare_in_full(member(Arm::kBaseline)->worker->result_descriptor(),
                        member(Arm::kCandidate)->worker->result_descriptor(), contract, compared);
    return Json{{"difference", difference}, {"equivalence", to_json(compared)}};
  };
  const auto fact = transcript_->fact("compared", {{"what", what}}, live);
  if (!fact) return fact.error().message;
  const auto compared = store::equivalence_from_json(fact->at("equivalence"));
  if (!compared) return compared.error().message;
  record.status = compared->status;
  record.counts = compared->counts;
  record.differences = compared->differences;
  return fact->value("difference", "");
}

// Where an earlier resumption replaced the workers.
void WorkerGroup::read_takeovers() {
  while (transcript_->reads_back() && (*transcript_->next())["event"] == kTakeoverEvent) {
    if (!transcript_->read(kTakeoverEvent, {{"launch", launch_}})) return;
    if (samples_ > 0) takeovers_.push_back({launch_, samples_});
  }
}

// Starts the processes of all workers that were only read back so far, and warms them as they were. Their warm-ups are
// written as replacements: evidence, but no part of the record.
WorkerResult<void> WorkerGroup::take_over() {
  if (!transcript_->goes_on()) return tl::unexpected(broken());
  bool noted = false;
  for (const Arm arm : kAllArms) {
    if (!holds(arm) || member(arm)->worker) continue;
    if (!noted) {
      noted = true;
      if (auto written = write(kTakeoverEvent, {{"launch", launch_}}); !written) return written;
      if (samples_ > 0) takeovers_.push_back({launch_, samples_});
    }
    Member& taken = *member(arm);
    auto worker = launch(arm, taken.variant);
    if (!worker) return failed(arm, taken.variant, worker.error());
    taken.worker = std::move(*worker);
    const std::uint32_t commands = std::exchange(taken.commands, 0);
    Json fields = key(arm);
    fields["replacement"] = true;
    for (const Command& command : taken.warm_ups) {
      if (auto reply = take(arm, command, "warm_up", fields); !reply) return tl::unexpected(reply.error());
    }
    taken.commands = commands;
  }
  return {};
}

// The next event, or the failure of this arm that stands in its place.
WorkerResult<Json> WorkerGroup::read(Arm arm, const char* event, const Json& key) {
  const Json& next = *transcript_->next();
  if (next["event"] == "worker_failed" && next.value("arm", "") == cli::to_string(arm)) {
    const auto failure = isolate::failure_from_json(next);
    if (auto known = transcript_->read("worker_failed", this->key(arm)); !known || !failure) {
      return tl::unexpected(broken());
    }
    drop(arm);
    return tl::unexpected(*failure);
  }
  auto known = transcript_->read(event, key);
  if (!known) return tl::unexpected(broken());
  return std::move(*known);
}

WorkerResult<isolate::WorkerHandle> WorkerGroup::launch(Arm arm, const CatalogEntry& variant) const {
  LaunchOverrides overrides;
  overrides.label = fmt::format("launch {} {} {}", launch_, cli::to_string(arm), name_of(use_));
  return cli::launch(*setup_, variant, use_, overrides);
}

tl::unexpected<WorkerFailure> WorkerGroup::failed(Arm arm, const CatalogEntry& variant, const WorkerFailure& failure) {
  Json fields = key(arm);
  fields["variant"] = variant.info.id;
  fields.update(isolate::to_json(failure));
  drop(arm);
  static_cast<void>(write("worker_failed", fields));  // the transcript keeps the error
  return tl::unexpected(failure);
}

WorkerResult<void> WorkerGroup::write(const char* event, const Json& fields) {
  if (!transcript_->write(event, fields)) return tl::unexpected(broken());
  return {};
}

// What a caller sees if the transcript cannot go on.
WorkerFailure WorkerGroup::broken() const {
  return {Fault::kCancelled, isolate::Phase::kIdle,
          transcript_->error() ? transcript_->error()->message : "the journal cannot be read"};
}

}  // namespace assay::cli
