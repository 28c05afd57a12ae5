// The production engine as a variant of workload persons.match.
#pragma once

#include <optional>
#include <vector>

#include "matcher/engine/match_run.hpp"
#include "plugins/persons/match_columns.hpp"
#include "plugins/persons/persons_input.hpp"
#include "plugins/sdk/plugin.hpp"

namespace assay::persons {

class ProductionVariant {
 public:
  ProductionVariant(sdk::Host host, const sdk::Params& params) : host_(host), options_(to_options(host, params)) {}

  void prepare(const sdk::DatasetView& dataset) {
    left_ = to_persons(dataset.table("left"));
    right_ = to_persons(dataset.table("right"));
    stopping_on_request([&] {
      run_.emplace(left_, right_, matcher::make_plan(options_).value(), options_);
      run_->prepare();
    });
  }

  void run() {
    const std::uint64_t before = run_->candidate_count();  // of earlier runs
    stopping_on_request([&] { matches_ = run_->match(); });
    host_.count(ASSAY_COUNTER_CANDIDATES, run_->candidate_count() - before);
  }

  const assay_table* collect() {
    columns_.clear();
    for (const matcher::Match& match : matches_) columns_.push_back(match, left_, right_);
    columns_.show(result_);
    return result_.view();
  }

  void reset() noexcept {
    run_.reset();
    matches_ = {};
    columns_.clear();
  }

 private:
  sdk::Host host_;
  matcher::MatchOptions options_;
  matcher::PersonsView left_;
  matcher::PersonsView right_;
  std::optional<matcher::MatchRun> run_;
  std::vector<matcher::Match> matches_;
  MatchColumns columns_;
  sdk::ResultTable result_;
};

}  // namespace assay::persons
