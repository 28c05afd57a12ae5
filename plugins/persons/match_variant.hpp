// A stack of engine policies as a variant of workload persons.match: prepare and run of the pipeline, result columns.
#pragma once

#include <optional>
#include <vector>

#include "matcher/engine/pipeline.hpp"
#include "plugins/persons/persons_input.hpp"
#include "plugins/sdk/plugin.hpp"

namespace assay::persons {

// The result columns of workloads/persons_match.json.
class MatchColumns {
 public:
  void clear() noexcept { *this = {}; }
  void push_back(const matcher::Match& match, const matcher::PersonsView& left, const matcher::PersonsView& right) {
    left_id_.push_back(left.id[match.left_row]);
    right_id_.push_back(right.id[match.right_row]);
    rule_.push_back(static_cast<std::uint32_t>(match.rule));
    distance_.push_back(match.parts.distance);
    matches_.push_back(match.parts.matches);
    half_transpositions_.push_back(match.parts.half_transpositions);
    prefix_.push_back(match.parts.prefix);
    phonetic_equal_.push_back(match.phonetic_equal);
  }
  void show(sdk::ResultTable& table) const {
    table.start("matches", left_id_.size());
    table.add("left_id", left_id_);
    table.add("right_id", right_id_);
    table.add("rule", rule_);
    table.add("distance", distance_);
    table.add("matches", matches_);
    table.add("half_transpositions", half_transpositions_);
    table.add("prefix", prefix_);
    table.add("phonetic_equal", phonetic_equal_);
  }

 private:
  std::vector<std::int64_t> left_id_, right_id_;
  std::vector<std::uint32_t> rule_, distance_, matches_, half_transpositions_, prefix_, phonetic_equal_;
};

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
    for (const auto& stored : pipeline_->matches()) columns_.push_back(matcher::verdict_of(stored), left_, right_);
    columns_.show(result_);
    return result_.view();
  }

  void reset() noexcept {
    pipeline_.reset();
    columns_.clear();
  }

 private:
  template <class Work>
  static void stopping_on_request(const Work& work) {
    try {
      work();
    } catch (const matcher::Cancelled&) {
      throw sdk::Failure(ASSAY_E_CANCELLED, "cancelled");
    }
  }

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
