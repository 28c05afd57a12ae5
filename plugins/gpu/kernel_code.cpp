#include "plugins/gpu/kernel_code.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "matcher/gpu/layout/views.hpp"
#include "plugins/gpu/device_failure.hpp"
#include "plugins/gpu/kernel_grid.hpp"
#include "plugins/gpu/kernel_headers.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;

constexpr std::size_t kMostKept = 8;  // one for every length there is

Nvrtc open_compiler() {
  auto compiler = Nvrtc::open();
  if (!compiler) throw sdk::Failure(ASSAY_E_UNSUPPORTED, compiler.error().message);
  return std::move(*compiler);
}

}  // namespace

KernelSource fused_source(std::size_t longest) {
  KernelSource source;
  source.name = "fused.cu";
  source.text = "#include \"matcher/gpu/kernels/fused.cuh\"\n";
  source.headers = kernel_headers();
  source.expressions = {"matcher::gpu::fused_kernel<" + std::to_string(longest) +
                        ", matcher::gpu::AuditedPairs, matcher::gpu::PackedScores>"};
  source.options = {"--std=c++20", "--fmad=false"};
  return source;
}

std::size_t specialised_length(std::size_t symbols) {
  return std::max<std::size_t>(8, (symbols + 7) / 8 * 8);
}

void KernelCode::require_compiler() {
  static_cast<void>(open_compiler());
}

KernelCode::KernelCode(CodeChoice choice, KeptFiles files)
    : choice_(choice), files_(std::move(files)), compiler_(open_compiler()) {
  forget();
}

bool KernelCode::keeps_in_memory() const {
  return choice_ != CodeChoice::kCompiledEachTime && choice_ != CodeChoice::kReadEachTime;
}

bool KernelCode::keeps_on_disk() const {
  return choice_ == CodeChoice::kKeptOnDisk || choice_ == CodeChoice::kReadEachTime;
}

void KernelCode::forget() {
  kernels_ =
      std::make_unique<KernelCache>([this](const KernelSource& source) { return compiler_.compile(source); },
                                    compiler_.version(), kMostKept, keeps_on_disk() ? files_.kernels() : std::nullopt);
}

cudaKernel_t KernelCode::load(ResourceTracker& tracker, std::size_t symbols) {
  if (!keeps_in_memory()) forget();
  KernelSource source =
      fused_source(choice_ == CodeChoice::kSpecialised ? specialised_length(symbols) : kAuditedTextSymbols);
  const cudaDeviceProp device = current_device();
  source.architecture = "sm_" + std::to_string(device.major * 10 + device.minor);
  const std::uint64_t compiled = kernels_->counters().compilations;
  const auto kernel = kernels_->get(source);
  if (!kernel) throw sdk::Failure(ASSAY_E_DEVICE, kernel.error().message);
  ++cache_.requests;
  if (kernels_->counters().compilations == compiled) ++cache_.hits;
  library_ = value_of(load_library(tracker, (*kernel)->image, "kernels compiled at run time"));
  return value_of(find_kernel(library_, (*kernel)->lowered_names.at(source.expressions.front())));
}

std::optional<CacheCounts> KernelCode::cache() const {
  return keeps_in_memory() || keeps_on_disk() ? std::optional(cache_) : std::nullopt;
}

}  // namespace assay::gpu
