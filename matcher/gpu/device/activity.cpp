// Sums and the trace of activities.
#include "matcher/gpu/device/activity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace matcher::gpu {
namespace {

bool takes_time(const Activity& activity) {
  return activity.kind != ActivityKind::kAllocation && activity.kind != ActivityKind::kRelease;
}

std::uint64_t union_of(std::vector<std::pair<std::uint64_t, std::uint64_t>> intervals) {
  std::sort(intervals.begin(), intervals.end());
  std::uint64_t covered = 0;
  std::uint64_t reached = 0;
  for (const auto& [begin, end] : intervals) {
    if (end <= reached) continue;
    covered += end - std::max(begin, reached);
    reached = end;
  }
  return covered;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      out += '\\';
      out += letter;
    } else if (static_cast<unsigned char>(letter) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(letter));
    } else {
      out += letter;
    }
  }
  return out;
}

std::string_view label_of(const Activity& activity) {
  switch (activity.kind) {
    case ActivityKind::kKernel:
      return activity.name;
    case ActivityKind::kUpload:
      return "copy to device";
    case ActivityKind::kDownload:
      return "copy to host";
    case ActivityKind::kOtherCopy:
      return "copy";
    case ActivityKind::kAllocation:
      return "allocate";
    case ActivityKind::kRelease:
      break;
  }
  return "release";
}

std::string arguments_of(const Activity& activity) {
  if (activity.kind == ActivityKind::kKernel) {
    return fmt::format(R"("registers":{},"blocks":{},"block_threads":{},"graph":{})", activity.registers,
                       activity.blocks, activity.block_threads, activity.graph);
  }
  const std::string_view host = activity.host == HostMemoryKind::kPinned     ? "pinned"
                                : activity.host == HostMemoryKind::kPageable ? "pageable"
                                                                             : "unknown";
  return fmt::format(R"("bytes":{},"host_memory":"{}")", activity.bytes, host);
}

// Microseconds with three digits: nothing of a nanosecond is lost, as it would be in a floating-point number.
std::string microseconds(std::uint64_t nanoseconds) {
  return fmt::format("{}.{:03}", nanoseconds / 1000, nanoseconds % 1000);
}

}  // namespace

std::optional<double> ActivityTotals::overlap() const {
  const std::uint64_t sum = kernel_ns + upload_ns + download_ns;
  if (sum == 0) return std::nullopt;
  return 1 - static_cast<double>(span_ns) / static_cast<double>(sum);
}

ActivityTotals totals_of(std::span<const Activity> activities) {
  ActivityTotals totals;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> kernels;
  std::uint64_t first = UINT64_MAX;
  std::uint64_t last = 0;
  for (const Activity& activity : activities) {
    const std::uint64_t time = activity.end_ns - activity.begin_ns;
    if (takes_time(activity)) {
      first = std::min(first, activity.begin_ns);
      last = std::max(last, activity.end_ns);
    }
    switch (activity.kind) {
      case ActivityKind::kKernel:
        ++totals.kernels;
        totals.kernel_ns += time;
        kernels.emplace_back(activity.begin_ns, activity.end_ns);
        break;
      case ActivityKind::kUpload:
        ++totals.uploads;
        totals.upload_bytes += activity.bytes;
        totals.upload_ns += time;
        break;
      case ActivityKind::kDownload:
        ++totals.downloads;
        totals.download_bytes += activity.bytes;
        totals.download_ns += time;
        break;
      case ActivityKind::kAllocation:
        ++totals.allocations;
        break;
      case ActivityKind::kRelease:
        ++totals.releases;
        break;
      case ActivityKind::kOtherCopy:
        break;
    }
    totals.pageable_copies += activity.host == HostMemoryKind::kPageable;
    totals.pinned_copies += activity.host == HostMemoryKind::kPinned;
  }
  totals.kernel_union_ns = union_of(std::move(kernels));
  totals.span_ns = last > first ? last - first : 0;
  return totals;
}

std::string chrome_trace(std::span<const Activity> activities, std::string_view process_name) {
  std::uint64_t first = UINT64_MAX;
  std::set<std::uint32_t> streams;
  for (const Activity& activity : activities) {
    first = std::min(first, activity.begin_ns);
    streams.insert(activity.stream);
  }
  std::string text = fmt::format(
      R"({{"displayTimeUnit":"ns","traceEvents":[{{"name":"process_name","ph":"M","pid":0,"tid":0,"args":{{"name":"{}"}}}})",
      escaped(process_name));
  for (const std::uint32_t stream : streams) {
    text += fmt::format(
        ",\n"
        R"({{"name":"thread_name","ph":"M","pid":0,"tid":{},"args":{{"name":"stream {}"}}}})",
        stream, stream);
  }
  for (const Activity& activity : activities) {
    const std::string shape =
        takes_time(activity) ? fmt::format(R"("ph":"X","dur":{})", microseconds(activity.end_ns - activity.begin_ns))
                             : std::string(R"("ph":"i","s":"t")");
    text += fmt::format(
        ",\n"
        R"({{"name":"{}",{},"pid":0,"tid":{},"ts":{},"args":{{{}}}}})",
        escaped(label_of(activity)), shape, activity.stream, microseconds(activity.begin_ns - first),
        arguments_of(activity));
  }
  return text + "]}\n";
}

}  // namespace matcher::gpu
