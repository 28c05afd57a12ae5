// The launches, for every kind of kernel that the variants start.
#include "plugins/gpu/enqueue.hpp"

#include "matcher/gpu/kernels/catalog.hpp"

namespace assay::gpu {

using namespace matcher::gpu;

template <class... P>
cudaError_t start(const LaunchShape& shape, cudaStream_t stream, void (*kernel)(P...),
                  std::type_identity_t<P>... arguments) {
  return launch(shape, stream, kernel, arguments...);
}

template <class... P>
using Start = cudaError_t(const LaunchShape&, cudaStream_t, void (*)(P...), std::type_identity_t<P>...);

template Start<AuditedPairs, float*> start;
template Start<AuditedPairs, PackedScores> start;
template Start<PackedPairs<std::uint8_t>, PackedScores> start;
template Start<RowPairs<32>, PackedScores> start;
template Start<RowPairs<64>, PackedScores> start;
template Start<AuditedPairs, PackedScores, WorkQueue> start;
template Start<AuditedPairs, int*, std::uint32_t, std::uint32_t*> start;
template Start<const float*, const float*, const float*, float*, std::uint32_t> start;

}  // namespace assay::gpu
