// Workload names.score on a GPU by whole blocks: both tables and a list of tasks go to the device, and what may reach
// the threshold comes back. The engine's own code (matcher/gpu/engine) does the work.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "matcher/gpu/engine/block_run.hpp"
#include "plugins/gpu/device_clock.hpp"
#include "plugins/names/name_table.hpp"
#include "plugins/names/score_columns.hpp"
#include "plugins/sdk/plugin.hpp"

namespace assay::gpu {

struct BlockChoice {
  bool pruned = false;    // the presence of letters spares pairs that cannot reach the threshold
  bool resident = false;  // tables and tasks are made and uploaded in prepare, not in every run
  bool kept = false;      // and outlive reset: used again for the same names and dates. REQUIRES: resident
};

class BlockVariant {
 public:
  // Throws Failure (ASSAY_E_UNSUPPORTED) where there is no GPU.
  static void probe() { require_gpu(); }

  // matching: least_percent and pruned are set here.
  BlockVariant(sdk::Host host, const sdk::Params& params, BlockChoice choice,
               matcher::gpu::BlockMatchOptions matching = {});

  void prepare(const sdk::DatasetView& dataset);
  void run();
  const assay_table* collect();
  void reset() noexcept;

  // For tests: what is alive on the device, one line each.
  [[nodiscard]] std::string leak_report() const { return tracker_.leak_report(); }

 private:
  struct Encoded {
    matcher::gpu::EncodedNames left;
    matcher::gpu::EncodedNames right;
    matcher::gpu::BlockedRows rows;
  };
  // What stays on the device between runs, and what it was made of.
  struct Resident {
    matcher::gpu::BlockedRows rows;
    matcher::gpu::PackedBlocks packed;
    matcher::gpu::ResidentBlocks blocks;
  };

  void open();
  void make_resident();
  void forget() noexcept;
  [[nodiscard]] Encoded encode() const;
  void match(const Encoded& encoded);
  void match_resident();
  void take(std::span<const matcher::gpu::ScoredPair> pairs);
  void score_on_host(const matcher::gpu::BlockedRows& rows);
  void accept(std::uint32_t left, std::uint32_t right, const matcher::ScoreParts& parts);
  void count(const matcher::gpu::BlockCounters& before, std::uint64_t allocations_before) const;
  [[nodiscard]] std::uint64_t device_allocations() const;

  sdk::Host host_;
  double threshold_;
  BlockChoice choice_;
  matcher::gpu::BlockMatchOptions matching_;
  matcher::gpu::ResourceTracker tracker_;  // outlives what is on the device
  std::optional<DeviceClock> clock_;
  std::optional<matcher::gpu::BlockMatcher> matcher_;
  std::optional<Resident> resident_;
  names::NameTable left_, right_;  // what resident_ was made of, but for the ids
  matcher::gpu::Alphabet alphabet_;
  names::ScoreColumns columns_;
  sdk::ResultTable result_;
};

}  // namespace assay::gpu
