// Signals and progress lines.
#include "matcher/cli/run_control.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <thread>
#include <utility>

namespace matcher {
namespace {

std::atomic<bool> interrupted = false;  // set by the signal handler
std::atomic<bool> paused = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may touch lock-free atomics only");

constexpr std::chrono::milliseconds kPausePoll{50};
constexpr std::chrono::milliseconds kTerminalInterval{200};
constexpr std::chrono::seconds kLineInterval{5};

std::string describe(const Progress& progress, double seconds) {
  if (progress.total == 0) {
    return fmt::format("{}: {} {}, {:.0f} {}/s", progress.stage, progress.done, progress.unit,
                       static_cast<double>(progress.done) / seconds, progress.unit);
  }
  const double share = static_cast<double>(progress.done) / static_cast<double>(progress.total);
  const double left = share > 0 ? seconds * (1 - share) / share : 0;
  return fmt::format("{}: {:.0f} %, {:.1f} s left", progress.stage, 100 * share, left);
}

}  // namespace

void handle_signals() {
  std::signal(SIGINT, [](int) {
    if (interrupted.exchange(true)) ::_exit(130);  // asked twice: at once
  });
  std::signal(SIGTERM, [](int) { interrupted = true; });
  std::signal(SIGUSR1, [](int) { paused = !paused; });
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is a failed write, reported like any other
}

CancelCallback cancel_on_signal() {
  return [] {
    while (paused && !interrupted) std::this_thread::sleep_for(kPausePoll);
    return interrupted.load(std::memory_order_relaxed);
  };
}

void ProgressPrinter::clear() {
  const std::lock_guard guard(lock_);
  if (std::exchange(line_is_open_, false)) fmt::print(stderr, "\r\x1b[K");
}

void ProgressPrinter::show(const Progress& progress) {
  if (style_ == Style::kNone) return;
  const std::lock_guard guard(lock_);
  const auto now = Clock::now();
  if (stage_ != progress.stage) {
    stage_ = progress.stage;
    stage_start_ = now;
    last_shown_ = now;  // nothing to tell yet
    return;
  }
  const auto interval =
      style_ == Style::kTerminal ? Clock::duration(kTerminalInterval) : Clock::duration(kLineInterval);
  if (now - last_shown_ < interval) return;
  last_shown_ = now;
  const std::string line = describe(progress, std::chrono::duration<double>(now - stage_start_).count());
  if (style_ == Style::kTerminal) {
    fmt::print(stderr, "\r\x1b[K{}", line);
    std::fflush(stderr);
    line_is_open_ = true;
  } else {
    fmt::print(stderr, "matcher: {}\n", line);
  }
}

ProgressPrinter::Style progress_style(bool quiet, bool wanted) {
  if (wanted && ::isatty(STDERR_FILENO) == 0) return ProgressPrinter::Style::kLines;
  if (quiet || ::isatty(STDERR_FILENO) == 0) return ProgressPrinter::Style::kNone;
  return ProgressPrinter::Style::kTerminal;
}

}  // namespace matcher
