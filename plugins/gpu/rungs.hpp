// The rungs of the ladder that score a list of pairs, one thread per pair: what they launch and get back.
//
// All of them get the audited structure per pair (two texts of up to 64 codes), gathered on the host. A rung differs
// from the one before it by its kernels, and what those hand back.
#pragma once

#include <cstddef>
#include <vector>

#include "matcher/similarity/packed_parts.hpp"
#include "plugins/gpu/enqueue.hpp"

namespace assay::gpu {

// Levenshtein, Jaro, Jaro-Winkler and the greatest of them, each by a launch and into a buffer of its own.
class FourKernels {
 public:
  static constexpr unsigned kLaunches = 4;
  static constexpr bool kHasParts = false;

  void resize(std::size_t pairs) {
    for (auto& percents : percents_) percents.resize(pairs);
  }
  [[nodiscard]] std::vector<matcher::gpu::OutputArray> outputs() {
    std::vector<matcher::gpu::OutputArray> arrays;
    for (auto& percents : percents_) arrays.push_back({reinterpret_cast<std::byte*>(percents.data()), sizeof(float)});
    return arrays;
  }
  static matcher::gpu::DeviceStatus enqueue(const matcher::gpu::DeviceTile& tile) { return enqueue_four_kernels(tile); }
  // Whether the pair may reach the threshold. Single precision errs by less than 1e-4 of a percent; who passes is
  // scored again, in integers.
  [[nodiscard]] bool may_reach(std::size_t pair, double threshold) const {
    return static_cast<double>(percents_[3][pair]) >= threshold - 1e-3;
  }

 private:
  std::vector<float> percents_[4];
};

// One launch that hands back four integers per pair.
template <auto kEnqueue>
class PackedRung {
 public:
  static constexpr unsigned kLaunches = 1;
  static constexpr bool kHasParts = true;

  void resize(std::size_t pairs) { parts_.resize(pairs); }
  [[nodiscard]] std::vector<matcher::gpu::OutputArray> outputs() {
    return {{reinterpret_cast<std::byte*>(parts_.data()), sizeof(matcher::PackedParts)}};
  }
  static matcher::gpu::DeviceStatus enqueue(const matcher::gpu::DeviceTile& tile) { return kEnqueue(tile); }
  [[nodiscard]] matcher::ScoreParts parts(std::size_t pair) const { return matcher::unpack_parts(parts_[pair]); }

 private:
  std::vector<matcher::PackedParts> parts_;
};

using Fused = PackedRung<enqueue_fused>;
using FusedSharedRow = PackedRung<enqueue_fused_shared_row>;
using BitParallel64 = PackedRung<enqueue_bit_parallel_64>;

}  // namespace assay::gpu
