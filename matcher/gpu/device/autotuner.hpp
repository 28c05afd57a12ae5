// Axis "grid", third choice: measured once per device, kernel and class of input, then remembered.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

#include "matcher/gpu/device/device_error.hpp"
#include "matcher/model/error.hpp"

namespace matcher::gpu {

// What a choice holds for. No text may hold a tab or a line end.
struct TuningKey {
  std::string device;       // name and driver version: either may change what is best
  std::string kernel;       // its source's digest included, so that a changed kernel is tuned anew
  std::string input_class;  // "12 letters"
  auto operator<=>(const TuningKey&) const = default;
};

struct TuningChoice {
  unsigned block_threads = 0;
  unsigned items_per_thread = 1;
  bool operator==(const TuningChoice&) const = default;
};

struct TuningSample {
  double nanoseconds = 0;
  bool correct = false;  // its results passed their check
};
using MeasureChoice = std::function<DeviceResult<TuningSample>(const TuningChoice&)>;

struct TuningCounters {
  std::uint64_t asked = 0;
  std::uint64_t remembered = 0;  // answers without measuring
  std::uint64_t measured = 0;
  std::uint64_t rejected = 0;  // failed to start, or wrong
};

// Call order: (choose | to_text)*. Not thread-safe.
class Autotuner {
 public:
  Autotuner() = default;
  // What to_text wrote. Errors: kBadInput for any other text; a caller starts without memory then.
  [[nodiscard]] static Result<Autotuner> from_text(std::string_view text);
  [[nodiscard]] std::string to_text() const;

  // The fastest of the candidates whose results are correct. One that cannot be started is passed over. What is
  // remembered counts only if it is one of them. Errors: a lost device; no candidate was correct.
  [[nodiscard]] DeviceResult<TuningChoice> choose(const TuningKey& key, std::span<const TuningChoice> candidates,
                                                  const MeasureChoice& measure);
  [[nodiscard]] const TuningCounters& counters() const { return counters_; }

 private:
  std::map<TuningKey, TuningChoice> known_;
  TuningCounters counters_;
};

}  // namespace matcher::gpu
