#include "harness/gate/stored.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "harness/core/machine_class.hpp"

namespace assay::gate {
namespace {

using std::string_view_literals::operator""sv;

constexpr const char* kNotMeasured = "not_measured";

template <class T>
Result<std::optional<T>> optional_member(const Json& json, const std::string& where, const char* key) {
  if (json.contains(key) && json[key].is_null()) return std::optional<T>();
  ASSAY_TRY(T value, member<T>(json, where, key));
  return std::optional<T>(std::move(value));
}

// The gravest first; what is not named here is a failure of the variant.
int gravity_of(const std::string& outcome) {
  constexpr std::array kMild{"not_equivalent"sv, "ok"sv, "skipped"sv, "cancelled"sv, "not_measured"sv};
  const auto* const found = std::find(kMild.begin(), kMild.end(), outcome);
  return found == kMild.end() ? -1 : static_cast<int>(found - kMild.begin());
}

// "persons.match algorithm=A3 people-10k " of "persons.match algorithm=A3 people-10k a.one..a.two"
Result<std::string> question_of(const Json& record, const std::string& where, const std::string& pair) {
  ASSAY_TRY(std::string id, member<std::string>(record, where, "id"));
  if (id.size() <= pair.size() || id.compare(id.size() - pair.size(), pair.size(), pair) != 0) {
    return fail(ErrorKind::kUsage, "{}: key 'id' is '{}', which does not end in '{}'", where, id, pair);
  }
  return id.substr(0, id.size() - pair.size());
}

Status read_outcome(const Json& record, const std::string& where, const Json& arm, bool is_candidate,
                    StoredCell& cell) {
  ASSAY_TRY(cell.outcome, member<std::string>(arm, where, "outcome"));
  ASSAY_TRY(cell.reason, optional_member<std::string>(arm, where, "reason"));
  ASSAY_TRY(const auto outcome, member<std::string>(record, where, "outcome"));
  if (cell.outcome != "ok" || outcome == "ok") return {};
  ASSAY_TRY(cell.reason, optional_member<std::string>(record, where, "reason"));
  // Of two answers that differ nobody knows which is wrong; the candidate is what is on trial.
  cell.outcome = outcome == "not_equivalent" && is_candidate ? outcome : kNotMeasured;
  return {};
}

Status read_counts(const Json& record, const std::string& where, const char* side, StoredCell& cell) {
  ASSAY_TRY(const auto comparisons, member<std::vector<Json>>(record, where, "comparisons"));
  for (const Json& comparison : comparisons) {
    ASSAY_TRY(const auto kind, member<std::string>(comparison, where, "kind"));
    if (kind != "exact") continue;
    ASSAY_TRY(const auto metric, member<std::string>(comparison, where, "metric"));
    ASSAY_TRY(const auto value, optional_member<double>(comparison, where, side));
    if (value) cell.counts[metric] = *value;
  }
  return {};
}

Status read_times(const Json& record, const std::string& where, const char* side, StoredCell& cell) {
  ASSAY_TRY(const auto samples, member<std::vector<Json>>(record, where, "samples"));
  for (const Json& sample : samples) {
    ASSAY_TRY(const auto arm, member<std::string>(sample, where, "arm"));
    if (arm != side) continue;
    ASSAY_TRY(const auto prepare, member<double>(sample, where, "prepare_ns"));
    ASSAY_TRY(const auto run, member<double>(sample, where, "run_ns"));
    cell.times_ns.push_back(prepare + run);
  }
  if (!record.contains("contamination") || record["contamination"].is_null()) return {};
  ASSAY_TRY(const auto reasons, member<std::vector<std::string>>(record["contamination"], where, "reasons"));
  if (!reasons.empty()) cell.contaminated = reasons.front();
  return {};
}

Result<StoredCell> cell_of(const Json& record, const std::string& where, const char* side,
                           const std::string& question) {
  const Json& arm = record[side];
  StoredCell cell;
  ASSAY_TRY(cell.variant, member<std::string>(arm, where, "variant"));
  cell.id = question + cell.variant;
  ASSAY_TRY(const Json dataset, member<Json>(record, where, "dataset"));
  ASSAY_TRY(cell.dataset, member<std::string>(dataset, where, "name"));
  ASSAY_TRY(cell.dataset_digest, member<std::string>(dataset, where, "digest"));
  ASSAY_TRY(cell.plugin_file, member<std::string>(arm, where, "plugin_file"));
  ASSAY_TRY(cell.plugin_sha256, optional_member<std::string>(arm, where, "plugin_sha256"));
  ASSAY_TRY(cell.build, member<std::string>(arm, where, "build"));
  ASSAY_CHECK(read_outcome(record, where, arm, side == "candidate"sv, cell));
  if (cell.outcome != "ok") return cell;
  ASSAY_TRY(const Json equivalence, member<Json>(record, where, "equivalence"));
  ASSAY_TRY(cell.digest, optional_member<std::string>(equivalence, where, "digest"));
  ASSAY_CHECK(read_counts(record, where, side, cell));
  ASSAY_CHECK(read_times(record, where, side, cell));
  return cell;
}

// One module stands in both arms, and the first that ran did not come through.
bool is_failure_of_both(const Json& baseline, const Json& candidate) {
  const auto value = [](const Json& arm, const char* key) { return arm.contains(key) ? arm[key] : Json(); };
  const Json digest = value(baseline, "plugin_sha256");
  return value(baseline, "outcome") != "ok" && !digest.is_null() && digest == value(candidate, "plugin_sha256");
}

void merge(StoredCell&& more, std::map<std::string, StoredCell>& cells) {
  const auto [place, added] = cells.try_emplace(more.id, more);
  StoredCell& known = place->second;
  if (added || gravity_of(more.outcome) > gravity_of(known.outcome)) return;
  if (gravity_of(more.outcome) < gravity_of(known.outcome)) {
    known = std::move(more);
    return;
  }
  known.times_ns.insert(known.times_ns.end(), more.times_ns.begin(), more.times_ns.end());
  if (!known.contaminated) known.contaminated = more.contaminated;
}

}  // namespace

std::string Provenance::machine() const {
  return machine_class(environment);
}

std::optional<std::string> Provenance::revision() const {
  const bool told = environment.is_object() && environment.contains("git_revision");
  return told && environment["git_revision"].is_string() ? std::optional(environment["git_revision"].get<std::string>())
                                                         : std::nullopt;
}

std::optional<bool> Provenance::dirty() const {
  const bool told = environment.is_object() && environment.contains("git_dirty");
  return told && environment["git_dirty"].is_boolean() ? std::optional(environment["git_dirty"].get<bool>())
                                                       : std::nullopt;
}

std::string Provenance::commit_text() const {
  constexpr std::size_t kShown = 12;
  const auto commit = revision();
  if (!commit) return "unknown commit";
  return commit->substr(0, kShown) + (dirty().value_or(false) ? " with changes" : "");
}

Status add_record(const Json& record, const std::string& where, StoredCells& stored) {
  ASSAY_TRY(const auto schema, member<std::string>(record, where, "schema"));
  if (schema != "assay-result/1") {
    return fail(ErrorKind::kUsage, "{}: schema is '{}', expected 'assay-result/1'", where, schema);
  }
  if (record.contains("kind") && record["kind"] != "plugin") return {};
  ASSAY_TRY(const Json baseline, member<Json>(record, where, "baseline"));
  ASSAY_TRY(const Json candidate, member<Json>(record, where, "candidate"));
  ASSAY_TRY(const auto first, member<std::string>(baseline, where, "variant"));
  ASSAY_TRY(const auto second, member<std::string>(candidate, where, "variant"));
  ASSAY_TRY(const std::string question, question_of(record, where, first + ".." + second));
  for (const char* const side : {"baseline", "candidate"}) {
    if (side == "baseline"sv && first == second && !is_failure_of_both(baseline, candidate)) continue;
    ASSAY_TRY(StoredCell cell, cell_of(record, where, side, question));
    merge(std::move(cell), stored.cells);
  }
  return {};
}

Json to_json(const StoredCell& cell) {
  return {{"id", cell.id},
          {"variant", cell.variant},
          {"dataset", cell.dataset},
          {"dataset_digest", cell.dataset_digest},
          {"plugin_file", cell.plugin_file},
          {"plugin_sha256", or_null(cell.plugin_sha256)},
          {"build", cell.build},
          {"digest", or_null(cell.digest)},
          {"counts", cell.counts},
          {"times_ns", cell.times_ns},
          {"contaminated", or_null(cell.contaminated)}};
}

Result<StoredCell> cell_from_json(const Json& json, const std::string& where) {
  StoredCell cell;
  cell.outcome = "ok";
  ASSAY_TRY(cell.id, member<std::string>(json, where, "id"));
  ASSAY_TRY(cell.variant, member<std::string>(json, where, "variant"));
  ASSAY_TRY(cell.dataset, member<std::string>(json, where, "dataset"));
  ASSAY_TRY(cell.dataset_digest, member<std::string>(json, where, "dataset_digest"));
  ASSAY_TRY(cell.plugin_file, member<std::string>(json, where, "plugin_file"));
  ASSAY_TRY(cell.plugin_sha256, optional_member<std::string>(json, where, "plugin_sha256"));
  ASSAY_TRY(cell.build, member<std::string>(json, where, "build"));
  ASSAY_TRY(cell.digest, optional_member<std::string>(json, where, "digest"));
  ASSAY_TRY(cell.counts, (member<std::map<std::string, double>>(json, where, "counts")));
  ASSAY_TRY(cell.times_ns, member<std::vector<double>>(json, where, "times_ns"));
  ASSAY_TRY(cell.contaminated, optional_member<std::string>(json, where, "contaminated"));
  return cell;
}

}  // namespace assay::gate
