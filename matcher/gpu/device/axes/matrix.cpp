// Runs the cells of the matrix.
#include "matcher/gpu/device/axes/matrix.hpp"

#include <algorithm>
#include <random>

namespace matcher::gpu {
namespace {

constexpr HostMemoryChoice kHostMemories[] = {HostMemoryChoice::kPageable, HostMemoryChoice::kPinnedPool,
                                              HostMemoryChoice::kRegistered, HostMemoryChoice::kManaged};
constexpr DeviceBufferChoice kDeviceBuffers[] = {DeviceBufferChoice::kPerTile, DeviceBufferChoice::kPool,
                                                 DeviceBufferChoice::kStreamOrdered};

// With one tile size and one number of streams.
void add_combinations(std::vector<PipelineOptions>& cells, std::size_t tile, unsigned streams) {
  for (const auto host : kHostMemories)
    for (const auto buffers : kDeviceBuffers) {
      if (host == HostMemoryChoice::kManaged && buffers != DeviceBufferChoice::kPerTile) continue;
      for (const auto wait : {WaitChoice::kStream, WaitChoice::kBlockingEvent, WaitChoice::kPolling})
        for (const auto submission : {SubmissionChoice::kPerTile, SubmissionChoice::kGraph}) {
          PipelineOptions cell;
          cell.tile_items = tile;
          cell.streams = streams;
          cell.host_memory = host;
          cell.device_buffers = buffers;
          cell.wait = wait;
          cell.submission = submission;
          cells.push_back(cell);
        }
    }
}

std::vector<PipelineOptions> all_cells(const MatrixOptions& options) {
  std::vector<PipelineOptions> cells;
  for (const std::size_t tile : options.tile_items)
    for (const unsigned streams : options.streams) add_combinations(cells, tile, streams);
  std::shuffle(cells.begin(), cells.end(), std::mt19937_64(options.seed));
  return cells;
}

}  // namespace

Matrix measure_matrix(ResourceTracker& tracker, const MatrixOptions& options) {
  const auto start = options.cell.now();
  DigestJob job(options.items, options.seed);
  Matrix matrix;
  const std::vector<PipelineOptions> cells = all_cells(options);
  for (const PipelineOptions& cell_options : cells) {
    if (options.cell.now() - start >= options.time_in_all) break;
    AxesCell& cell = matrix.cells.emplace_back();
    cell.options = cell_options;
    cell.items = options.items;
    if (!measure_cell(tracker, job, options.cell, cell)) break;
  }
  matrix.not_measured = cells.size() - matrix.cells.size();
  return matrix;
}

}  // namespace matcher::gpu
