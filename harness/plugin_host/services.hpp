// The host side of assay_host: log, cancellation, counted allocation, memory notes, counters, phases.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assay/plugin.h"

namespace assay::plugin_host {

// Exact counts of what a plugin asked of the host since the last reset_counts().
struct ServiceCounts {
  std::uint64_t allocations = 0;
  std::uint64_t allocated_bytes = 0;
  std::array<std::int64_t, 3> live_bytes{};  // by assay_space
  std::array<std::int64_t, 3> peak_bytes{};
  std::array<std::uint64_t, ASSAY_COUNTER_COUNT> counters{};
  std::optional<std::int64_t> device_ns;  // of the phases called "device"; null: there was none
};

// Owns the assay_host table handed to one instance; must outlive it. Thread-safe where the ABI says [any-thread].
class Services {
 public:
  // cancelled: read on every poll; may be set by another process (shared memory). thread_budget >= 1. cache_folder:
  // ASSAY_EXTENSION_CACHE_FOLDER; empty: not offered.
  Services(const std::atomic<std::uint32_t>& cancelled, std::uint32_t thread_budget, std::string cache_folder = {});
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  [[nodiscard]] const assay_host* table() const { return &table_; }
  [[nodiscard]] ServiceCounts counts() const;
  void reset_counts();  // live bytes stay, peaks restart from them

 private:
  static Services& from(void* context) { return *static_cast<Services*>(context); }
  static void log(void* context, assay_severity severity, const char* utf8);
  static std::int32_t is_cancelled(void* context);
  static void* alloc(void* context, std::uint64_t bytes, std::uint64_t alignment);
  static void free(void* context, void* pointer, std::uint64_t bytes);
  static void note_memory(void* context, assay_space space, std::int64_t delta_bytes);
  static void count(void* context, assay_counter counter, std::uint64_t delta);
  static void phase(void* context, const char* name, std::uint64_t nanoseconds);
  static const void* extension(void* context, const char* id);
  void add_live(std::size_t space, std::int64_t delta);

  const std::atomic<std::uint32_t>& cancelled_;
  std::string cache_folder_;
  assay_host table_;
  std::atomic<std::uint64_t> allocations_{0};
  std::atomic<std::uint64_t> allocated_bytes_{0};
  std::array<std::atomic<std::int64_t>, 3> live_{};
  std::array<std::atomic<std::int64_t>, 3> peak_{};
  std::array<std::atomic<std::uint64_t>, ASSAY_COUNTER_COUNT> counters_{};
  std::optional<std::int64_t> device_ns_;
};

}  // namespace assay::plugin_host
