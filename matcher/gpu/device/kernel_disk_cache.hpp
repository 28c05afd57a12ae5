// Compiled kernels in a folder: one file each, whole or not there, checked when read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "matcher/gpu/device/kernel_source.hpp"

namespace matcher::gpu {

struct DiskCacheCounters {
  std::uint64_t damaged = 0;  // entries that failed their check, removed
  std::uint64_t evictions = 0;
  std::uint64_t failed_stores = 0;  // full or read-only folder; only speed is lost
};

// Several processes may use one folder. Not thread-safe.
class KernelDiskCache {
 public:
  // most_bytes: of all entries together; the least recently used go first.
  KernelDiskCache(std::filesystem::path folder, std::uintmax_t most_bytes);

  [[nodiscard]] std::optional<CompiledKernel> find(const std::string& key);
  void store(const std::string& key, const CompiledKernel& kernel);
  [[nodiscard]] const DiskCacheCounters& counters() const { return counters_; }

 private:
  [[nodiscard]] std::filesystem::path path_of(const std::string& key) const;
  void evict();

  std::filesystem::path folder_;
  std::uintmax_t most_bytes_;
  DiskCacheCounters counters_;
};

}  // namespace matcher::gpu
