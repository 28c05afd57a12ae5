// Pageable, pinned and registered host memory.
#include "matcher/gpu/device/host_memory.hpp"

#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "matcher/gpu/device/resources.hpp"
#include "matcher/gpu/device/size_class.hpp"

namespace matcher::gpu {
namespace {

// Failures after which plain memory does the same job more slowly.
bool may_fall_back(const DeviceError& error) {
  return error.failure == DeviceFailure::kOutOfMemory || error.code == cudaErrorNotSupported ||
         error.code == cudaErrorInvalidValue;
}

class PageableMemory final : public HostMemory {};

class PinnedPool final : public HostMemory {
 public:
  PinnedPool(ResourceTracker& tracker, std::size_t most_bytes) : tracker_(tracker), most_bytes_(most_bytes) {}

  DeviceResult<HostRange> staging(std::size_t bytes) override {
    ++counters_.staging_requests;
    const std::size_t wanted = size_class(bytes);
    auto memory = take_idle(wanted);
    if (!memory) {
      make_room(wanted);
      if (wanted > most_bytes_ - pinned_bytes_) return fall_back();
      auto made = allocate_pinned(tracker_, wanted, "staging");
      if (!made && may_fall_back(made.error())) return fall_back();
      if (!made) return hand_on(made);
      pinned_bytes_ += wanted;
      counters_.peak_pinned_bytes = std::max<std::uint64_t>(counters_.peak_pinned_bytes, pinned_bytes_);
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
  HostRange fall_back() {
    ++counters_.fallbacks;
    return {};
  }

  PinnedMemory take_idle(std::size_t wanted) {
    const auto fits = [wanted](const PinnedMemory& memory) { return memory.bytes() == wanted; };
    const auto idle = std::find_if(idle_.rbegin(), idle_.rend(), fits);
    if (idle == idle_.rend()) return {};
    PinnedMemory memory = std::move(*idle);
    idle_.erase(std::next(idle).base());
    ++counters_.staging_hits;
    return memory;
  }

  // Lets idle blocks of other sizes go while they are in the way.
  void make_room(std::size_t wanted) {
    while (!idle_.empty() && wanted > most_bytes_ - pinned_bytes_) {
      pinned_bytes_ -= idle_.front().bytes();
      idle_.erase(idle_.begin());
    }
  }

  ResourceTracker& tracker_;
  std::size_t most_bytes_;
  std::size_t pinned_bytes_ = 0;
  std::vector<PinnedMemory> idle_;  // longest idle first
  std::unordered_map<std::byte*, PinnedMemory> taken_;
};

class RegisteredRanges final : public HostMemory {
 public:
  explicit RegisteredRanges(ResourceTracker& tracker) : tracker_(tracker) {}

  DeviceStatus begin(const std::vector<HostRange>& ranges) override {
    for (const HostRange& range : merge_by_page(ranges, static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)))) {
      auto locked = register_host(tracker_, {range.data, range.bytes}, "the caller's arrays");
      if (locked) {
        ++counters_.registered_ranges;
        bytes_ += range.bytes;
        ranges_.push_back(std::move(*locked));
      } else if (locked.error().code == cudaErrorHostMemoryAlreadyRegistered) {
        ++counters_.registered_ranges;  // by somebody else, for longer than this run
      } else if (may_fall_back(locked.error())) {
        ++counters_.fallbacks;
      } else {
        ranges_.clear();
        return hand_on(locked);
      }
    }
    counters_.peak_pinned_bytes = std::max<std::uint64_t>(counters_.peak_pinned_bytes, bytes_);
    return {};
  }

  void end() override {
    ranges_.clear();
    bytes_ = 0;
  }

 private:
  ResourceTracker& tracker_;
  std::size_t bytes_ = 0;
  std::vector<RegisteredMemory> ranges_;
};

}  // namespace

std::size_t physical_memory_bytes() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page_bytes = ::sysconf(_SC_PAGESIZE);
  return pages > 0 && page_bytes > 0 ? static_cast<std::size_t>(pages) * static_cast<std::size_t>(page_bytes) : 0;
}

std::vector<HostRange> merge_by_page(std::vector<HostRange> ranges, std::size_t page_bytes) {
  std::erase_if(ranges, [](const HostRange& range) { return range.bytes == 0; });
  std::sort(ranges.begin(), ranges.end(),
            [](const HostRange& left, const HostRange& right) { return left.data < right.data; });
  const auto page = [page_bytes](const std::byte* address) {
    return reinterpret_cast<std::uintptr_t>(address) / page_bytes;
  };
  std::vector<HostRange> merged;
  for (const HostRange& range : ranges) {
    if (!merged.empty()) {
      HostRange& last = merged.back();
      if (page(range.data) <= page(last.data + last.bytes - 1)) {
        last.bytes = static_cast<std::size_t>(std::max(range.data + range.bytes, last.data + last.bytes) - last.data);
        continue;
      }
    }
    merged.push_back(range);
  }
  return merged;
}

std::unique_ptr<HostMemory> make_host_memory(HostMemoryChoice choice, ResourceTracker& tracker,
                                             std::size_t most_pinned_bytes) {
  switch (choice) {
    case HostMemoryChoice::kPinnedPool:
      return std::make_unique<PinnedPool>(tracker, most_pinned_bytes);
    case HostMemoryChoice::kRegistered:
      return std::make_unique<RegisteredRanges>(tracker);
    case HostMemoryChoice::kManaged:
      return make_managed_memory(tracker);
    case HostMemoryChoice::kPageable:
      break;
  }
  return std::make_unique<PageableMemory>();
}

}  // namespace matcher::gpu
