// Rungs that are more than one kernel of four integers.
#include "plugins/gpu/rungs.hpp"

#include <cassert>

namespace assay::gpu {

using namespace matcher::gpu;

namespace {

using Kernels = PairKernels<AuditedPairs>;

constexpr std::uint32_t kLanes = 32;
constexpr std::uint32_t kPitch =
    kAuditedTextSymbols + 1;  // cells of a diagonal: a row of the matrix per symbol, and one

LaunchShape warps_for(std::size_t pairs) {
  return static_shape(pairs * kLanes, KernelFacts{});
}

}  // namespace

Job FourKernels::gather(std::span<const RowPair> pairs) {
  Job job{.items = pairs.size(), .inputs = layout_.gather(pairs), .outputs = {}};
  for (auto& percents : percents_) {
    percents.resize(pairs.size());
    job.outputs.push_back(output_of(percents));
  }
  return job;
}

DeviceStatus FourKernels::enqueue(const DeviceTile& tile) {
  const AuditedPairs pairs = layout_.source(tile);
  const LaunchShape shape = static_shape(tile.items, KernelFacts{});
  constexpr Kernels::Percents (*kMetrics[])() = {Kernels::levenshtein, Kernels::jaro, Kernels::jaro_winkler};
  for (std::size_t metric = 0; metric < std::size(kMetrics); ++metric) {
    const auto status =
        check("launch", start(shape, tile.stream, kMetrics[metric](), pairs, tile.output<float>(metric)));
    if (!status) return status;
  }
  return check("launch", start(shape, tile.stream, largest_of_three(), tile.output<float>(0), tile.output<float>(1),
                               tile.output<float>(2), tile.output<float>(3), pairs.pairs));
}

void WarpPerPair::prepare(const Setting& setting) {
  assert(setting.options.streams == 1);
  layout_.prepare(setting);
  const LaunchShape shape = warps_for(setting.options.tile_items);
  const std::size_t warps = std::size_t{shape.grid.x} * shape.block.x / kLanes;
  diagonals_ = value_of(allocate_device(setting.tracker, warps * 3 * kPitch * sizeof(int), "diagonals of all warps"));
}

void WarpPerPair::release() noexcept {
  layout_.release();
  static_cast<void>(diagonals_.close());
}

Job WarpPerPair::gather(std::span<const RowPair> pairs) {
  distances_.resize(pairs.size());
  return {.items = pairs.size(), .inputs = layout_.gather(pairs), .outputs = {output_of(distances_)}};
}

DeviceStatus WarpPerPair::enqueue(const DeviceTile& tile) {
  return check("launch", start(warps_for(tile.items), tile.stream, Kernels::warp_per_pair(), layout_.source(tile),
                               static_cast<int*>(diagonals_.get()), kPitch, tile.output<std::uint32_t>(0)));
}

}  // namespace assay::gpu
