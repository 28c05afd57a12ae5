// Kernels of the axes' measurement, for nvcc.
#include "matcher/gpu/device/axes/row_digest.hpp"
#include "matcher/gpu/device/grid.hpp"

namespace matcher::gpu {
namespace {

__global__ void digest_rows(const RowPair* pairs, std::uint32_t* digests, std::size_t count) {
  const std::size_t i = std::size_t{blockIdx.x} * blockDim.x + threadIdx.x;
  if (i < count) digests[i] = digest_of(pairs[i]);
}

__global__ void do_nothing(int) {}

}  // namespace

DeviceStatus enqueue_row_digests(const DeviceTile& tile) {
  return check("launch of digest_rows", launch(static_shape(tile.items, {}), tile.stream, digest_rows,
                                               tile.input<RowPair>(0), tile.output<std::uint32_t>(0), tile.items));
}

DeviceStatus enqueue_empty_kernels(cudaStream_t stream, int count) {
  for (int i = 0; i < count; ++i) {
    DeviceStatus status = check("launch of do_nothing", launch(static_shape(1, {}), stream, do_nothing, i));
    if (!status) return status;
  }
  return {};
}

}  // namespace matcher::gpu
