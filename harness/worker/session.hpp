// One worker's life: load the plugin, map the data set, make the instance, then take samples until told to finish.
#pragma once

#include <memory>

#include "datasets/load/dataset.hpp"
#include "harness/core/contract.hpp"
#include "harness/equivalence/digest.hpp"
#include "harness/isolate/protocol.hpp"
#include "harness/measure/clock.hpp"
#include "harness/plugin_host/instance.hpp"
#include "harness/plugin_host/library.hpp"
#include "harness/plugin_host/services.hpp"
#include "harness/worker/exact_counters.hpp"

namespace assay::worker {

// A reply that must be sent and ends the worker.
template <class T>
using Outcome = tl::expected<T, isolate::Reply>;

class Session {
 public:
  // state and clock must outlive the session.
  [[nodiscard]] static Outcome<Session> open(const isolate::WorkerTask& task, isolate::SharedState& state,
                                             measure::Clock& clock);

  // prepare, run, collect, reset as often as asked; the two clock reads of each timed window have nothing between them
  // but the plugin's own call.
  [[nodiscard]] Outcome<isolate::SampleReply> sample(const isolate::Command& command);

  // Tears down and counts the threads that are left.
  [[nodiscard]] Outcome<void> finish();

 private:
  Session(isolate::SharedState& state, measure::Clock& clock) : state_(&state), clock_(&clock) {}
  [[nodiscard]] tl::unexpected<isolate::Reply> refused(const plugin_host::CallFailure& failure,
                                                       isolate::Phase phase) const;
  [[nodiscard]] Outcome<void> load(const isolate::WorkerTask& task);
  [[nodiscard]] Outcome<void> prepare_and_run(const isolate::Command& command, isolate::SampleReply& reply);
  [[nodiscard]] Outcome<void> prepare_and_count(const isolate::Command& command, isolate::SampleReply& reply);
  [[nodiscard]] Outcome<void> read_result(const isolate::Command& command, isolate::SampleReply& reply);
  [[nodiscard]] Outcome<void> keep_result(const assay_table& table, const equivalence::ResultDigest& digest);
  [[nodiscard]] Result<equivalence::ResultDigest> digest_of(const assay_table& table) const;
  void enter(isolate::Phase phase) { state_->phase.store(phase, std::memory_order_relaxed); }

  isolate::SharedState* state_;
  measure::Clock* clock_;
  ResultContract contract_;
  std::unique_ptr<datasets::Dataset> dataset_;
  std::unique_ptr<plugin_host::Library> library_;
  std::unique_ptr<plugin_host::Services> services_;
  std::unique_ptr<plugin_host::Instance> instance_;
  std::unique_ptr<ExactCounters> counters_;
  std::size_t threads_before_ = 1;
  bool altered_ = false;     // the input is the challenge now
  bool memory_run_ = false;  // memory is looked at, not time
};

}  // namespace assay::worker
