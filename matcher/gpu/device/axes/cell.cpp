// Runs one cell.
#include "matcher/gpu/device/axes/cell.hpp"

#include <algorithm>
#include <random>
#include <span>

#include "matcher/gpu/device/profile_range.hpp"

namespace matcher::gpu {
namespace {

constexpr std::size_t kMostSamples = 50;
constexpr std::size_t kFewestSamples = 3;

DeviceStatus run_cell(ResourceTracker& tracker, DigestJob& job, const CellLimits& limits, AxesCell& cell) {
  const std::string name = name_of(cell.options.host_memory) + "-" + name_of(cell.options.device_buffers) + "-" +
                           name_of(cell.options.wait) + "-" + name_of(cell.options.submission);
  auto pipeline = TilePipeline::open(tracker, cell.options);
  if (!pipeline) return hand_on(pipeline);
  const Job work = job.first(cell.items);
  const auto start = limits.now();
  for (std::size_t run = 0; run <= kMostSamples; ++run) {
    const bool enough = run > kFewestSamples && limits.now() - start >= limits.time;
    if (enough) break;
    job.forget(cell.items);
    const ProfileRange range(name, "run");
    const auto before = limits.now();
    auto report = pipeline->run(work, enqueue_row_digests);
    const auto time = limits.now() - before;
    if (!report) return hand_on(report);
    cell.report = *report;
    cell.correct = job.is_right(cell.items);
    if (!cell.correct) {
      cell.times.clear();
      return {};
    }
    if (run > 0) cell.times.push_back(time);  // the first one also fills pools and records graphs
  }
  std::sort(cell.times.begin(), cell.times.end());
  return {};
}

}  // namespace

DigestJob::DigestJob(std::size_t items, std::uint64_t seed) : pairs_(items), expected_(items), digests_(items) {
  std::mt19937 random(static_cast<std::mt19937::result_type>(seed));
  for (RowPair& pair : pairs_) {
    for (std::uint32_t& word : pair.words) word = static_cast<std::uint32_t>(random());
  }
  std::transform(pairs_.begin(), pairs_.end(), expected_.begin(), digest_of);
}

Job DigestJob::first(std::size_t items) {
  return {items,
          {{std::as_bytes(std::span(pairs_)).data(), sizeof(RowPair)}},
          {{std::as_writable_bytes(std::span(digests_)).data(), sizeof(std::uint32_t)}}};
}

void DigestJob::forget(std::size_t items) {
  std::fill_n(digests_.begin(), items, 0U);
}

bool DigestJob::is_right(std::size_t items) const {
  return std::equal(digests_.begin(), digests_.begin() + static_cast<std::ptrdiff_t>(items), expected_.begin());
}

std::optional<std::chrono::nanoseconds> AxesCell::median() const {
  if (times.empty()) return std::nullopt;
  return times[times.size() / 2];
}

std::optional<double> AxesCell::items_per_second() const {
  const auto middle = median();
  if (!middle || middle->count() <= 0) return std::nullopt;
  return static_cast<double>(items) * 1e9 / static_cast<double>(middle->count());
}

bool measure_cell(ResourceTracker& tracker, DigestJob& job, const CellLimits& limits, AxesCell& cell) {
  const DeviceStatus status = run_cell(tracker, job, limits, cell);
  if (status) return true;
  cell.error = status.error().message;
  cell.times.clear();
  cell.correct = false;
  return status.error().failure != DeviceFailure::kDeviceLost;
}

std::string name_of(HostMemoryChoice choice) {
  if (choice == HostMemoryChoice::kPinnedPool) return "pinned pool";
  if (choice == HostMemoryChoice::kManaged) return "managed";
  return choice == HostMemoryChoice::kRegistered ? "registered" : "pageable";
}

std::string name_of(DeviceBufferChoice choice) {
  if (choice == DeviceBufferChoice::kPool) return "pool";
  return choice == DeviceBufferChoice::kStreamOrdered ? "stream-ordered" : "per tile";
}

std::string name_of(WaitChoice choice) {
  if (choice == WaitChoice::kBlockingEvent) return "blocking event";
  return choice == WaitChoice::kPolling ? "polling" : "stream";
}

std::string name_of(SubmissionChoice choice) {
  return choice == SubmissionChoice::kGraph ? "graph" : "per tile";
}

}  // namespace matcher::gpu
