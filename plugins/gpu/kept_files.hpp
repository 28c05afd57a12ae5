// What GPU variants keep for later processes of a run: compiled kernels and tuned grids, below the folder that the host
// offers (ASSAY_EXTENSION_CACHE_FOLDER).
#pragma once

#include <filesystem>
#include <optional>
#include <utility>

#include "matcher/gpu/device/autotuner.hpp"
#include "matcher/gpu/device/kernel_disk_cache.hpp"

namespace assay::gpu {

// A folder that is missing, read-only or damaged costs speed and nothing else.
class KeptFiles {
 public:
  // folder: empty: nothing is kept.
  explicit KeptFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] std::optional<matcher::gpu::KernelDiskCache> kernels() const;

  // What was remembered last, or nothing.
  [[nodiscard]] matcher::gpu::Autotuner grids() const;
  // All that the tuner knows, in place of what was remembered: whole or not at all. Of two processes that write at the
  // same time one is lost, and will be measured again.
  void remember(const matcher::gpu::Autotuner& grids) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace assay::gpu
