#include "matcher/gpu/ladder/size_sweep.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace matcher::gpu {
namespace {

DeviceResult<SizeTimes> time_size(const Rung& rung, std::uint64_t pairs, KernelTimer& timer,
                                  const SizeSweepOptions& options) {
  const auto run = [&](cudaStream_t stream) { return rung.run(stream, pairs); };
  if (DeviceStatus forgotten = rung.forget(timer.stream()); !forgotten) return hand_on(forgotten);
  auto times = timer.time_cold(run, options.time_per_size);
  if (!times) return hand_on(times);
  auto right = rung.is_right(timer.stream(), pairs);
  if (!right) return hand_on(right);
  return SizeTimes{pairs, *right, *right ? std::move(*times) : std::vector<double>()};
}

}  // namespace

std::optional<double> SizeTimes::cold_median_ns() const {
  if (cold_ns.empty()) return std::nullopt;
  return cold_ns[cold_ns.size() / 2];
}

std::optional<double> SizeTimes::pairs_per_second() const {
  const auto median = cold_median_ns();
  if (!median || *median <= 0) return std::nullopt;
  return static_cast<double>(pairs) * 1e9 / *median;
}

DeviceResult<std::vector<SizeTimes>> sweep_sizes(const Rung& rung, KernelTimer& timer, const SizeSweepOptions& options,
                                                 const std::function<bool()>& time_is_up) {
  std::vector<std::uint64_t> sizes = options.pairs;
  std::sort(sizes.begin(), sizes.end(), std::greater<>());
  std::vector<SizeTimes> measured;
  for (const std::uint64_t pairs : sizes) {
    if (!rung.takes(pairs)) continue;
    if (time_is_up()) break;
    auto size = time_size(rung, pairs, timer, options);
    if (!size) return hand_on(size);
    measured.push_back(std::move(*size));
  }
  std::reverse(measured.begin(), measured.end());
  return measured;
}

HalfPerformance half_performance_pairs(const std::vector<SizeTimes>& sizes) {
  std::vector<SizedRate> rates;
  for (const SizeTimes& size : sizes) {
    if (const auto rate = size.pairs_per_second()) rates.push_back({size.pairs, *rate});
  }
  return half_performance(std::move(rates));
}

}  // namespace matcher::gpu
