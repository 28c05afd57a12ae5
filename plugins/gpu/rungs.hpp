// The rungs of the ladder. One differs from the next by its kernels, or by its layout (layouts.hpp).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "matcher/gpu/device/resources.hpp"
#include "matcher/gpu/kernels/catalog.hpp"
#include "plugins/gpu/device_failure.hpp"
#include "plugins/gpu/enqueue.hpp"
#include "plugins/gpu/layouts.hpp"

namespace assay::gpu {

// Kernels that hand back four integers per pair, of any layout.
struct FusedKernel {
  static constexpr const char* kName = "fused";
  static constexpr std::size_t kLongest = matcher::gpu::kAuditedTextSymbols;
  static constexpr std::size_t kSharedBytesPerThread = 0;
  template <class Source>
  static auto function() {
    return matcher::gpu::PairKernels<Source>::fused();
  }
};
struct FusedSharedRowKernel : FusedKernel {
  static constexpr const char* kName = "fused_shared_row";
  static constexpr std::size_t kSharedBytesPerThread = matcher::gpu::kSharedRowBytes;
  template <class Source>
  static auto function() {
    return matcher::gpu::PairKernels<Source>::fused_shared_row();
  }
};
struct BitParallel64Kernel : FusedKernel {
  static constexpr const char* kName = "bitparallel64";
  template <class Source>
  static auto function() {
    return matcher::gpu::PairKernels<Source>::bit_parallel_64_planes();
  }
};
struct BitParallel32Kernel : FusedKernel {
  static constexpr const char* kName = "bitparallel32";
  static constexpr std::size_t kLongest = 32;
  template <class Source>
  static auto function() {
    return matcher::gpu::PairKernels<Source>::bit_parallel_32_planes();
  }
};

// One launch, four integers per pair.
template <class Kernel, class Layout>
class PackedRung : public Rung {
 public:
  [[nodiscard]] std::size_t longest() const override { return std::min(Kernel::kLongest, Layout::kLongest); }
  void prepare(const Setting& setting) override {
    layout_.prepare(setting);
    if (setting.options.grid == GridChoice::kOccupancy) grid_.use_occupancy(reinterpret_cast<const void*>(function()));
  }
  void release() noexcept override { layout_.release(); }
  [[nodiscard]] KernelGrid* grid() override { return &grid_; }
  [[nodiscard]] std::string kernel_name() const override { return Kernel::kName; }

  [[nodiscard]] matcher::gpu::Job gather(std::span<const matcher::gpu::RowPair> pairs) override {
    parts_.resize(pairs.size());
    return {.items = pairs.size(), .inputs = layout_.gather(pairs), .outputs = {output_of(parts_)}};
  }
  [[nodiscard]] matcher::gpu::DeviceStatus enqueue(const matcher::gpu::DeviceTile& tile) override {
    return matcher::gpu::check("launch", start(grid_.shape(tile.items), tile.stream, function(), layout_.source(tile),
                                               {tile.output<matcher::PackedParts>(0)}));
  }
  [[nodiscard]] Found found() const override { return {.parts = parts_, .percents = {}, .distances = {}}; }

 private:
  static auto function() { return Kernel::template function<typename Layout::Source>(); }

  Layout layout_;
  KernelGrid grid_{Kernel::kSharedBytesPerThread};
  std::vector<matcher::PackedParts> parts_;
};

using Fused = PackedRung<FusedKernel, AuditedRecords>;
using FusedSharedRow = PackedRung<FusedSharedRowKernel, AuditedRecords>;
using BitParallel64 = PackedRung<BitParallel64Kernel, AuditedRecords>;
using BitParallel32 = PackedRung<BitParallel32Kernel, AuditedRecords>;

using FusedOffsets = PackedRung<FusedKernel, OffsetArrays>;
using FusedRows64 = PackedRung<FusedKernel, ResidentTables<64>>;
using FusedRows32 = PackedRung<FusedKernel, ResidentTables<32>>;
using BitParallel32Rows32 = PackedRung<BitParallel32Kernel, ResidentTables<32>>;

// Levenshtein, Jaro, Jaro-Winkler and the greatest of them, each by a launch and into a buffer of its own.
class FourKernels : public Rung {
 public:
  [[nodiscard]] unsigned launches() const override { return 4; }
  void prepare(const Setting& setting) override { layout_.prepare(setting); }
  void release() noexcept override { layout_.release(); }
  [[nodiscard]] matcher::gpu::Job gather(std::span<const matcher::gpu::RowPair> pairs) override;
  [[nodiscard]] matcher::gpu::DeviceStatus enqueue(const matcher::gpu::DeviceTile& tile) override;
  [[nodiscard]] Found found() const override { return {.parts = {}, .percents = percents_[3], .distances = {}}; }

 private:
  AuditedRecords layout_;
  std::vector<float> percents_[4];
};

// A warp per pair along anti-diagonals in global memory: Levenshtein's distances alone, as cuDF makes them. REQUIRES:
// one stream, because all tiles use the same diagonals.
class WarpPerPair : public Rung {
 public:
  void prepare(const Setting& setting) override;
  void release() noexcept override;
  [[nodiscard]] matcher::gpu::Job gather(std::span<const matcher::gpu::RowPair> pairs) override;
  [[nodiscard]] matcher::gpu::DeviceStatus enqueue(const matcher::gpu::DeviceTile& tile) override;
  [[nodiscard]] Found found() const override { return {.parts = {}, .percents = {}, .distances = distances_}; }

 private:
  AuditedRecords layout_;
  matcher::gpu::DeviceMemory diagonals_;
  std::vector<std::uint32_t> distances_;
};

}  // namespace assay::gpu
