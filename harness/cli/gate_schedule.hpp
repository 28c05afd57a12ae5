// Which cell of a gate is measured when: what is not the same bytes, then whoever needs the fewest seconds, then again.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/cli/gate_cell.hpp"
#include "harness/cli/run_setup.hpp"
#include "harness/cli/terminal.hpp"

namespace assay::cli {

// Legal calls: run, then the others. It asks the transcript for every fact and no clock, so that a journal that is read
// back gives the same cells and records.
class GateSchedule {
 public:
  // setup (with head modules and their digests), policy, transcript and progress must outlive the object.
  GateSchedule(RunSetup& setup, const gate::Policy& policy, Transcript& transcript, ProgressLine& progress)
      : setup_(setup), policy_(policy), transcript_(transcript), progress_(progress) {}

  // Errors: as run_case.
  [[nodiscard]] Status run();

  [[nodiscard]] std::vector<gate::Cell> cells() const;
  // By file name.
  [[nodiscard]] std::vector<std::pair<std::string, const store::CaseRecord*>> records() const;
  // Why the machine was not fit, and how many of the measured cells show it; nothing if none does.
  [[nodiscard]] std::optional<std::string> contamination() const;
  // How far identical code was from itself, at most.
  [[nodiscard]] std::optional<double> worst_control() const;

 private:
  // A cell of the suite, and what it came to without measuring, or the measuring of it.
  struct Entry {
    plan::CaseSpec spec;
    std::optional<gate::Cell> settled{};
    std::unique_ptr<GateCell> measured{};
    bool is_control = false;  // the same bytes, measured to see what identical code shows
  };

  void settle_without_measuring();
  [[nodiscard]] std::optional<gate::CellVerdict> verdict_without_measuring(const plan::CaseSpec& spec) const;
  Status begin_all();
  Status spend_budget();
  Status confirm_all();
  template <class Step>
  Status with_progress(Entry& entry, const char* what, Step step);

  RunSetup& setup_;
  const gate::Policy& policy_;
  Transcript& transcript_;
  ProgressLine& progress_;
  std::vector<Entry> entries_;
  std::size_t step_ = 0;
};

}  // namespace assay::cli
