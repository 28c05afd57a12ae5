#include "harness/stats/alpha_spending.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace assay::stats {
namespace {

// The number of successes so far, over all walks that no look has stopped: mass[s] = P(not stopped, s successes).
class RunningWalks {
 public:
  explicit RunningWalks(double probability) : success_(probability) {}

  void advance_to(std::size_t pairs) {
    for (; pairs_ < pairs; ++pairs_) {
      mass_.push_back(0.0);
      for (std::size_t s = mass_.size() - 1; s > 0; --s) mass_[s] = mass_[s] * (1 - success_) + mass_[s - 1] * success_;
      mass_[0] *= 1 - success_;
    }
  }

  // The fewest successes that at most `allowed` of all walks have reached.
  [[nodiscard]] std::optional<std::size_t> fewest_within(double allowed) const {
    double reached = 0.0;
    std::size_t fewest = mass_.size();
    while (fewest > 0 && reached + mass_[fewest - 1] <= allowed) reached += mass_[--fewest];
    return fewest == mass_.size() ? std::nullopt : std::optional(fewest);
  }

  // Stops the walks that have reached `critical`; returns their share.
  double stop_at(std::optional<std::size_t> critical) {
    if (!critical) return 0.0;
    const auto from = mass_.begin() + static_cast<std::ptrdiff_t>(std::min(*critical, mass_.size()));
    const double stopped = std::accumulate(from, mass_.end(), 0.0);
    std::fill(from, mass_.end(), 0.0);
    return stopped;
  }

 private:
  double success_;
  std::size_t pairs_ = 0;
  std::vector<double> mass_{1.0};
};

double spendable(double alpha, std::size_t pairs, std::size_t last) {
  const double share = static_cast<double>(pairs) / static_cast<double>(last);
  return alpha * share * share;
}

}  // namespace

SignBoundary spend_alpha(std::span<const std::size_t> looks, double alpha) {
  assert(alpha > 0.0 && alpha < 0.5);
  SignBoundary boundary;
  boundary.looks.assign(looks.begin(), looks.end());
  RunningWalks walks(0.5);
  double spent = 0.0;
  for (const std::size_t pairs : looks) {
    walks.advance_to(pairs);
    const auto critical = walks.fewest_within(spendable(alpha, pairs, looks.back()) - spent);
    spent += walks.stop_at(critical);
    boundary.critical.push_back(critical);
    boundary.spent.push_back(spent);
  }
  return boundary;
}

std::vector<double> crossing_probabilities(const SignBoundary& boundary, double probability) {
  RunningWalks walks(probability);
  std::vector<double> crossings;
  for (std::size_t i = 0; i < boundary.looks.size(); ++i) {
    walks.advance_to(boundary.looks[i]);
    crossings.push_back(walks.stop_at(boundary.critical[i]));
  }
  return crossings;
}

double stagewise_p_value(const SignBoundary& boundary, std::size_t look, std::size_t successes) {
  RunningWalks walks(0.5);
  double crossed = 0.0;
  for (std::size_t i = 0; i < look; ++i) {
    walks.advance_to(boundary.looks[i]);
    crossed += walks.stop_at(boundary.critical[i]);
  }
  walks.advance_to(boundary.looks[look]);
  return crossed + walks.stop_at(successes);
}

}  // namespace assay::stats
