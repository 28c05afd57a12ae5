// A stack of engine policies as a variant of workload persons.match: prepare and run of the pipeline, result columns.
#pragma once

#include <optional>

#include "matcher/audited/pipeline.hpp"
#include "plugins/persons/match_columns.hpp"
#include "plugins/persons/persons_input.hpp"
#include "plugins/sdk/plugin.hpp"

namespace assay::persons {

template <class Stack>
class MatchVariant {
 public:
  MatchVariant(sdk::Host host, const sdk::Params& params) : host_(host), options_(to_options(host, params)) {}

  void prepare(const sdk::DatasetView& dataset) {
    left_ = to_persons(dataset.table("left"));
    right_ = to_persons(dataset.table("right"));
    stopping_on_request([&] {
      pipeline_.emplace(left_, right_, options_);
      pipeline_->prepare();
    });
  }

  void run() {
    const std::uint64_t before = pipeline_->candidate_count();  // of earlier runs
    stopping_on_request([&] { pipeline_->run(); });
    host_.count(ASSAY_COUNTER_CANDIDATES, pipeline_->candidate_count() - before);
  }

  const assay_table* collect() {
    columns_.clear();
    for (const auto& stored : pipeline_->matches()) columns_.push_back(stored.match, left_, right_);
    columns_.show(result_);
    return result_.view();
  }

  void reset() noexcept {
    pipeline_.reset();
    columns_.clear();
  }

 private:
  sdk::Host host_;
  matcher::MatchOptions options_;
  matcher::PersonsView left_;
  matcher::PersonsView right_;
  std::optional<matcher::Pipeline<Stack>> pipeline_;
  MatchColumns columns_;
  sdk::ResultTable result_;
};

}  // namespace assay::persons

// ASSAY_MATCH_VARIANT(Stack, "summary"): the whole plugin.
#define ASSAY_MATCH_VARIANT(Stack, summary) \
  ASSAY_PLUGIN(::assay::persons::MatchVariant<Stack>, summary, ASSAY_LIST("persons.match"), ASSAY_LIST())
