// Cancel, pause and progress of a run that a person watches.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "matcher/parallel/cancellation.hpp"
#include "matcher/parallel/progress.hpp"

namespace matcher {

// SIGINT and SIGTERM cancel, SIGUSR1 pauses and goes on again. Once per process, before the work.
void handle_signals();

// True once the run is to stop; waits while it is paused.
[[nodiscard]] CancelCallback cancel_on_signal();

// Progress on standard error: on a terminal one line that is rewritten, with rate and time left; otherwise plain lines,
// only if wanted. Thread-safe.
class ProgressPrinter {
 public:
  enum class Style { kNone, kLines, kTerminal };
  explicit ProgressPrinter(Style style) : style_(style) {}
  ProgressPrinter(const ProgressPrinter&) = delete;
  ProgressPrinter& operator=(const ProgressPrinter&) = delete;
  ~ProgressPrinter() { clear(); }

  void show(const Progress& progress);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  Style style_;
  std::mutex lock_;
  std::string stage_;
  Clock::time_point stage_start_ = Clock::now();
  Clock::time_point last_shown_{};
  bool line_is_open_ = false;
};

// What fits standard error: kTerminal on a terminal unless quiet, kLines if asked for, else kNone.
[[nodiscard]] ProgressPrinter::Style progress_style(bool quiet, bool wanted);

}  // namespace matcher
