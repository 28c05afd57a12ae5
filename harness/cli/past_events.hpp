// What of a journal counts when a run is resumed or replayed: its events without those that a resumption set aside.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "harness/core/json.hpp"

namespace assay::cli {

struct PastEvents {
  Json header;                          // run_started
  std::vector<Json> events;             // in order; to be read back
  std::map<std::string, Json> answers;  // of the reference, by question; asked once in a run, whatever was set aside
};

// A resumption says behind which event it went on ("run_resumed" with "after"): what lies between counts no more, nor
// do the warm-ups of the workers that took over. Errors: kUsage if the first event is not run_started.
[[nodiscard]] Result<PastEvents> past_events(std::vector<Json> journal);

// The number ("n") of the last event behind which new workers can take over without tearing a pair
// (docs/decisions/0006): no worker is alive, or a pair has just been completed, or two results were compared, or a
// worker failed by itself.
[[nodiscard]] std::uint64_t last_safe_event(const PastEvents& past);

// The past up to and with event number n.
[[nodiscard]] PastEvents up_to(PastEvents past, std::uint64_t number);

}  // namespace assay::cli
