// How long work outside the engine says how far it is and asks whether to stop.
#pragma once

#include <cstdint>
#include <string_view>

#include "matcher/parallel/cancellation.hpp"
#include "matcher/parallel/progress.hpp"

namespace matcher {

// Who watches a run. Either may be empty.
struct RunWatch {
  CancelCallback is_cancelled{};
  ProgressCallback on_progress{};
};

// One stage of one thread. Work is counted in units of at most about a microsecond; both callbacks are called every few
// milliseconds, and cancellation once at the start.
class StageWatch {
 public:
  // stage: of static storage. total: units in all; 0: not known. watch must outlive the object. Throws Cancelled.
  StageWatch(std::string_view stage, std::uint64_t total, const RunWatch& watch, std::string_view unit = "rows")
      : watch_(watch), progress_{stage, 0, total, unit} {
    look();
  }

  // Units that are done. Throws Cancelled.
  void tick(std::uint64_t units = 1) {
    progress_.done += units;
    work(units);
  }

  // Work on a unit that takes longer than a microsecond, in steps that do not. Throws Cancelled.
  void work(std::uint64_t steps = 1) {
    unseen_ += steps;
    if (unseen_ >= kUnitsPerLook) look();
  }

  // Throws Cancelled.
  void look() {
    unseen_ = 0;
    if (watch_.is_cancelled && watch_.is_cancelled()) throw Cancelled();
    if (watch_.on_progress) watch_.on_progress(progress_);
  }

 private:
  static constexpr std::uint64_t kUnitsPerLook = 4096;

  const RunWatch& watch_;
  Progress progress_;
  std::uint64_t unseen_ = 0;
};

}  // namespace matcher
