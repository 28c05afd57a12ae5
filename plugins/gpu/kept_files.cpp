#include "plugins/gpu/kept_files.hpp"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>

#include "matcher/io/pending_file.hpp"

namespace assay::gpu {
namespace {

constexpr const char* kKernelFolder = "gpu-kernels";
constexpr const char* kGridFile = "gpu-grids.txt";
constexpr std::uintmax_t kMostKernelBytes = std::uintmax_t{64} << 20;  // thousands: a fused kernel has some ten KB

}  // namespace

std::optional<matcher::gpu::KernelDiskCache> KeptFiles::kernels() const {
  if (folder_.empty()) return std::nullopt;
  return matcher::gpu::KernelDiskCache(folder_ / kKernelFolder, kMostKernelBytes);
}

matcher::gpu::Autotuner KeptFiles::grids() const {
  if (folder_.empty()) return {};
  std::ifstream stream(folder_ / kGridFile, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  auto grids = matcher::gpu::Autotuner::from_text(text);
  return grids ? std::move(*grids) : matcher::gpu::Autotuner();
}

void KeptFiles::remember(const matcher::gpu::Autotuner& grids) const {
  if (folder_.empty()) return;
  auto file = matcher::PendingFile::open(folder_ / kGridFile);
  if (file && file->write(grids.to_text())) static_cast<void>(file->commit());
}

}  // namespace assay::gpu
