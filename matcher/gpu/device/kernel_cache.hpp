// Compiled kernels, kept in memory and on disk.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "matcher/gpu/device/kernel_disk_cache.hpp"
#include "matcher/gpu/device/kernel_source.hpp"
#include "matcher/model/error.hpp"

namespace matcher::gpu {

struct KernelCacheCounters {
  std::uint64_t memory_hits = 0;
  std::uint64_t disk_hits = 0;
  std::uint64_t compilations = 0;
  std::uint64_t memory_evictions = 0;
  std::chrono::nanoseconds memory_hit_time{};  // sums
  std::chrono::nanoseconds disk_hit_time{};
  std::chrono::nanoseconds compile_time{};
  DiskCacheCounters disk;
};

using CompileKernel = std::function<Result<CompiledKernel>(const KernelSource&)>;

// The least recently used kernel goes first, in memory as on disk. Thread-safe; one compilation at a time.
class KernelCache {
 public:
  // disk: empty: none. REQUIRES: most_in_memory > 0.
  KernelCache(CompileKernel compile, int compiler_version, std::size_t most_in_memory,
              std::optional<KernelDiskCache> disk);

  // The kernel, from the fastest place that has it. Errors: the compiler's; nothing is kept then.
  [[nodiscard]] Result<std::shared_ptr<const CompiledKernel>> get(const KernelSource& source);
  [[nodiscard]] KernelCacheCounters counters() const;

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const CompiledKernel> kernel;
  };
  [[nodiscard]] std::shared_ptr<const CompiledKernel> remember(std::string key, CompiledKernel kernel);

  CompileKernel compile_;
  int compiler_version_;
  std::size_t most_in_memory_;
  std::optional<KernelDiskCache> disk_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
  KernelCacheCounters counters_;
};

}  // namespace matcher::gpu
