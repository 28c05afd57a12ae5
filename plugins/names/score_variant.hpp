// Workload names.score on the CPU with one scorer: tables, blocks, columns; a variant names only the scorer.
#pragma once

#include <algorithm>
#include <charconv>

#include "matcher/similarity/score.hpp"
#include "plugins/names/name_table.hpp"
#include "plugins/names/score_columns.hpp"
#include "plugins/sdk/plugin.hpp"

namespace assay::names {

// Throws Failure for another workload, or a threshold that is no percentage.
[[nodiscard]] inline double threshold_of(const sdk::Params& params) {
  if (params.workload() != "names.score") {
    throw sdk::Failure(ASSAY_E_UNSUPPORTED, "serves workload 'names.score' only");
  }
  const std::string_view text = params.get("threshold", "90");
  double threshold = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), threshold);
  if (error == std::errc() && stop == text.data() + text.size() && threshold >= 0 && threshold <= 100) return threshold;
  throw sdk::Failure(ASSAY_E_INVALID, "parameter 'threshold' is '" + std::string(text) + "'; use 0 to 100 (percent)");
}

// The greatest of the three similarities of two rows, in percent. Jaro-Winkler is never below Jaro.
[[nodiscard]] inline double best_percent(const matcher::ScoreParts& parts, const NameTable& left, std::size_t l,
                                         const NameTable& right, std::size_t r) {
  return std::max(matcher::levenshtein_percent(parts.distance, std::max(left.bytes[l], right.bytes[r])),
                  matcher::jaro_winkler_percent(parts, static_cast<std::uint32_t>(left.names[l].size()),
                                                static_cast<std::uint32_t>(right.names[r].size())));
}

template <class Scorer>
class ScoreVariant {
 public:
  ScoreVariant(sdk::Host host, const sdk::Params& params) : host_(host), threshold_(threshold_of(params)) {}

  void prepare(const sdk::DatasetView& dataset) {
    left_ = read_names(dataset.table("left"), host_);
    right_ = read_names(dataset.table("right"), host_);
  }

  void run() {
    columns_.clear();
    std::uint64_t candidates = 0;
    for (const Block& block : common_blocks(left_, right_)) {
      host_.throw_if_cancelled();
      candidates += score(block);
    }
    host_.count(ASSAY_COUNTER_CANDIDATES, candidates);
  }

  const assay_table* collect() {
    columns_.show(result_);
    return result_.view();
  }

  void reset() noexcept {
    left_ = {};
    right_ = {};
    columns_ = {};
  }

 private:
  // Returns the number of candidates.
  std::uint64_t score(const Block& block) {
    for (std::size_t l = block.left_begin; l < block.left_end; ++l) {
      for (std::size_t r = block.right_begin; r < block.right_end; ++r) {
        const matcher::ScoreParts parts = Scorer::score(left_.names[l], right_.names[r]);
        if (best_percent(parts, left_, l, right_, r) < threshold_) continue;
        columns_.push_back(left_.ids[l], right_.ids[r], parts);
      }
    }
    return (block.left_end - block.left_begin) * (block.right_end - block.right_begin);
  }

  sdk::Host host_;
  double threshold_;
  NameTable left_, right_;
  ScoreColumns columns_;
  sdk::ResultTable result_;
};

}  // namespace assay::names
