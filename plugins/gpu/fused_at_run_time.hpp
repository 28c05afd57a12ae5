// gpu.fused with its kernel compiled by NVRTC: one rung per choice of axis "code".
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "matcher/gpu/layout/results.hpp"
#include "plugins/gpu/kernel_code.hpp"
#include "plugins/gpu/layouts.hpp"

namespace assay::gpu {

class FusedAtRunTime : public Rung {
 public:
  // Throws Failure (ASSAY_E_UNSUPPORTED) where there is no NVRTC.
  static void probe() { KernelCode::require_compiler(); }

  explicit FusedAtRunTime(CodeChoice choice) : choice_(choice) {}

  void prepare(const Setting& setting) override;
  void release() noexcept override;
  [[nodiscard]] matcher::gpu::Job gather(std::span<const matcher::gpu::RowPair> pairs) override;
  [[nodiscard]] matcher::gpu::DeviceStatus enqueue(const matcher::gpu::DeviceTile& tile) override;
  [[nodiscard]] Found found() const override { return {.parts = parts_, .percents = {}, .distances = {}}; }
  [[nodiscard]] std::optional<CacheCounts> cache() const override {
    return code_ ? code_->cache() : std::optional<CacheCounts>();
  }
  // REQUIRES: prepared once.
  [[nodiscard]] const KernelCode& code() const { return *code_; }

 private:
  CodeChoice choice_;
  std::optional<KernelCode> code_;  // kept from one prepare to the next
  cudaKernel_t kernel_ = nullptr;
  KernelGrid grid_;
  AuditedRecords layout_;
  std::vector<matcher::PackedParts> parts_;
};

template <CodeChoice kChoice>
class FusedCode : public FusedAtRunTime {
 public:
  FusedCode() : FusedAtRunTime(kChoice) {}
};

}  // namespace assay::gpu
