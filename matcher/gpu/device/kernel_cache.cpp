// Memory, then disk, then compiler.
#include "matcher/gpu/device/kernel_cache.hpp"

#include <cassert>
#include <utility>

#include "matcher/gpu/device/byte_text.hpp"

namespace matcher::gpu {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

std::string cache_key(const KernelSource& source, int compiler_version) {
  std::string key;
  put_number(key, static_cast<std::uint64_t>(compiler_version));
  put_text(key, source.architecture);
  put_number(key, source.options.size());
  for (const std::string& option : source.options) put_text(key, option);
  put_number(key, source.expressions.size());
  for (const std::string& expression : source.expressions) put_text(key, expression);
  put_number(key, source.headers.size());
  for (const auto& [name, text] : source.headers) {
    put_text(key, name);
    put_text(key, text);
  }
  put_text(key, source.text);
  return key;
}

KernelCache::KernelCache(CompileKernel compile, int compiler_version, std::size_t most_in_memory,
                         std::optional<KernelDiskCache> disk)
    : compile_(std::move(compile)),
      compiler_version_(compiler_version),
      most_in_memory_(most_in_memory),
      disk_(std::move(disk)) {
  assert(most_in_memory > 0);
}

Result<std::shared_ptr<const CompiledKernel>> KernelCache::get(const KernelSource& source) {
  const std::lock_guard lock(mutex_);
  const Clock::time_point start = Clock::now();
  std::string key = cache_key(source, compiler_version_);
  if (const auto known = by_key_.find(key); known != by_key_.end()) {
    entries_.splice(entries_.begin(), entries_, known->second);
    ++counters_.memory_hits;
    counters_.memory_hit_time += Clock::now() - start;
    return entries_.front().kernel;
  }
  if (disk_) {
    if (auto stored = disk_->find(key)) {
      auto kernel = remember(std::move(key), std::move(*stored));
      ++counters_.disk_hits;
      counters_.disk_hit_time += Clock::now() - start;
      return kernel;
    }
  }
  const Clock::time_point compile_start = Clock::now();
  auto compiled = compile_(source);
  counters_.compile_time += Clock::now() - compile_start;
  ++counters_.compilations;
  if (!compiled) return matcher::hand_on(compiled);
  if (disk_) disk_->store(key, *compiled);
  return remember(std::move(key), std::move(*compiled));
}

std::shared_ptr<const CompiledKernel> KernelCache::remember(std::string key, CompiledKernel kernel) {
  if (entries_.size() == most_in_memory_) {
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
    ++counters_.memory_evictions;
  }
  entries_.push_front({std::move(key), std::make_shared<const CompiledKernel>(std::move(kernel))});
  by_key_[entries_.front().key] = entries_.begin();
  return entries_.front().kernel;
}

KernelCacheCounters KernelCache::counters() const {
  const std::lock_guard lock(mutex_);
  KernelCacheCounters counters = counters_;
  if (disk_) counters.disk = disk_->counters();
  return counters;
}

}  // namespace matcher::gpu
