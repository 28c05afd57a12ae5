// Workload names.score on a GPU by lists of pairs: the host gathers what the kernels need of every pair, ships it tile
// by tile, and reads what they found. Which kernels: a rung (rungs.hpp). How a tile travels: axes.hpp.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "matcher/gpu/device/autotuner.hpp"
#include "plugins/gpu/candidate_pairs.hpp"
#include "plugins/gpu/device_clock.hpp"
#include "plugins/gpu/rung.hpp"
#include "plugins/names/score_columns.hpp"
#include "plugins/sdk/plugin.hpp"

namespace assay::gpu {

class PairVariant {
 public:
  // Throws Failure (ASSAY_E_UNSUPPORTED) where there is no GPU.
  static void probe() { require_gpu(); }

  PairVariant(sdk::Host host, const sdk::Params& params, const PairOptions& options, std::unique_ptr<Rung> rung);

  void prepare(const sdk::DatasetView& dataset);
  void run();
  const assay_table* collect();
  void reset() noexcept;

  // For tests: its rung; what is alive on the device, one line each; how often the grid was measured and remembered.
  [[nodiscard]] const Rung& rung() const { return *rung_; }
  [[nodiscard]] std::string leak_report() const { return tracker_.leak_report(); }
  [[nodiscard]] const matcher::gpu::TuningCounters& tuning() const { return tuner_.counters(); }
  // How often names were encoded, and how often their encoding was there.
  struct EncodingCounters {
    std::uint64_t made = 0;
    std::uint64_t kept = 0;
  };
  [[nodiscard]] const EncodingCounters& encoding() const { return encoding_; }

 private:
  [[nodiscard]] std::vector<bool> readable(const names::NameTable& table) const;
  void encode();
  void forget_encoding() noexcept;
  void tune();
  [[nodiscard]] CacheCounts cache() const;
  void count_cache(const CacheCounts& was) const;
  void score_on_device(const std::vector<matcher::gpu::RowPair>& pairs);
  [[nodiscard]] matcher::gpu::DeviceStatus enqueue(const matcher::gpu::DeviceTile& tile);
  void accept_found(const std::vector<matcher::gpu::RowPair>& pairs);
  [[nodiscard]] matcher::ScoreParts parts_on_host(const matcher::gpu::RowPair& pair) const;
  void score_on_host(const matcher::gpu::RowPair& pair);
  void accept(const matcher::gpu::RowPair& pair, const matcher::ScoreParts& parts);
  [[nodiscard]] matcher::gpu::SubmissionCounters submitted() const;
  void count(const matcher::gpu::SubmissionCounters& was) const;
  [[nodiscard]] std::uint64_t device_allocations() const;
  void note_peak(assay_space space, std::span<const matcher::gpu::ResourceKind> kinds) const;

  sdk::Host host_;
  double threshold_;
  PairOptions options_;
  KeptFiles files_;
  matcher::gpu::ResourceTracker tracker_;  // outlives the pipeline
  std::optional<matcher::gpu::TilePipeline> pipeline_;
  std::optional<DeviceClock> clock_;  // none if not wanted, or tiles are recorded as a graph
  names::NameTable left_, right_;
  matcher::gpu::Alphabet alphabet_;
  Readable readable_;
  std::optional<Setting> setting_;
  std::unique_ptr<Rung> rung_;
  bool encoded_ = false;  // alphabet_, readable_ and the rung are those of left_ and right_
  EncodingCounters encoding_;
  matcher::gpu::Autotuner tuner_;  // remembers from one prepare to the next, or also what files_ holds
  names::ScoreColumns columns_;
  sdk::ResultTable result_;
};

}  // namespace assay::gpu
