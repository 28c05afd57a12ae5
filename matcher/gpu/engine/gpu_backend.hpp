// The GPU as the engine's filter, for programs that know nothing of CUDA. A build without CUDA's compiler has the same
// functions (no_gpu_backend.cpp).
#pragma once

#include <memory>
#include <optional>

#include "matcher/engine/device_choice.hpp"
#include "matcher/engine/pair_filter.hpp"

namespace matcher::gpu {

// Nothing if a GPU can be used. Loads the driver, if there is one.
[[nodiscard]] std::optional<GpuMissing> look_for_gpu();

// Scores all pairs of equal keys by block kernels; what these cannot read (names above 32 symbols, rare symbols) it
// hands on as it is. Device memory that does not suffice makes the pieces smaller. Uses the current device from the
// first job on, and gives back all it took after each.
[[nodiscard]] std::unique_ptr<PairFilter> make_gpu_filter();

}  // namespace matcher::gpu
