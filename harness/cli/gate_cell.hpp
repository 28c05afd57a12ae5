// One cell of a gate: a variant in two builds, measured pass by pass until there is a verdict.
#pragma once

#include <string>
#include <vector>

#include "harness/cli/experiment.hpp"
#include "harness/gate/policy.hpp"
#include "harness/gate/report.hpp"
#include "harness/plan/next_cell.hpp"
#include "harness/stats/sequential.hpp"

namespace assay::cli {

// Legal calls: begin (go_on)* (confirm)?; after each, cell() says what is known. All figures come from records, so that
// a journal that is read back takes the same decisions.
class GateCell {
 public:
  // context (with head modules), transcript and policy must outlive the object. cells: of the gate, over all of which
  // its error probability is shared.
  GateCell(RunContext& context, Transcript& transcript, plan::CaseSpec spec, const gate::Policy& policy,
           std::size_t cells);

  // The first look's pairs in one launch, equality of the answers, exact metrics against their budgets.
  [[nodiscard]] Status begin(const Progress& progress);
  // One launch more, which ends at the look that decides. REQUIRES: is_open().
  [[nodiscard]] Status go_on(const Progress& progress);
  // Fresh processes, a fixed number of pairs. REQUIRES: is_slower().
  [[nodiscard]] Status confirm(const Progress& progress);

  // More pairs may bring a verdict.
  [[nodiscard]] bool is_open() const { return !ended_ && decision_ == stats::SequentialDecision::kContinue; }
  // The first stage has shown a slowdown.
  [[nodiscard]] bool is_slower() const { return !ended_ && decision_ == stats::SequentialDecision::kRegressed; }
  [[nodiscard]] plan::OpenCell estimate() const;
  // Seconds that the samples so far have taken.
  [[nodiscard]] double seconds() const;

  // Why the machine was not fit while this cell was measured; nothing if it was.
  [[nodiscard]] std::optional<std::string> contamination() const;
  // Of the first stage; every pass adds its samples.
  [[nodiscard]] const store::CaseRecord& record() const { return record_; }
  [[nodiscard]] const std::optional<store::CaseRecord>& confirmation() const { return confirmation_; }
  // P(a second stage like this one, if the variant got no slower); 1 if there was none or it does not confirm.
  [[nodiscard]] double confirmation_p_value() const;
  // adjusted_p_value: confirmation_p_value after correction for all cells of the gate.
  [[nodiscard]] gate::Cell cell(double adjusted_p_value) const;

 private:
  [[nodiscard]] std::optional<std::size_t> rounds_known() const;
  [[nodiscard]] Result<store::CaseRecord> pass(const CasePass& pass, const Progress& progress);
  [[nodiscard]] Status take_over(store::CaseRecord&& more);
  [[nodiscard]] bool decided_by(const std::vector<store::SampleRecord>& more) const;
  void check_budgets();
  [[nodiscard]] gate::CellVerdict verdict_of_outcome() const;
  void judge_slower(double adjusted_p_value, gate::Cell& cell) const;

  RunContext* context_;
  Transcript* transcript_;
  plan::CaseSpec spec_;
  const gate::Policy* policy_;
  stats::SequentialOptions options_;
  store::CaseRecord record_;
  std::optional<store::CaseRecord> confirmation_;
  std::vector<gate::Breach> breaches_;
  stats::SequentialDecision decision_ = stats::SequentialDecision::kContinue;
  std::uint32_t passes_ = 0;
  bool ended_ = false;  // by an outcome that is not ok, or a budget
};

// What the pairs of the first stage say. A slowdown counts only if it also exceeds what identical code showed in the
// same run (margin_from_control); not being slower is held against the margin alone. REQUIRES: no value is NaN.
[[nodiscard]] stats::SequentialDecision decide_cell(const std::vector<double>& pairs,
                                                    const std::vector<double>& control,
                                                    const stats::SequentialOptions& options);

}  // namespace assay::cli
