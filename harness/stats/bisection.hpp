// Bisection with answers that may be wrong: who the culprit is, where to ask next, and how sure that is.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace assay::stats {

// Positions 0 to n stand in a row; 0 is known to be good, n is known to be bad, and one suspect c of 1 to n, the
// culprit, is the first that is bad. An answer says of one position on which side of the culprit it lies.
struct BisectionAnswer {
  std::size_t position = 0;  // 1 to n - 1
  bool bad = false;
  double error = 0;  // bound on the probability that it is wrong, in (0, 0.5); errors of answers are independent
};

// Probability of each suspect (index 0 is suspect 1), equal before the first answer: Bayes' rule, as in Horstein 1963
// ("Sequential transmission using noiseless feedback", IEEE Trans. Inf. Theory 9) and Burnashev & Zigangirov 1974.
// Where the true errors are smaller than stated, the culprit's is too small: an honest side to err on.
// REQUIRES: suspects > 0; positions and errors in range. O(suspects * answers).
[[nodiscard]] std::vector<double> suspect_probabilities(std::size_t suspects, std::span<const BisectionAnswer> answers);

// Neighbouring suspects, and the probability that the culprit is one of them.
struct SuspectRange {
  std::size_t first = 0;
  std::size_t last = 0;
  double probability = 0;
};

// askable[k] is whether position k can be asked (0 and n count as asked). Suspects between two askable positions cannot
// be told apart. The shortest range of whole such groups that holds the culprit with at least `confidence`; the more
// probable one of equally short ones. O(n).
[[nodiscard]] SuspectRange likely_range(std::span<const double> probabilities, const std::vector<bool>& askable,
                                        double confidence);

// The askable position that splits the probability most evenly; nothing if none lies between two suspects that still
// can be. This is the probabilistic bisection of Waeber, Frazier & Henderson 2013 ("Bisection search with noisy
// responses", SIAM J. Control Optim. 51) on a grid. O(n).
[[nodiscard]] std::optional<std::size_t> next_position(std::span<const double> probabilities,
                                                       const std::vector<bool>& askable);

// How wrong one answer may be so that ceil(log2(suspects)) answers, none of them repeated, name the culprit with
// probability 1 - total. All of them together may spend half of `total`. And a culprit beside the first position asked
// is as probable as one error with the n / 2 suspects behind that position, so n / 2 errors may spend half, too.
[[nodiscard]] double error_per_answer(std::size_t suspects, double total);

enum class Side { kAbove, kBelow, kUndecided };

// On which side of `threshold` the median of paired log ratios lies, with probability of a wrong side at most `error`
// (exact sign test bounds). O(n log n).
[[nodiscard]] Side side_of(std::span<const double> log_ratios, double threshold, double error);

// What look number `look` (from 1) at a growing sample may spend of `error`: error / 2^look. However many looks are
// taken, together they spend less than `error` (Lan & DeMets 1983, any spending function that sums up serves).
[[nodiscard]] double error_of_look(double error, std::size_t look);

}  // namespace assay::stats
