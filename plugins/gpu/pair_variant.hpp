// Workload names.score on a GPU by lists of pairs: the host gathers both texts of every pair, ships them tile by tile,
// and reads the scores. Rung: the kernels (rungs.hpp). How a tile travels: axes.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matcher/gpu/device/tile_pipeline.hpp"
#include "matcher/gpu/layout/alphabet.hpp"
#include "plugins/gpu/candidate_pairs.hpp"
#include "plugins/gpu/device_clock.hpp"
#include "plugins/gpu/rungs.hpp"
#include "plugins/names/score_columns.hpp"
#include "plugins/sdk/plugin.hpp"

namespace assay::gpu {

// Defined in pair_variant.cpp for the rungs there are.
template <class Rung>
class PairVariant {
 public:
  // Throws Failure (ASSAY_E_UNSUPPORTED) where there is no GPU.
  static void probe() { require_gpu(); }

  PairVariant(sdk::Host host, const sdk::Params& params, const matcher::gpu::PipelineOptions& options);

  void prepare(const sdk::DatasetView& dataset);
  void run();
  const assay_table* collect();
  void reset() noexcept;

  // For tests: what is alive on the device, one line each.
  [[nodiscard]] std::string leak_report() const { return tracker_.leak_report(); }

 private:
  [[nodiscard]] std::vector<bool> readable(const names::NameTable& table) const;
  void score_on_device(const std::vector<matcher::gpu::RowPair>& pairs);
  [[nodiscard]] matcher::gpu::DeviceStatus enqueue(const matcher::gpu::DeviceTile& tile);
  void score_on_host(const matcher::gpu::RowPair& pair);
  void accept(const matcher::gpu::RowPair& pair, const matcher::ScoreParts& parts);
  void count(const matcher::gpu::PipelineReport& before) const;
  [[nodiscard]] std::uint64_t device_allocations() const;
  void note_peak(assay_space space, matcher::gpu::ResourceKind kind) const;

  sdk::Host host_;
  double threshold_;
  matcher::gpu::PipelineOptions options_;
  matcher::gpu::ResourceTracker tracker_;  // outlives the pipeline
  std::optional<matcher::gpu::TilePipeline> pipeline_;
  std::optional<DeviceClock> clock_;  // none where tiles are recorded as a graph
  names::NameTable left_, right_;
  matcher::gpu::Alphabet alphabet_;
  Readable readable_;
  Rung rung_;
  names::ScoreColumns columns_;
  sdk::ResultTable result_;
};

extern template class PairVariant<FourKernels>;
extern template class PairVariant<Fused>;
extern template class PairVariant<FusedSharedRow>;
extern template class PairVariant<BitParallel64>;

}  // namespace assay::gpu
