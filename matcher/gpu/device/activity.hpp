// What a GPU did: kernels, copies and memory operations with their times, and sums over them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace matcher::gpu {

enum class ActivityKind { kKernel, kUpload, kDownload, kOtherCopy, kAllocation, kRelease };
enum class HostMemoryKind { kUnknown, kPageable, kPinned };  // of the host's side of a copy

struct Activity {
  ActivityKind kind = ActivityKind::kKernel;
  std::string name;            // of a kernel; otherwise empty
  std::uint64_t begin_ns = 0;  // of the device's clock, as all times here
  std::uint64_t end_ns = 0;    // equal to begin_ns: a moment
  std::uint32_t stream = 0;
  std::uint64_t bytes = 0;  // of a copy or memory operation
  HostMemoryKind host = HostMemoryKind::kUnknown;
  std::uint32_t registers = 0;  // of a kernel, per thread
  std::uint64_t blocks = 0;     // of a kernel
  std::uint32_t block_threads = 0;
  std::uint32_t graph = 0;  // it was part of; 0: none
};

struct ActivityTotals {
  std::uint64_t kernels = 0;
  std::uint64_t kernel_ns = 0;        // sum, so that kernels side by side count twice
  std::uint64_t kernel_union_ns = 0;  // time in which at least one kernel ran
  std::uint64_t uploads = 0;
  std::uint64_t upload_bytes = 0;
  std::uint64_t upload_ns = 0;
  std::uint64_t downloads = 0;
  std::uint64_t download_bytes = 0;
  std::uint64_t download_ns = 0;
  std::uint64_t pageable_copies = 0;
  std::uint64_t pinned_copies = 0;
  std::uint64_t allocations = 0;
  std::uint64_t releases = 0;
  std::uint64_t span_ns = 0;  // from the first begin to the last end of kernels and copies

  // 1 - span / sum of the parts: 0 when nothing overlaps. Empty when there is nothing.
  [[nodiscard]] std::optional<double> overlap() const;
};

[[nodiscard]] ActivityTotals totals_of(std::span<const Activity> activities);

// Chrome trace format, for chrome://tracing and Perfetto: a row per stream, times from the first activity on.
[[nodiscard]] std::string chrome_trace(std::span<const Activity> activities, std::string_view process_name);

}  // namespace matcher::gpu
