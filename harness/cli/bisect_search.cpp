#include "harness/cli/bisect_search.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/stats/margin.hpp"
#include "harness/stats/quantile.hpp"

namespace assay::cli {
namespace {

using stats::Side;

// After so many looks at one position it is left out: it lies too near the threshold to be told.
constexpr std::size_t kMostLooks = 5;

class Search {
 public:
  explicit Search(const BisectPlan& plan)
      : plan_(plan), error_(stats::error_per_answer(plan.last, plan.error)), askable_(plan.last + 1, true) {}

  // Errors: kUsage if the step shows that there is nothing to find.
  Status take(const BisectStep& step) {
    ++steps_;
    if (step.finding == Finding::kUntestable) return give_up(step);
    const Side side = side_of(step);
    if (side == Side::kUndecided) {
      return looks_[step.position].count < kMostLooks ? Status() : give_up(undecided(step));
    }
    if (step.position == plan_.last) return confirm(side, step);
    const double error = step.finding == Finding::kMeasured ? error_ : plan_.answer_error;
    answers_.push_back({step.position, side == Side::kAbove, error});
    looks_.erase(step.position);  // asked again, it is measured anew
    return {};
  }

  [[nodiscard]] std::optional<std::size_t> next() const {
    if (steps_ >= plan_.most_steps) return std::nullopt;
    if (!confirmed_) return plan_.last;
    const auto probabilities = stats::suspect_probabilities(plan_.last, answers_);
    const stats::SuspectRange range = stats::likely_range(probabilities, askable_, 1 - plan_.error);
    if (!can_be_split(range)) return std::nullopt;
    return stats::next_position(probabilities, askable_);
  }

  [[nodiscard]] Result<BisectResult> result() const {
    if (!confirmed_) {
      return fail(ErrorKind::kUsage,
                  "after {} comparisons the bad end is still not shown to be slower; raise --max-steps", steps_);
    }
    const auto probabilities = stats::suspect_probabilities(plan_.last, answers_);
    BisectResult result;
    result.suspects = stats::likely_range(probabilities, askable_, 1 - plan_.error);
    result.sure = !can_be_split(result.suspects);
    result.steps = steps_;
    result.slowdown = slowdown_;
    result.untestable = untestable_;
    return result;
  }

 private:
  struct Looks {
    std::size_t count = 0;
    std::vector<double> log_ratios;
  };

  [[nodiscard]] double threshold_of(std::size_t position) const {
    if (plan_.threshold) return *plan_.threshold;
    const double least = std::log1p(stats::kMarginFloor);
    return position == plan_.last || !slowdown_ ? least : *slowdown_ / 2;
  }

  Side side_of(const BisectStep& step) {
    if (step.finding == Finding::kSlower) return Side::kAbove;
    if (step.finding == Finding::kNotSlower) return Side::kBelow;
    Looks& looks = looks_[step.position];
    ++looks.count;
    looks.log_ratios.insert(looks.log_ratios.end(), step.log_ratios.begin(), step.log_ratios.end());
    return stats::side_of(looks.log_ratios, threshold_of(step.position), stats::error_of_look(error_, looks.count));
  }

  Status confirm(Side side, const BisectStep& step) {
    if (side == Side::kBelow) {
      return fail(ErrorKind::kUsage,
                  "the bad end is not slower than the good end by more than {:.1f} %; nothing to bisect",
                  std::expm1(threshold_of(plan_.last)) * 100);
    }
    confirmed_ = true;
    if (step.finding == Finding::kMeasured) slowdown_ = stats::median(looks_[step.position].log_ratios);
    return {};
  }

  BisectStep undecided(const BisectStep& step) const {
    const std::string near = fmt::format("after {} comparisons still not told from the threshold of {:.1f} %",
                                         kMostLooks, std::expm1(threshold_of(step.position)) * 100);
    const std::string why = step.reason.empty() ? near : step.reason;
    return {step.position, Finding::kUntestable, {}, why};
  }

  Status give_up(const BisectStep& step) {
    if (step.position == plan_.last) {
      return fail(ErrorKind::kUsage, "the bad end is not shown to be slower than the good end: {}", step.reason);
    }
    askable_[step.position] = false;
    untestable_.push_back(step);
    return {};
  }

  [[nodiscard]] bool can_be_split(const stats::SuspectRange& range) const {
    const auto first = askable_.begin() + static_cast<std::ptrdiff_t>(range.first);
    const auto last = askable_.begin() + static_cast<std::ptrdiff_t>(range.last);
    return std::find(first, last, true) != last;
  }

  BisectPlan plan_;
  double error_;  // of one measured answer
  std::vector<bool> askable_;
  std::vector<stats::BisectionAnswer> answers_;
  std::map<std::size_t, Looks> looks_;
  std::vector<BisectStep> untestable_;
  std::optional<double> slowdown_;
  bool confirmed_ = false;
  std::size_t steps_ = 0;
};

}  // namespace

Result<BisectResult> bisect(const BisectPlan& plan, Comparer& comparer, const std::vector<BisectStep>& earlier,
                            const std::function<Status(const BisectStep&)>& taken) {
  Search search(plan);
  for (const BisectStep& step : earlier) ASSAY_CHECK(search.take(step));
  while (const auto position = search.next()) {
    ASSAY_TRY(const BisectStep step, comparer.compare(*position));
    ASSAY_CHECK(taken(step));
    ASSAY_CHECK(search.take(step));
  }
  return search.result();
}

}  // namespace assay::cli
