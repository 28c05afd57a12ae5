#include "harness/cli/stored_verdicts.hpp"

#include <algorithm>
#include <set>

#include "harness/cli/count_metrics.hpp"
#include "harness/stats/unpaired.hpp"

namespace assay::cli {
namespace {

using gate::Cell;
using gate::CellVerdict;
using gate::StoredCell;
using gate::StoredCells;

// What decides about one cell beside its figures.
struct Rules {
  const gate::Policy& policy;
  bool times_comparable;  // both sides are of one machine class
};

Cell cell_like(const StoredCell& stored) {
  return {.id = stored.id, .variant = stored.variant, .dataset = stored.dataset};
}

Cell with_verdict(Cell cell, CellVerdict verdict, std::string reason) {
  cell.verdict = verdict;
  cell.reason = std::move(reason);
  return cell;
}

// What the head's own record says, if it did not come through.
std::optional<Cell> failed(const StoredCell& head) {
  if (head.outcome == "ok") return std::nullopt;
  const std::string reason = head.reason.value_or("no reason given");
  if (head.outcome == "skipped") return with_verdict(cell_like(head), CellVerdict::kSkipped, reason);
  if (head.outcome == "not_equivalent") return with_verdict(cell_like(head), CellVerdict::kNotEquivalent, reason);
  if (head.outcome == "not_measured" || head.outcome == "cancelled") {
    return with_verdict(cell_like(head), CellVerdict::kInconclusive, "not measured: " + reason);
  }
  return with_verdict(cell_like(head), CellVerdict::kBroken, reason);
}

Status same_data(const StoredCell& base, const StoredCell& head) {
  if (base.dataset_digest == head.dataset_digest) return {};
  constexpr std::size_t kShown = 19;  // "sha256:" and 12 digits
  return fail(ErrorKind::kUsage,
              "data set '{}' of base and head is not the same data ({}... and {}...); measure both with the same seed, "
              "profile and generator",
              head.dataset, base.dataset_digest.substr(0, kShown), head.dataset_digest.substr(0, kShown));
}

// Exact metrics against the policy. Returns a metric that has a budget but no figure on one side; empty if none.
std::string hold_against_budgets(const StoredCell& base, const StoredCell& head, const gate::Policy& policy,
                                 Cell& cell) {
  std::string unknown;
  for (const auto& [metric, allowed] : policy.budgets) {
    const auto before = base.counts.find(metric);
    const auto after = head.counts.find(metric);
    if (before == base.counts.end() || after == head.counts.end()) {
      unknown = metric;
      continue;
    }
    if (after->second <= before->second * (1 + allowed) || is_same_count(metric, before->second, after->second)) {
      continue;
    }
    cell.breaches.push_back({metric, before->second, after->second, allowed});
  }
  return unknown;
}

// Why the times of both sides cannot be held against each other; empty if they can.
std::string why_not_timed(const StoredCell& base, const StoredCell& head, const Rules& rules) {
  if (!rules.times_comparable) return "measured on other machines";
  if (base.contaminated) return "the base's machine was not fit, " + *base.contaminated;
  if (head.contaminated) return "the head's machine was not fit, " + *head.contaminated;
  const std::size_t fewest = std::min(base.times_ns.size(), head.times_ns.size());
  return fewest < stats::kFewestUnpaired
             ? fmt::format("{} samples, {} are needed on both sides", fewest, stats::kFewestUnpaired)
             : "";
}

void judge_time(const StoredCell& base, const StoredCell& head, const Rules& rules, Cell& cell) {
  const bool counts = rules.policy.judges_offline_time;
  cell.verdict = counts ? CellVerdict::kInconclusive : CellVerdict::kWithinBudget;
  std::string why = why_not_timed(base, head, rules);
  cell.margin = std::max(rules.policy.margin_for(cell.id), stats::kUnpairedMargin);
  const auto compared =
      why.empty() ? stats::compare_unpaired(base.times_ns, head.times_ns, *cell.margin) : std::nullopt;
  if (!compared) {
    cell.reason = fmt::format("the same answer, nothing over budget; times not compared: {}",
                              why.empty() ? "a time is not positive" : why);
    return;
  }
  cell.ratio = compared->ratio;
  if (compared->interval95) {
    cell.low = compared->interval95->low;
    cell.high = compared->interval95->high;
  }
  switch (compared->verdict) {
    case stats::Verdict::kRegressed:
      cell.verdict = counts ? CellVerdict::kRegressed : CellVerdict::kSeemsSlower;
      if (counts) {
        cell.reason =
            fmt::format("{:+.1f} % between stored records, which the policy lets decide; the margin is {:.1f} %",
                        100 * (*cell.ratio - 1), 100 * *cell.margin);
      }
      return;
    case stats::Verdict::kImproved:
      if (counts) cell.verdict = CellVerdict::kImproved;
      return;
    case stats::Verdict::kEquivalent:
    case stats::Verdict::kNotSlower:
      if (counts) cell.verdict = CellVerdict::kNotSlower;
      return;
    default:
      if (counts) cell.reason = fmt::format("the times reach both sides of the margin of {:.0f} %", 100 * *cell.margin);
  }
}

Result<Cell> judge_both(const StoredCell& base, const StoredCell& head, const Rules& rules) {
  if (auto cell = failed(head)) return *cell;
  Cell cell = cell_like(head);
  if (base.outcome != "ok") {
    return with_verdict(cell, CellVerdict::kAdded,
                        "the base has no figures of it: " + base.reason.value_or(base.outcome));
  }
  ASSAY_CHECK(same_data(base, head));
  if (base.digest && head.digest && *base.digest != *head.digest) {
    return with_verdict(cell, CellVerdict::kNotEquivalent,
                        fmt::format("another answer than in the base: digest {}, was {}", *head.digest, *base.digest));
  }
  const std::string unknown = hold_against_budgets(base, head, rules.policy, cell);
  if (!cell.breaches.empty()) return with_verdict(cell, CellVerdict::kOverBudget, "");
  if (!unknown.empty()) {
    return with_verdict(cell, CellVerdict::kInconclusive,
                        fmt::format("{} has a budget, but no figure on both sides", unknown));
  }
  if (base.plugin_sha256 && base.plugin_sha256 == head.plugin_sha256) {
    cell.verdict = CellVerdict::kIdentical;
    return cell;
  }
  judge_time(base, head, rules, cell);
  return cell;
}

Status check_sides(const gate::Provenance& base, const gate::Provenance& head, bool cross_machine) {
  if (base.simulated != head.simulated) {
    return fail(ErrorKind::kUsage, "'{}' was {}, '{}' was {}; nothing can be said about them", base.source,
                base.simulated ? "simulated" : "measured", head.source, head.simulated ? "simulated" : "measured");
  }
  if (base.machine() == head.machine() || cross_machine) return {};
  return fail(ErrorKind::kUsage,
              "'{}' was measured on '{}', '{}' on '{}': times of different machine classes cannot be compared; measure "
              "both on one, or hold answers and exact metrics alone against each other with --cross-machine",
              base.source, base.machine(), head.source, head.machine());
}

std::set<std::string> ids_of(const StoredCells& one, const StoredCells& other) {
  std::set<std::string> ids;
  for (const StoredCells* const side : {&one, &other}) {
    for (const auto& [id, cell] : side->cells) ids.insert(id);
  }
  return ids;
}

}  // namespace

Result<std::vector<Cell>> judge_stored(const StoredCells& baseline, const StoredCells& candidate,
                                       const gate::Policy& policy, bool cross_machine) {
  ASSAY_CHECK(check_sides(baseline.from, candidate.from, cross_machine));
  const Rules rules{policy, baseline.from.machine() == candidate.from.machine()};
  std::vector<Cell> cells;
  bool any_common = false;
  for (const std::string& id : ids_of(baseline, candidate)) {
    const auto base = baseline.cells.find(id);
    const auto head = candidate.cells.find(id);
    const bool in_head = head != candidate.cells.end();
    const Cell cell = cell_like(in_head ? head->second : base->second);
    any_common = any_common || (in_head && base != baseline.cells.end());
    const gate::CellRule* const rule = policy.rule_for(id);
    if (rule != nullptr && rule->ignored) {
      cells.push_back(with_verdict(cell, CellVerdict::kIgnored, "ignored by the policy: " + rule->reason));
    } else if (!in_head) {
      cells.push_back(with_verdict(cell, CellVerdict::kRemoved, "the head's records do not have it"));
    } else if (base == baseline.cells.end()) {
      const Cell added = with_verdict(cell, CellVerdict::kAdded, "the base's records do not have it");
      cells.push_back(failed(head->second).value_or(added));
    } else {
      ASSAY_TRY(Cell judged, judge_both(base->second, head->second, rules));
      cells.push_back(std::move(judged));
    }
  }
  if (any_common) return cells;
  return fail(ErrorKind::kUsage, "'{}' and '{}' have no variant on the same question and data in common",
              baseline.from.source, candidate.from.source);
}

}  // namespace assay::cli
