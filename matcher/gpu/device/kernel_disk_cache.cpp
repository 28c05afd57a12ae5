// Layout of an entry: mark, check sum, key, image, names.
#include "matcher/gpu/device/kernel_disk_cache.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "matcher/gpu/device/byte_text.hpp"
#include "matcher/io/pending_file.hpp"

namespace matcher::gpu {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "assay-kernel/1\n";
constexpr std::string_view kSuffix = ".kernel";

std::string encode(const std::string& key, const CompiledKernel& kernel) {
  std::string body;
  put_text(body, key);
  put_text(body, kernel.image);
  put_number(body, kernel.lowered_names.size());
  for (const auto& [expression, name] : kernel.lowered_names) {
    put_text(body, expression);
    put_text(body, name);
  }
  std::string file(kMark);
  put_number(file, XXH3_64bits(body.data(), body.size()));
  return file + body;
}

// Empty if the bytes are not what encode wrote for this key.
std::optional<CompiledKernel> decode(std::string_view file, std::string_view key) {
  if (!file.starts_with(kMark)) return std::nullopt;
  file.remove_prefix(kMark.size());
  ByteReader head(file);
  const auto sum = head.number();
  if (!sum) return std::nullopt;
  file.remove_prefix(sizeof *sum);
  if (*sum != XXH3_64bits(file.data(), file.size())) return std::nullopt;
  ByteReader body(file);
  const auto stored_key = body.text();
  const auto image = body.text();
  const auto names = body.number();
  if (!names || stored_key != key) return std::nullopt;
  CompiledKernel kernel{std::string(*image), {}};
  for (std::uint64_t i = 0; i < *names; ++i) {
    const auto expression = body.text();
    const auto name = body.text();
    if (!name) return std::nullopt;
    kernel.lowered_names.emplace(*expression, *name);
  }
  if (!body.at_end()) return std::nullopt;
  return kernel;
}

}  // namespace

KernelDiskCache::KernelDiskCache(fs::path folder, std::uintmax_t most_bytes)
    : folder_(std::move(folder)), most_bytes_(most_bytes) {}

fs::path KernelDiskCache::path_of(const std::string& key) const {
  const XXH128_hash_t hash = XXH3_128bits(key.data(), key.size());
  return folder_ / fmt::format("{:016x}{:016x}{}", hash.high64, hash.low64, kSuffix);
}

std::optional<CompiledKernel> KernelDiskCache::find(const std::string& key) {
  const fs::path path = path_of(key);
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  const std::string file{std::istreambuf_iterator<char>(stream), {}};
  auto kernel = decode(file, key);
  std::error_code ignored;  // the entry is as good with an old time, and may have been removed by another process
  if (kernel) {
    fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
  } else {
    ++counters_.damaged;
    fs::remove(path, ignored);
  }
  return kernel;
}

void KernelDiskCache::store(const std::string& key, const CompiledKernel& kernel) {
  std::error_code error;
  fs::create_directories(folder_, error);
  auto file = PendingFile::open(path_of(key));
  if (!file || !file->write(encode(key, kernel)) || !file->commit()) {
    ++counters_.failed_stores;
    return;
  }
  evict();
}

void KernelDiskCache::evict() {
  struct Entry {
    fs::file_time_type time;
    fs::path path;
    std::uintmax_t bytes;
  };
  std::vector<Entry> entries;
  std::uintmax_t total = 0;
  std::error_code error;
  for (const fs::directory_entry& file : fs::directory_iterator(folder_, error)) {
    if (file.path().extension() != kSuffix) continue;
    const std::uintmax_t bytes = file.file_size(error);
    if (error) continue;  // removed by another process in the meantime
    entries.push_back({file.last_write_time(error), file.path(), bytes});
    total += bytes;
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& left, const Entry& right) { return left.time < right.time; });
  for (const Entry& entry : entries) {
    if (total <= most_bytes_) break;
    if (fs::remove(entry.path, error)) ++counters_.evictions;
    total -= entry.bytes;
  }
}

}  // namespace matcher::gpu
