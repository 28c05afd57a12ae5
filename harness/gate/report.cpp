#include "harness/gate/report.hpp"

#include <algorithm>

#include "harness/core/exit_code.hpp"

namespace assay::gate {
namespace {

std::size_t count_of(const GateReport& report, CellVerdict verdict) {
  return static_cast<std::size_t>(std::count_if(report.cells.begin(), report.cells.end(),
                                                [&](const Cell& cell) { return cell.verdict == verdict; }));
}

std::string percent(double ratio) {
  return fmt::format("{:+.1f} %", 100.0 * (ratio - 1.0));
}

Json to_json(const Provenance& from) {
  return {{"source", from.source},
          {"created_utc", from.created_utc},
          {"revision", or_null(from.revision())},
          {"dirty", or_null(from.dirty())},
          {"machine_class", from.machine()}};
}

Json to_json(const Cell& cell) {
  Json breaches = Json::array();
  for (const Breach& breach : cell.breaches) {
    breaches.push_back({{"metric", breach.metric},
                        {"baseline", breach.baseline},
                        {"candidate", breach.candidate},
                        {"allowed", breach.allowed}});
  }
  return {{"id", cell.id},
          {"variant", cell.variant},
          {"dataset", cell.dataset},
          {"verdict", to_string(cell.verdict)},
          {"reason", explanation(cell)},
          {"ratio", or_null(cell.ratio)},
          {"low", or_null(cell.low)},
          {"high", or_null(cell.high)},
          {"margin", or_null(cell.margin)},
          {"minimum_detectable_effect", or_null(cell.minimum_detectable_effect)},
          {"pairs", cell.pairs},
          {"confirmation_ratio", or_null(cell.confirmation_ratio)},
          {"breaches", std::move(breaches)},
          {"seconds", cell.seconds}};
}

}  // namespace

int exit_code_of(const GateReport& report) {
  const auto code = [](ExitCode value) { return static_cast<int>(value); };
  if (count_of(report, CellVerdict::kNotEquivalent) > 0) return code(ExitCode::kResultsDiffer);
  if (count_of(report, CellVerdict::kBroken) > 0) return code(ExitCode::kPlugin);
  if (count_of(report, CellVerdict::kOverBudget) > 0) return code(ExitCode::kRegression);
  if (report.contaminated) return code(ExitCode::kContaminated);
  if (count_of(report, CellVerdict::kRegressed) > 0) return code(ExitCode::kRegression);
  const std::size_t open = count_of(report, CellVerdict::kInconclusive) + count_of(report, CellVerdict::kSeemsSlower);
  if (report.strict && open > 0) return code(ExitCode::kInconclusive);
  return code(ExitCode::kFine);
}

std::string summary_sentence(const GateReport& report) {
  const std::size_t all = report.cells.size();
  const auto red = [&](CellVerdict verdict, const char* what) {
    return fmt::format("red: {} of {} cells {}", count_of(report, verdict), all, what);
  };
  switch (static_cast<ExitCode>(exit_code_of(report))) {
    case ExitCode::kResultsDiffer:
      return red(CellVerdict::kNotEquivalent, "give other answers");
    case ExitCode::kPlugin:
      return red(CellVerdict::kBroken, "crashed, hung or failed");
    case ExitCode::kRegression:
      if (const std::size_t over = count_of(report, CellVerdict::kOverBudget); over > 0) {
        const std::size_t slower = count_of(report, CellVerdict::kRegressed);
        return red(CellVerdict::kOverBudget, "over budget") + (slower > 0 ? fmt::format(", {} slower", slower) : "");
      }
      return red(CellVerdict::kRegressed, "slower");
    case ExitCode::kContaminated:
      return "neither red nor green: the machine was not fit for measuring, " + *report.contaminated;
    case ExitCode::kInconclusive:
      return fmt::format("red: {} of {} cells undecided, and the policy is strict",
                         count_of(report, CellVerdict::kInconclusive) + count_of(report, CellVerdict::kSeemsSlower),
                         all);
    default:
      break;
  }
  const std::size_t open = count_of(report, CellVerdict::kInconclusive);
  if (report.stored) {
    const std::size_t slower = count_of(report, CellVerdict::kSeemsSlower);
    return fmt::format("green: none of {} cells answers otherwise or is over budget{}{}", all,
                       slower > 0 ? fmt::format("; {} seem slower, which stored times cannot prove", slower) : "",
                       open > 0 ? fmt::format("; {} inconclusive", open) : "");
  }
  return fmt::format("green: none of {} cells slower{}", all,
                     open > 0 ? fmt::format(" as far as could be shown; {} inconclusive", open) : "");
}

std::string figures_text(const Cell& cell) {
  if (!cell.ratio) return "not timed";
  if (!cell.low) return fmt::format("{:.3f}", *cell.ratio);
  return fmt::format("{:.3f} [{:.3f}, {:.3f}]", *cell.ratio, *cell.low, *cell.high);
}

std::string explanation(const Cell& cell) {
  if (!cell.breaches.empty()) {
    const Breach& first = cell.breaches.front();
    return fmt::format("{} went from {} to {}, {:.4g} % more is allowed{}", first.metric, first.baseline,
                       first.candidate, 100.0 * first.allowed,
                       cell.breaches.size() > 1 ? fmt::format(" (and {} more)", cell.breaches.size() - 1) : "");
  }
  if (!cell.reason.empty()) return cell.reason;
  const std::string margin = cell.margin ? fmt::format("{:.1f} %", 100.0 * *cell.margin) : "unknown";
  switch (cell.verdict) {
    case CellVerdict::kRegressed:
      return fmt::format("{} in {} pairs, and {} in fresh processes; the margin is {}", percent(cell.ratio.value_or(1)),
                         cell.pairs, percent(cell.confirmation_ratio.value_or(1)), margin);
    case CellVerdict::kSeemsSlower:
      return fmt::format("{}, not proven: measured at another time; measure base and head interleaved",
                         percent(cell.ratio.value_or(1)));
    case CellVerdict::kWithinBudget:
      return "the same answer, nothing over budget; times of another time are not judged";
    case CellVerdict::kNotSlower:
      return fmt::format("surely not slower by more than {}, after {} pairs", margin, cell.pairs);
    case CellVerdict::kImproved:
      return fmt::format("{} in {} pairs", percent(cell.ratio.value_or(1)), cell.pairs);
    case CellVerdict::kIdentical:
      return "the same bytes in base and head";
    case CellVerdict::kAdded:
      return "not in the base, so there is nothing to compare it with";
    case CellVerdict::kRemoved:
      return "not in the head any more";
    default:
      break;
  }
  return cell.minimum_detectable_effect ? fmt::format("{} pairs could have shown {:.1f} % at best", cell.pairs,
                                                      100.0 * *cell.minimum_detectable_effect)
                                        : fmt::format("{} pairs say too little", cell.pairs);
}

Json to_json(const GateReport& report) {
  Json cells = Json::array();
  for (const Cell& cell : report.cells) cells.push_back(to_json(cell));
  return {{"schema", "assay-gate/1"},
          {"created_utc", report.created_utc},
          {"command", report.command},
          {"policy", report.policy},
          {"baseline", report.baseline},
          {"candidate", report.candidate},
          {"exit_code", exit_code_of(report)},
          {"summary", summary_sentence(report)},
          {"strict", report.strict},
          {"contaminated", or_null(report.contaminated)},
          {"worst_control", or_null(report.worst_control)},
          {"seconds", report.seconds},
          {"cells", std::move(cells)},
          {"stored", report.stored ? Json{{"baseline", to_json(report.stored->baseline)},
                                          {"candidate", to_json(report.stored->candidate)}}
                                   : Json(nullptr)},
          {"environment", report.environment}};
}

}  // namespace assay::gate
