// The fused kernel, compiled when the data is there: axis "code".
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <memory>
#include <optional>

#include "matcher/gpu/device/kernel_cache.hpp"
#include "matcher/gpu/device/nvrtc.hpp"
#include "matcher/gpu/device/resources.hpp"
#include "plugins/gpu/kept_files.hpp"
#include "plugins/gpu/rung.hpp"

namespace assay::gpu {

enum class CodeChoice {
  kCompiledEachTime,  // by NVRTC in every prepare, for texts of up to 64 symbols as ahead of time
  kKept,              // the same, compiled once and kept
  kSpecialised,       // kept, for texts of the data's length
  kKeptOnDisk,        // kept, and written down for later processes of the run
  kReadEachTime,      // read from disk in every prepare: what a new process pays
};

// What NVRTC gets: the fused kernel on audited structures, for texts of at most `longest` symbols.
[[nodiscard]] matcher::gpu::KernelSource fused_source(std::size_t longest);

// The length that a kernel for names of up to `symbols` is made for: multiples of 8, so that data of about one length
// share a kernel. REQUIRES: symbols <= 64.
[[nodiscard]] std::size_t specialised_length(std::size_t symbols);

// Call order: (load release)*. Not thread-safe. Files that cannot be written or read cost a compilation.
class KernelCode {
 public:
  // Throws Failure (ASSAY_E_UNSUPPORTED) where there is no NVRTC, as the constructor does.
  static void require_compiler();

  KernelCode(CodeChoice choice, KeptFiles files);

  // The kernel for names of up to `symbols`; lives until release. Throws Failure.
  [[nodiscard]] cudaKernel_t load(matcher::gpu::ResourceTracker& tracker, std::size_t symbols);
  void release() noexcept { static_cast<void>(library_.close()); }
  // Since it was made, or since the last load if nothing is kept in memory.
  [[nodiscard]] matcher::gpu::KernelCacheCounters counters() const { return kernels_->counters(); }
  // Since it was made; null: nothing is kept. A hit is a load without a compilation.
  [[nodiscard]] std::optional<CacheCounts> cache() const;

 private:
  void forget();
  [[nodiscard]] bool keeps_in_memory() const;
  [[nodiscard]] bool keeps_on_disk() const;

  CodeChoice choice_;
  KeptFiles files_;
  matcher::gpu::Nvrtc compiler_;
  std::unique_ptr<matcher::gpu::KernelCache> kernels_;
  matcher::gpu::Library library_;
  CacheCounts cache_;
};

}  // namespace assay::gpu
