// What a gate found, cell by cell, and what it comes to: plain values (schema assay-gate/1).
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/core/json.hpp"
#include "harness/gate/stored.hpp"

namespace assay::gate {

// In the order of gravity, the gravest first.
enum class CellVerdict {
  kNotEquivalent,  // base and head answer differently
  kBroken,         // head crashed, hung, ran out of memory or failed
  kOverBudget,     // an exact metric grew more than the policy allows
  kRegressed,      // slower by more than the margin, and again in fresh processes
  kSeemsSlower,    // of stored records: slower, but at another time, which proves nothing
  kInconclusive,
  kNotSlower,
  kImproved,
  kWithinBudget,  // of stored records: the same answer, nothing over budget; time not judged
  kIdentical,     // the same bytes: not measured
  kIgnored,       // by the policy
  kSkipped,       // cannot run on this machine
  kAdded,         // head only
  kRemoved,       // base only
};
inline constexpr std::array<std::string_view, 14> kCellVerdictNames = {
    "NOT_EQUIVALENT", "BROKEN",        "OVER_BUDGET", "REGRESSED", "SEEMS_SLOWER", "INCONCLUSIVE", "NOT_SLOWER",
    "IMPROVED",       "WITHIN_BUDGET", "IDENTICAL",   "IGNORED",   "SKIPPED",      "ADDED",        "REMOVED"};
[[nodiscard]] constexpr std::string_view to_string(CellVerdict verdict) {
  return kCellVerdictNames[static_cast<std::size_t>(verdict)];
}

struct Breach {
  std::string metric;
  double baseline = 0;
  double candidate = 0;
  double allowed = 0;  // relative
};

struct Cell {
  std::string id;  // "persons.match algorithm=A3 threshold=95 people-10k strings.copied"
  std::string variant;
  std::string dataset;
  CellVerdict verdict = CellVerdict::kInconclusive;
  std::string reason{};           // one line; empty where the figures say it all
  std::optional<double> ratio{};  // candidate / baseline of prepare + run
  std::optional<double> low{};    // 95 %
  std::optional<double> high{};
  std::optional<double> margin{};
  std::optional<double> minimum_detectable_effect{};
  std::size_t pairs = 0;
  std::optional<double> confirmation_ratio{};
  std::vector<Breach> breaches{};
  double seconds = 0;  // spent on it
};

// Where the two sides of a gate come from that measured nothing itself.
struct StoredSides {
  Provenance baseline;
  Provenance candidate;
};

struct GateReport {
  std::string created_utc;
  std::string command;
  std::string policy;
  std::string baseline;  // what was asked for: a folder or a file
  std::string candidate;
  bool strict = false;
  std::vector<Cell> cells;
  // Controls of this run, identical code against itself: how far they were off, at most.
  std::optional<double> worst_control;
  std::optional<std::string> contaminated;  // why the machine was not fit, if it was not
  double seconds = 0;
  Json environment;
  std::optional<StoredSides> stored;  // null: base and head were measured interleaved
};

// 0 fine, 3 regression or budget, 4 results differ, 6 broken, 75 contaminated, 5 inconclusive or only seemingly slower
// under strict: the first of 4, 6, 3, 75, 5 that applies. A contaminated run is neither green nor red for times; exact
// metrics, answers and crashes do not depend on the machine's load and count all the same.
[[nodiscard]] int exit_code_of(const GateReport& report);

// "red: 1 of 12 cells is slower", one sentence without a full stop.
[[nodiscard]] std::string summary_sentence(const GateReport& report);

// "1.052 [1.041, 1.063]", "not timed"
[[nodiscard]] std::string figures_text(const Cell& cell);

// Why a cell has its verdict, in one line; never empty.
[[nodiscard]] std::string explanation(const Cell& cell);

[[nodiscard]] Json to_json(const GateReport& report);

}  // namespace assay::gate
