// Memory that host and device both address, kept in blocks of powers of two.
#include <iterator>
#include <unordered_map>
#include <utility>
#include <vector>

#include "matcher/gpu/device/host_memory.hpp"
#include "matcher/gpu/device/resources.hpp"
#include "matcher/gpu/device/size_class.hpp"

namespace matcher::gpu {
namespace {

class ManagedBlocks final : public HostMemory {
 public:
  explicit ManagedBlocks(ResourceTracker& tracker) : tracker_(tracker) {}

  DeviceResult<HostRange> shared(std::size_t bytes) override {
    ++counters_.staging_requests;
    const std::size_t wanted = size_class(bytes);
    ManagedMemory memory = take_idle(wanted);
    if (!memory) {
      auto made = allocate_managed(tracker_, wanted, "shared with the device");
      if (!made && made.error().failure == DeviceFailure::kOutOfMemory && !idle_.empty()) {
        idle_.clear();
        made = allocate_managed(tracker_, wanted, "shared with the device");
      }
      if (!made) return hand_on(made);
      memory = std::move(*made);
    }
    auto* data = static_cast<std::byte*>(memory.get());
    taken_.emplace(data, std::move(memory));
    return HostRange{data, bytes};
  }

  void give_back(const HostRange& range) override {
    if (auto taken = taken_.extract(range.data)) idle_.push_back(std::move(taken.mapped()));
  }

 private:
  ManagedMemory take_idle(std::size_t wanted) {
    for (auto memory = idle_.rbegin(); memory != idle_.rend(); ++memory) {
      if (memory->bytes() != wanted) continue;
      ManagedMemory found = std::move(*memory);
      idle_.erase(std::next(memory).base());
      ++counters_.staging_hits;
      return found;
    }
    return {};
  }

  ResourceTracker& tracker_;
  std::vector<ManagedMemory> idle_;  // longest idle first
  std::unordered_map<std::byte*, ManagedMemory> taken_;
};

}  // namespace

std::unique_ptr<HostMemory> make_managed_memory(ResourceTracker& tracker) {
  return std::make_unique<ManagedBlocks>(tracker);
}

}  // namespace matcher::gpu
