#include "matcher/gpu/ladder/rates.hpp"

namespace matcher::gpu {

DeviceResult<std::vector<OperationRate>> measure_rates(ResourceTracker& tracker, KernelTimer& timer) {
  auto sink = allocate_device(tracker, sizeof(std::uint32_t), "rates");
  if (!sink) return hand_on(sink);
  std::vector<OperationRate> rates;
  for (std::size_t i = 0; i < kOperationNames.size(); ++i) {
    const auto operation = static_cast<Operation>(i);
    auto times = timer.time(
        [&](cudaStream_t stream) { return enqueue_rate(operation, static_cast<std::uint32_t*>(sink->get()), stream); });
    if (!times) return hand_on(times);
    const double operations = double{kRateThreads} * kRateSteps * kRateChains;
    if (times->hot_ns > 0) rates.push_back({operation, operations * 1e9 / times->hot_ns});
  }
  return rates;
}

}  // namespace matcher::gpu
