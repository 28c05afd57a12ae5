// Every launch of the variants with one thread per pair.
#include "plugins/gpu/enqueue.hpp"

#include <utility>

#include "matcher/gpu/device/grid.hpp"
#include "matcher/gpu/device/launch.hpp"
#include "matcher/gpu/kernels/catalog.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;
using Audited = PairKernels<AuditedPairs>;

AuditedPairs pairs_of(const DeviceTile& tile) {
  return {tile.input<AuditedPair>(0), static_cast<std::uint32_t>(tile.items)};
}

template <class... P, class... A>
DeviceStatus start(const DeviceTile& tile, std::size_t shared_bytes_per_thread, void (*kernel)(P...), A&&... arguments) {
  KernelFacts facts;
  facts.dynamic_shared_bytes_per_thread = shared_bytes_per_thread;
  return check("launch", launch(static_shape(tile.items, facts), tile.stream, kernel, std::forward<A>(arguments)...));
}

DeviceStatus start_packed(const DeviceTile& tile, std::size_t shared_bytes_per_thread, Audited::Scores kernel) {
  return start(tile, shared_bytes_per_thread, kernel, pairs_of(tile), PackedScores{tile.output<matcher::PackedParts>(0)});
}

}  // namespace

DeviceStatus enqueue_four_kernels(const DeviceTile& tile) {
  const AuditedPairs pairs = pairs_of(tile);
  if (auto done = start(tile, 0, Audited::levenshtein(), pairs, tile.output<float>(0)); !done) return done;
  if (auto done = start(tile, 0, Audited::jaro(), pairs, tile.output<float>(1)); !done) return done;
  if (auto done = start(tile, 0, Audited::jaro_winkler(), pairs, tile.output<float>(2)); !done) return done;
  return start(tile, 0, largest_of_three(), tile.output<const float>(0), tile.output<const float>(1),
               tile.output<const float>(2), tile.output<float>(3), pairs.pairs);
}

DeviceStatus enqueue_fused(const DeviceTile& tile) {
  return start_packed(tile, 0, Audited::fused());
}

DeviceStatus enqueue_fused_shared_row(const DeviceTile& tile) {
  return start_packed(tile, kSharedRowBytes, Audited::fused_shared_row());
}

DeviceStatus enqueue_bit_parallel_64(const DeviceTile& tile) {
  return start_packed(tile, 0, Audited::bit_parallel_64_planes());
}

}  // namespace assay::gpu
