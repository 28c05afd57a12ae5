// What a build without CUDA's compiler says.
#include "matcher/gpu/engine/gpu_backend.hpp"

namespace matcher::gpu {
namespace {

class NoFilter : public PairFilter {
 public:
  Result<std::uint64_t> filter(const FilterJob&, const TakePairs&) override {
    return fail(ErrorKind::kInternal, "this build has no GPU support; build it with a CUDA toolkit");
  }
};

}  // namespace

std::optional<GpuMissing> look_for_gpu() {
  return GpuMissing{"this build has no GPU support", "build it where nvcc is on the PATH, or take --device cpu"};
}

std::unique_ptr<PairFilter> make_gpu_filter() {
  return std::make_unique<NoFilter>();
}

}  // namespace matcher::gpu
