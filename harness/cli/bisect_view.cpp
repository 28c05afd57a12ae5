#include "harness/cli/bisect_view.hpp"

#include <cmath>

#include "harness/cli/bisect_state.hpp"
#include "harness/stats/quantile.hpp"

namespace assay::cli {
namespace {

std::string percent(double share) {
  return fmt::format("{:.2g} %", share * 100);
}

}  // namespace

std::string bisect_label(const BisectSubject& subject, std::size_t position) {
  const std::string& description = subject.descriptions[position];
  return description.empty() ? subject.names[position] : subject.names[position] + " " + description;
}

std::string bisect_step_text(const BisectStep& step) {
  if (step.finding != Finding::kMeasured) {
    return std::string(to_string(step.finding)) + (step.reason.empty() ? "" : ": " + step.reason);
  }
  const double ratio = std::exp(stats::median(step.log_ratios).value_or(0));
  return fmt::format("ratio {:.3f}, {} pairs", ratio, step.log_ratios.size());
}

Json bisect_json(const BisectResult& result, const BisectSubject& subject) {
  Json suspects = Json::array();
  for (std::size_t i = result.suspects.first; i <= result.suspects.last; ++i) {
    suspects.push_back({{"name", subject.names[i]}, {"description", subject.descriptions[i]}});
  }
  Json untestable = Json::array();
  for (const BisectStep& step : result.untestable) {
    untestable.push_back({{"name", subject.names[step.position]}, {"reason", step.reason}});
  }
  return {{"schema", "assay-bisect/1"},
          {"unit", subject.unit},
          {"suspects", suspects},
          {"probability", result.suspects.probability},
          {"sure", result.sure},
          {"steps", result.steps},
          {"ratio", result.slowdown ? Json(std::exp(*result.slowdown)) : Json(nullptr)},
          {"untestable", untestable}};
}

std::string bisect_text(const BisectResult& result, const BisectSubject& subject) {
  const std::size_t count = result.suspects.last - result.suspects.first + 1;
  std::string text;
  if (count == 1) {
    text = fmt::format("culprit: {}\n", bisect_label(subject, result.suspects.first));
  } else {
    text = fmt::format("culprit: one of {} {}s\n", count, subject.unit);
    for (std::size_t i = result.suspects.first; i <= result.suspects.last; ++i) {
      text += "  " + bisect_label(subject, i) + "\n";
    }
  }
  for (const BisectStep& step : result.untestable) {
    text += fmt::format("left out: {}: {}\n", bisect_label(subject, step.position), step.reason);
  }
  const std::string slowdown = result.slowdown ? fmt::format("; slower by {:.1f} % from the good end to the bad one",
                                                             std::expm1(*result.slowdown) * 100)
                                               : "";
  text += fmt::format("wrong with probability at most {}, after {} comparisons{}\n",
                      percent(1 - result.suspects.probability), result.steps, slowdown);
  if (!result.sure)
    text += "not narrowed down further: --max-steps was reached, or those between cannot be told apart\n";
  return text;
}

}  // namespace assay::cli
