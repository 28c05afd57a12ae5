#include "matcher/gpu/ladder/measurement.hpp"

#include <utility>

#include "matcher/gpu/device/profile_range.hpp"
#include "matcher/gpu/ladder/rungs.hpp"

namespace matcher::gpu {
namespace {

class Measurement {
 public:
  Measurement(ResourceTracker& tracker, const LadderOptions& options,
              const std::function<void(const RungResult&)>& said)
      : tracker_(tracker), options_(options), said_(said), end_(options.timer.now() + options.time_in_all) {}

  DeviceStatus measure_all() {
    auto timer = KernelTimer::create(tracker_, options_.timer);
    if (!timer) return hand_on(timer);
    for (const std::uint32_t longest : options_.classes) {
      if (DeviceStatus done = measure_class(longest, *timer); !done) return done;
    }
    return {};
  }
  [[nodiscard]] std::vector<RungResult> take() { return std::move(results_); }

 private:
  DeviceStatus measure_class(std::uint32_t longest, KernelTimer& timer) {
    SampleShape shape = options_.shape;
    shape.longest = longest;
    const Sample sample(shape);
    auto ladder = Ladder::create(tracker_, sample, timer.stream());
    if (!ladder) return hand_on(ladder);
    for (const Rung& rung : ladder->rungs()) {
      if (DeviceStatus done = measure_rung(rung, longest, timer); !done) return done;
    }
    return {};
  }

  [[nodiscard]] bool time_is_up() const { return options_.timer.now() >= end_; }

  DeviceStatus measure_rung(const Rung& rung, std::uint32_t longest, KernelTimer& timer) {
    const ProfileRange range(rung.name, "ladder");
    RungResult result{rung.name, rung.metrics, longest, rung.pairs, rung.launches, false, std::nullopt, {}};
    DeviceStatus done = rung.forget(timer.stream());
    if (done) done = rung.run(timer.stream(), rung.pairs);
    if (!done) return done;
    auto right = rung.is_right(timer.stream(), rung.pairs);
    if (!right) return hand_on(right);
    result.correct = *right;
    if (result.correct && !time_is_up()) done = time_rung(rung, timer, result);
    if (!done) return done;
    said_(result);
    results_.push_back(std::move(result));
    return {};
  }

  DeviceStatus time_rung(const Rung& rung, KernelTimer& timer, RungResult& result) {
    auto times = timer.time([&](cudaStream_t stream) { return rung.run(stream, rung.pairs); });
    if (!times) return hand_on(times);
    auto still_right = rung.is_right(timer.stream(), rung.pairs);
    if (!still_right) return hand_on(still_right);
    result.correct = *still_right;
    if (!result.correct) return {};
    result.times = std::move(*times);
    if (result.longest != options_.sweep.longest) return {};
    auto sizes = sweep_sizes(rung, timer, options_.sweep, [this] { return time_is_up(); });
    if (!sizes) return hand_on(sizes);
    result.sizes = std::move(*sizes);
    return {};
  }

  ResourceTracker& tracker_;
  const LadderOptions& options_;
  const std::function<void(const RungResult&)>& said_;
  std::chrono::steady_clock::time_point end_;
  std::vector<RungResult> results_;
};

}  // namespace

LadderResult measure_ladder(ResourceTracker& tracker, const LadderOptions& options,
                            const std::function<void(const RungResult&)>& said) {
  Measurement measurement(tracker, options, said);
  const DeviceStatus done = measurement.measure_all();
  return {measurement.take(), done ? "" : done.error().message};
}

}  // namespace matcher::gpu
