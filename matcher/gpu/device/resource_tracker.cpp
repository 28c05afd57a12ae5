// Counts device resources in and out.
#include "matcher/gpu/device/resource_tracker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace matcher::gpu {
namespace {

std::string line_of(const LiveResource& resource) {
  return fmt::format("{} '{}', {} bytes, from {}:{}", name_of(resource.kind), resource.label, resource.bytes,
                     resource.site.file, resource.site.line);
}

}  // namespace

std::string_view name_of(ResourceKind kind) {
  static constexpr std::array<std::string_view, kResourceKinds> kNames = {"device memory",
                                                                          "stream-ordered device memory",
                                                                          "pinned memory",
                                                                          "managed memory",
                                                                          "registered memory",
                                                                          "stream",
                                                                          "event",
                                                                          "graph",
                                                                          "executable graph",
                                                                          "library"};
  return kNames[static_cast<std::size_t>(kind)];
}

ResourceTracker::Id ResourceTracker::add(LiveResource resource) {
  const std::lock_guard lock(mutex_);
  ResourceTotals& totals = totals_[static_cast<std::size_t>(resource.kind)];
  const std::size_t bytes = resource.bytes;
  live_.emplace_hint(live_.end(), last_ + 1, std::move(resource));
  ++totals.acquired;
  ++totals.live;
  totals.live_bytes += bytes;
  totals.peak_bytes = std::max(totals.peak_bytes, totals.live_bytes);
  return ++last_;
}

void ResourceTracker::forget(Entries::iterator entry) noexcept {
  ResourceTotals& totals = totals_[static_cast<std::size_t>(entry->second.kind)];
  --totals.live;
  totals.live_bytes -= entry->second.bytes;
  live_.erase(entry);
}

void ResourceTracker::remove(Id id) noexcept {
  const std::lock_guard lock(mutex_);
  if (const auto entry = live_.find(id); entry != live_.end()) forget(entry);
}

void ResourceTracker::remove_failed(Id id, DeviceError error) {
  const std::lock_guard lock(mutex_);
  const auto entry = live_.find(id);
  if (entry == live_.end()) return;
  failed_.push_back({entry->second, std::move(error)});
  forget(entry);
}

std::vector<LiveResource> ResourceTracker::live() const {
  const std::lock_guard lock(mutex_);
  std::vector<LiveResource> found;
  found.reserve(live_.size());
  std::transform(live_.begin(), live_.end(), std::back_inserter(found), [](const auto& entry) { return entry.second; });
  return found;
}

std::vector<FailedRelease> ResourceTracker::failed_releases() const {
  const std::lock_guard lock(mutex_);
  return failed_;
}

ResourceTotals ResourceTracker::totals(ResourceKind kind) const {
  const std::lock_guard lock(mutex_);
  return totals_[static_cast<std::size_t>(kind)];
}

std::string ResourceTracker::leak_report() const {
  std::string text;
  for (const LiveResource& resource : live()) text += fmt::format("live: {}\n", line_of(resource));
  for (const FailedRelease& failed : failed_releases()) {
    text += fmt::format("not released: {}: {}\n", line_of(failed.resource), failed.error.message);
  }
  return text;
}

}  // namespace matcher::gpu
