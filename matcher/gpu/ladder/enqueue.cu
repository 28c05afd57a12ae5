#include "matcher/gpu/ladder/enqueue.hpp"

#include <utility>

#include "matcher/gpu/device/grid.hpp"
#include "matcher/gpu/device/launch.hpp"
#include "matcher/gpu/kernels/catalog.hpp"

namespace matcher::gpu {
namespace {

constexpr std::uint32_t kLanes = 32;
constexpr std::uint32_t kRowsPerTask = 32;

template <class... P, class... A>
DeviceStatus start(const LaunchShape& shape, cudaStream_t stream, void (*kernel)(P...), A&&... arguments) {
  return check("launch", launch(shape, stream, kernel, std::forward<A>(arguments)...));
}

LaunchShape thread_each(std::uint32_t items, std::size_t shared_bytes_per_thread = 0) {
  KernelFacts facts;
  facts.dynamic_shared_bytes_per_thread = shared_bytes_per_thread;
  return static_shape(items, facts);
}

// A warp for every task.
LaunchShape warp_each_task(const BlockInput& input) {
  const std::uint32_t runs = (input.left.rows.rows + kRowsPerTask - 1) / kRowsPerTask;
  return thread_each(input.right.tiles * runs * kLanes);
}

template <class Source>
struct Choice {
  typename PairKernels<Source>::Scores kernel;
  std::uint32_t shared_bytes_per_thread;
};

template <class Source>
Choice<Source> choose(PairKernel kernel) {
  using Kernels = PairKernels<Source>;
  switch (kernel) {
    case PairKernel::kFusedSharedRow:
      return {Kernels::fused_shared_row(), kSharedRowBytes};
    case PairKernel::kBitParallel64Table:
      return {Kernels::bit_parallel_64_table(), kMaskTableBytes64};
    case PairKernel::kBitParallel64Planes:
      return {Kernels::bit_parallel_64_planes(), 0};
    case PairKernel::kBitParallel32Table:
      return {Kernels::bit_parallel_32_table(), kMaskTableBytes32};
    case PairKernel::kBitParallel32Planes:
      return {Kernels::bit_parallel_32_planes(), 0};
    case PairKernel::kFused:
      break;
  }
  return {Kernels::fused(), 0};
}

}  // namespace

template <class Source>
DeviceStatus enqueue_pairs(PairKernel kernel, const Source& source, PackedScores scores, cudaStream_t stream) {
  const Choice<Source> chosen = choose<Source>(kernel);
  return start(thread_each(source.pairs, chosen.shared_bytes_per_thread), stream, chosen.kernel, source, scores);
}
template DeviceStatus enqueue_pairs(PairKernel, const AuditedPairs&, PackedScores, cudaStream_t);
template DeviceStatus enqueue_pairs(PairKernel, const RowPairs<32>&, PackedScores, cudaStream_t);

DeviceStatus enqueue_four(const AuditedPairs& source, float* percents, cudaStream_t stream) {
  using Kernels = PairKernels<AuditedPairs>;
  const LaunchShape shape = thread_each(source.pairs);
  float* const jaro = percents + source.pairs;
  float* const jaro_winkler = jaro + source.pairs;
  DeviceStatus done = start(shape, stream, Kernels::levenshtein(), source, percents);
  if (done) done = start(shape, stream, Kernels::jaro(), source, jaro);
  if (done) done = start(shape, stream, Kernels::jaro_winkler(), source, jaro_winkler);
  if (!done) return done;
  return start(shape, stream, largest_of_three(), percents, jaro, jaro_winkler, jaro_winkler + source.pairs,
               source.pairs);
}

DeviceStatus enqueue_warp_per_pair(const RowPairs<32>& source, int* diagonals, std::uint32_t* distances,
                                   cudaStream_t stream) {
  return start(thread_each(kWarpPerPairWarps * kLanes), stream, PairKernels<RowPairs<32>>::warp_per_pair(), source,
               diagonals, kWarpPerPairPitch, distances);
}

DeviceStatus enqueue_block_scores(const BlockInput& input, ScoreMatrix scores, cudaStream_t stream) {
  return start(warp_each_task(input), stream, block_scores(input.slots, input.five_bits), input.left, input.right,
               CrossTasks{kRowsPerTask}, scores);
}

DeviceStatus enqueue_block_matches(const BlockInput& input, const MatchList& matches, cudaStream_t stream) {
  return start(warp_each_task(input), stream, block_matches(input.slots, input.five_bits), input.left, input.right,
               CrossTasks{kRowsPerTask}, matches);
}

DeviceStatus enqueue_pruned_matches(const BlockInput& input, const MatchList& matches, std::uint32_t* scored,
                                    cudaStream_t stream) {
  return start(warp_each_task(input), stream, pruned_matches(input.slots, input.five_bits), input.left, input.right,
               CrossTasks{kRowsPerTask}, matches, scored);
}

}  // namespace matcher::gpu
