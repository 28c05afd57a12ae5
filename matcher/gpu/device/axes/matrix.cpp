// Runs the cells of the matrix.
#include "matcher/gpu/device/axes/matrix.hpp"

#include <algorithm>
#include <random>
#include <span>
#include <utility>

#include "matcher/gpu/device/axes/row_digest.hpp"
#include "matcher/gpu/device/profile_range.hpp"

namespace matcher::gpu {
namespace {

constexpr std::size_t kMostSamples = 50;
constexpr std::size_t kFewestSamples = 3;

struct Data {
  std::vector<RowPair> pairs;
  std::vector<std::uint32_t> expected;
  std::vector<std::uint32_t> digests;
};

Data make_data(std::size_t items, std::uint64_t seed) {
  Data data{std::vector<RowPair>(items), std::vector<std::uint32_t>(items), std::vector<std::uint32_t>(items)};
  std::mt19937 random(static_cast<std::mt19937::result_type>(seed));
  for (RowPair& pair : data.pairs) {
    for (std::uint32_t& word : pair.words) word = static_cast<std::uint32_t>(random());
  }
  std::transform(data.pairs.begin(), data.pairs.end(), data.expected.begin(), digest_of);
  return data;
}

Job job_of(Data& data) {
  return {data.pairs.size(),
          {{std::as_bytes(std::span(data.pairs)).data(), sizeof(RowPair)}},
          {{std::as_writable_bytes(std::span(data.digests)).data(), sizeof(std::uint32_t)}}};
}

std::vector<PipelineOptions> all_cells(const MatrixOptions& options) {
  std::vector<PipelineOptions> cells;
  for (const std::size_t tile : options.tile_items)
    for (const unsigned streams : options.streams)
      for (const auto host : {HostMemoryChoice::kPageable, HostMemoryChoice::kPinnedPool, HostMemoryChoice::kRegistered,
                              HostMemoryChoice::kManaged})
        for (const auto buffers :
             {DeviceBufferChoice::kPerTile, DeviceBufferChoice::kPool, DeviceBufferChoice::kStreamOrdered})
          for (const auto wait : {WaitChoice::kStream, WaitChoice::kBlockingEvent, WaitChoice::kPolling})
            for (const auto submission : {SubmissionChoice::kPerTile, SubmissionChoice::kGraph}) {
              // Managed memory takes no device buffers: one choice of them is all there is to measure.
              if (host == HostMemoryChoice::kManaged && buffers != DeviceBufferChoice::kPerTile) continue;
              PipelineOptions cell;
              cell.tile_items = tile;
              cell.streams = streams;
              cell.host_memory = host;
              cell.device_buffers = buffers;
              cell.wait = wait;
              cell.submission = submission;
              cells.push_back(cell);
            }
  std::shuffle(cells.begin(), cells.end(), std::mt19937_64(options.seed));
  return cells;
}

// Fills in the cell; the status is that of the device.
DeviceStatus measure_cell(ResourceTracker& tracker, const MatrixOptions& options, Data& data, MatrixCell& cell) {
  const std::string name = name_of(cell.options.host_memory) + "-" + name_of(cell.options.device_buffers) + "-" +
                           name_of(cell.options.wait) + "-" + name_of(cell.options.submission);
  auto pipeline = TilePipeline::open(tracker, cell.options);
  if (!pipeline) return hand_on(pipeline);
  const Job job = job_of(data);
  const auto start = options.now();
  for (std::size_t run = 0; run <= kMostSamples; ++run) {
    const bool enough = run > kFewestSamples && options.now() - start >= options.time_per_cell;
    if (enough) break;
    std::fill(data.digests.begin(), data.digests.end(), 0u);
    const ProfileRange range(name, "run");
    const auto before = options.now();
    auto report = pipeline->run(job, enqueue_row_digests);
    const auto time = options.now() - before;
    if (!report) return hand_on(report);
    cell.report = *report;
    cell.correct = data.digests == data.expected;
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

Matrix measure_matrix(ResourceTracker& tracker, const MatrixOptions& options) {
  const auto start = options.now();
  Data data = make_data(options.items, options.seed);
  Matrix matrix;
  const std::vector<PipelineOptions> cells = all_cells(options);
  for (const PipelineOptions& cell_options : cells) {
    if (options.now() - start >= options.time_in_all) break;
    MatrixCell& cell = matrix.cells.emplace_back();
    cell.options = cell_options;
    const DeviceStatus status = measure_cell(tracker, options, data, cell);
    if (status) continue;
    cell.error = status.error().message;
    cell.times.clear();
    cell.correct = false;
    if (status.error().failure == DeviceFailure::kDeviceLost) break;
  }
  matrix.not_measured = cells.size() - matrix.cells.size();
  return matrix;
}

}  // namespace matcher::gpu
