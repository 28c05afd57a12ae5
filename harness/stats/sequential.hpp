// When to stop taking pairs, and what they say then: a verdict that may be asked for several times on the way.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "harness/stats/alpha_spending.hpp"
#include "harness/stats/verdict.hpp"

namespace assay::stats {

struct SequentialOptions {
  double margin = 0.02;            // relative: 0.02 = 2 %
  std::size_t cap = 96;            // most pairs, over all launches
  double alpha_change = 0.005;     // P(REGRESSED ever) at a true slowdown of the margin; the same for IMPROVED
  double alpha_not_slower = 0.05;  // P(NOT_SLOWER ever) at a true slowdown of the margin
  // What a gate wants. False: NOT_SLOWER waits for the cap, to leave room for IMPROVED.
  bool stop_when_not_slower = true;
};

enum class SequentialDecision {
  kContinue,    // take pairs up to the next look
  kRegressed,   // slower by more than the margin
  kImproved,    // faster by more than the margin
  kNotSlower,   // not slower by more than the margin
  kFutile,      // none of the three is likely by the cap: stop, INCONCLUSIVE
  kCapReached,  // none of the three was shown: INCONCLUSIVE
};

// decide() at each look, in order, until it says something else than kContinue.
//
// With t = ln(1 + margin) three sign tests run side by side, each with its own alpha and its own boundary
// (alpha_spending.hpp): REGRESSED counts log ratios above t, IMPROVED below -t, NOT_SLOWER below t. A value on the
// threshold counts for nobody. Nothing is assumed about the shape of noise, only that pairs are independent.
//
// Immutable, so any number of threads may share one.
class SequentialPlan {
 public:
  // O(cap^2): 20 microseconds at 192. REQUIRES: margin >= 0 and finite, alphas in (0, 1/2).
  explicit SequentialPlan(const SequentialOptions& options);

  // 8, 12, 16, 24, 36, 54, 82, 96, 128 and 192 pairs, as far as they lie below the cap, and the cap. Empty for a cap
  // of 0.
  [[nodiscard]] std::span<const std::size_t> looks() const { return change_.looks; }

  // log_ratios: all pairs so far, in the order taken. The greatest look <= their number decides, and only pairs up to
  // it count; kContinue before the first look. REQUIRES: finite values. O(n).
  [[nodiscard]] SequentialDecision decide(std::span<const double> log_ratios) const {
    return decide(log_ratios, options_.margin);
  }

  // The same against a margin that is not known in advance, because the control that gives it grows with the
  // experiment. Boundaries do not depend on the margin. At any look it must be at least that of the options: then
  // P(REGRESSED ever) at a true slowdown of options.margin stays below its alpha, and the same for IMPROVED.
  [[nodiscard]] SequentialDecision decide(std::span<const double> log_ratios, double margin) const;

  // P(as much evidence of a slowdown beyond the margin, or more) where the true one is the margin, for pairs that
  // decide() calls REGRESSED; 1 for all others. Evidence is ordered by look first, by count second (stage-wise
  // ordering: Tsiatis, Rosner & Mehta 1984), so the value holds although the experiment stopped by what it saw. For
  // holm() over the cells of a gate: with alpha_change = 0.01 / cells, each REGRESSED stands there too. O(cap^2).
  [[nodiscard]] double regressed_p_value(std::span<const double> log_ratios) const {
    return regressed_p_value(log_ratios, options_.margin);
  }
  [[nodiscard]] double regressed_p_value(std::span<const double> log_ratios, double margin) const;

  // Of REGRESSED, and mirrored of IMPROVED.
  [[nodiscard]] const SignBoundary& change_boundary() const { return change_; }
  [[nodiscard]] const SignBoundary& not_slower_boundary() const { return not_slower_; }

 private:
  SequentialOptions options_;
  SignBoundary change_;
  SignBoundary not_slower_;
};

// Whether going on to the cap is a waste: the minimum detectable effect there (paired.hpp) exceeds twice the margin,
// and none of the three decisions has a predictive power of 10 % at the cap, given the median and spread so far. The
// second part keeps alive what noise cannot hide: code that is 30 % faster needs no fine resolution. Predictive power
// with a flat prior (Spiegelhalter, Freedman & Blackburn 1986) by the normal approximation of the median; power under
// the present trend alone trusts an early median too much and lost up to 17 of 100 decisions where this loses 3. It
// ends experiments and decides none, so it raises no error rate. Never before 16 pairs: the spread of fewer is a guess.
// O(n).
[[nodiscard]] bool is_futile(std::span<const double> log_ratios, const SequentialOptions& options);

// The verdict on an experiment that decide() has ended, against the same margin. judge() must not answer here: after
// several looks its bounds promise too much. EQUIVALENT is NOT_SLOWER whose 90 % interval lies inside the margin; a
// margin that is not gateable takes back all but changes, one that is not known takes back all (verdict.hpp). The 95 %
// interval of paired.hpp needs no correction: so little is spent early that it still covers in 95 of 100 experiments.
// REQUIRES: decision is not kContinue.
[[nodiscard]] VerdictReport judge_at_stop(std::span<const double> log_ratios, const Margin& margin,
                                          SequentialDecision decision);

[[nodiscard]] std::string_view to_string(SequentialDecision decision);  // "continue", "regressed", ...

}  // namespace assay::stats
