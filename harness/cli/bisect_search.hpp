// The search of a bisection: which comparison to make next, what it says, and when a culprit is named.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/result.hpp"
#include "harness/stats/bisection.hpp"

namespace assay::cli {

// What one comparison of the good end with a position came to.
enum class Finding {
  kMeasured,  // paired log ratios; the search judges them
  kSlower,    // somebody else judged
  kNotSlower,
  kUndecided,   // the noise was too much; may be asked again
  kUntestable,  // does not build, crashes, answers differently: never asked again
};

struct BisectStep {
  std::size_t position = 0;
  Finding finding = Finding::kUndecided;
  std::vector<double> log_ratios;  // kMeasured: ln(position / good), in run order
  std::string reason;              // kUndecided, kUntestable
};

// Compares position 0, the good end, with another one, interleaved and in fresh processes, so that the errors of two
// calls are independent. Errors end the bisection: kInterrupted, kUsage, kInternal.
class Comparer {
 public:
  virtual ~Comparer() = default;
  [[nodiscard]] virtual Result<BisectStep> compare(std::size_t position) = 0;
};

struct BisectPlan {
  std::size_t last = 1;                            // position of the bad end
  double error = 0.05;                             // probability that the named culprit is wrong
  double answer_error = 0.01;                      // the same of one kSlower or kNotSlower; below 0.5
  std::optional<double> threshold = std::nullopt;  // log ratio; null: half of the slowdown of the bad end
  std::size_t most_steps = 40;                     // comparisons
};

struct BisectResult {
  stats::SuspectRange suspects;    // the culprit, or several that could not be told apart
  bool sure = false;               // suspects.probability reaches 1 - error
  std::size_t steps = 0;           // comparisons made, earlier ones included
  std::optional<double> slowdown;  // log ratio of the bad end; null if somebody else judged it
  std::vector<BisectStep> untestable;
};

// Compares the bad end first: it must be slower by more than the margin's floor, or the threshold. Then asks where the
// probability of the culprit is split most evenly, until one suspect, or several that no testable position separates,
// have 1 - error, or most_steps are made.
//
// A measured position counts as slower if the median log ratio lies above half of the whole slowdown, by the exact sign
// test with stats::error_per_answer; an undecided sample is added to, with an error spent over the looks. So the
// culprit is wrong with probability at most `error`, provided that one step makes the slowdown (of several: it names
// the one that crosses the half), that the bad end is slower, and that what identical code differs by from process to
// process, some tenths of a percent, stays below half of the slowdown.
//
// `earlier` are steps of an interrupted search with the same plan; `taken` is called after every new step and may fail.
// Errors: kUsage if the bad end is not slower; those of the comparer and of `taken`.
[[nodiscard]] Result<BisectResult> bisect(const BisectPlan& plan, Comparer& comparer,
                                          const std::vector<BisectStep>& earlier,
                                          const std::function<Status(const BisectStep&)>& taken);

}  // namespace assay::cli
