// How long work asks whether it should stop.
#pragma once

#include <cstdint>
#include <functional>

namespace matcher {

// Asked now and then from any thread; true means stop. May be empty.
using CancelCallback = std::function<bool()>;

// Thrown by work that was asked to stop. It never leaves match_persons; functions that let it out say so.
struct Cancelled {};

// One per thread. Work is counted in units of at most about a microsecond (a scored pair, a normalized row), so that
// the callback, which may cost a system call, is asked every few milliseconds and never more often.
class CancelPoller {
 public:
  explicit CancelPoller(const CancelCallback& callback) : callback_(&callback) {}

  // Throws Cancelled.
  void tick(std::uint32_t units = 1) {
    work_ += units;
    if (work_ >= kUnitsPerPoll) poll();
  }

 private:
  static constexpr std::uint32_t kUnitsPerPoll = 4096;

  void poll() {
    work_ = 0;
    if (*callback_ && (*callback_)()) throw Cancelled();
  }

  const CancelCallback* callback_;
  std::uint32_t work_ = kUnitsPerPoll;  // asks once at the start: work that was cancelled beforehand does not begin
};

}  // namespace matcher
