#include "harness/plugin_host/services.hpp"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace assay::plugin_host {

Services::Services(const std::atomic<std::uint32_t>& cancelled, std::uint32_t thread_budget, std::string cache_folder)
    : cancelled_(cancelled),
      cache_folder_(std::move(cache_folder)),
      table_{sizeof(assay_host), thread_budget, this,   &log,      &is_cancelled, &alloc, &free,
             &note_memory,       &count,        &phase, &extension} {}

ServiceCounts Services::counts() const {
  ServiceCounts counts;
  counts.allocations = allocations_;
  counts.allocated_bytes = allocated_bytes_;
  for (std::size_t space = 0; space < live_.size(); ++space) {
    counts.live_bytes[space] = live_[space];
    counts.peak_bytes[space] = peak_[space];
  }
  for (std::size_t i = 0; i < counters_.size(); ++i) counts.counters[i] = counters_[i];
  counts.device_ns = device_ns_;
  return counts;
}

void Services::reset_counts() {
  allocations_ = 0;
  allocated_bytes_ = 0;
  for (std::size_t space = 0; space < live_.size(); ++space) peak_[space] = live_[space].load();
  for (auto& counter : counters_) counter = 0;
  device_ns_.reset();
}

void Services::log(void*, assay_severity severity, const char* utf8) {
  static constexpr const char* kNames[] = {"debug", "info", "warning", "error"};
  const char* const name = severity >= 0 && severity < 4 ? kNames[severity] : "unknown";
  std::fprintf(stderr, "%s: %s\n", name, utf8 == nullptr ? "" : utf8);
}

std::int32_t Services::is_cancelled(void* context) {
  return from(context).cancelled_.load(std::memory_order_relaxed) != 0 ? 1 : 0;
}

void* Services::alloc(void* context, std::uint64_t bytes, std::uint64_t alignment) {
  // aligned_alloc wants a power of two that divides the size; 0 asks for malloc's own alignment.
  const std::uint64_t align = alignment < alignof(std::max_align_t) ? alignof(std::max_align_t) : alignment;
  if ((align & (align - 1)) != 0 || bytes > UINT64_MAX - align) return nullptr;
  void* const pointer = std::aligned_alloc(align, (bytes + align - 1) / align * align);
  if (pointer == nullptr) return nullptr;
  Services& self = from(context);
  self.allocations_.fetch_add(1, std::memory_order_relaxed);
  self.allocated_bytes_.fetch_add(bytes, std::memory_order_relaxed);
  self.add_live(ASSAY_SPACE_HOST, static_cast<std::int64_t>(bytes));
  return pointer;
}

void Services::free(void* context, void* pointer, std::uint64_t bytes) {
  if (pointer == nullptr) return;
  std::free(pointer);
  from(context).add_live(ASSAY_SPACE_HOST, -static_cast<std::int64_t>(bytes));
}

void Services::note_memory(void* context, assay_space space, std::int64_t delta_bytes) {
  if (space >= 0 && space < 3) from(context).add_live(static_cast<std::size_t>(space), delta_bytes);
}

void Services::count(void* context, assay_counter counter, std::uint64_t delta) {
  if (counter < 0 || counter >= ASSAY_COUNTER_COUNT) return;
  from(context).counters_[static_cast<std::size_t>(counter)].fetch_add(delta, std::memory_order_relaxed);
}

void Services::phase(void* context, const char* name, std::uint64_t nanoseconds) {
  if (name == nullptr || std::strcmp(name, "device") != 0) return;
  Services& self = from(context);
  self.device_ns_ = self.device_ns_.value_or(0) + static_cast<std::int64_t>(nanoseconds);
}

const void* Services::extension(void* context, const char* id) {
  const std::string& folder = from(context).cache_folder_;
  const bool wanted = id != nullptr && std::strcmp(id, ASSAY_EXTENSION_CACHE_FOLDER) == 0;
  return wanted && !folder.empty() ? folder.c_str() : nullptr;
}

void Services::add_live(std::size_t space, std::int64_t delta) {
  const std::int64_t live = live_[space].fetch_add(delta, std::memory_order_relaxed) + delta;
  std::int64_t peak = peak_[space].load(std::memory_order_relaxed);
  while (live > peak && !peak_[space].compare_exchange_weak(peak, live, std::memory_order_relaxed)) {
  }
}

}  // namespace assay::plugin_host
