#include "harness/gate/baselines.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <span>

#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"

namespace assay::gate {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSchema = "assay-baseline/1";

fs::path file_of(const fs::path& folder, const std::string& name, const std::string& machine) {
  constexpr std::size_t kDigits = 16;
  return folder / name / (sha256(std::as_bytes(std::span(machine))).substr(0, kDigits) + ".json");
}

// Levenshtein 1966, one row at a time.
std::size_t edits_between(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t exchanged = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({exchanged, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

tl::unexpected<Error> no_such_name(const std::string& name, const std::set<std::string>& known) {
  if (known.empty()) {
    return fail(ErrorKind::kUsage, "no baseline '{}', nor any other; save one with 'assay baseline save RUN --name {}'",
                name, name);
  }
  const auto nearest = std::min_element(known.begin(), known.end(), [&](const auto& a, const auto& b) {
    return edits_between(name, a) < edits_between(name, b);
  });
  const bool alike = edits_between(name, *nearest) <= std::max<std::size_t>(2, name.size() / 3);
  return fail(ErrorKind::kUsage, "no baseline '{}'; {}known: {} (see 'assay baseline list')", name,
              alike ? fmt::format("did you mean '{}'? ", *nearest) : "", fmt::join(known, ", "));
}

Result<Baseline> read_baseline(const fs::path& file) {
  ASSAY_TRY(const Json json, read_json(file));
  return baseline_from_json(json, file.string());
}

std::vector<fs::path> sorted_entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) entries.push_back(entry.path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

}  // namespace

bool is_baseline_name(const std::string& name) {
  constexpr std::size_t kMost = 100;
  const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '_' || c == '-'; };
  return !name.empty() && name.size() <= kMost && name[0] != '.' && name[0] != '-' &&
         std::all_of(name.begin(), name.end(), fits);
}

Result<fs::path> save_baseline(const fs::path& folder, const Baseline& baseline) {
  if (!is_baseline_name(baseline.name)) {
    return fail(ErrorKind::kUsage, "a baseline cannot be called '{}'; use letters, digits, '.', '_' and '-'",
                baseline.name);
  }
  const Json json = to_json(baseline);
  if (json["cells"].empty()) {
    return fail(ErrorKind::kUsage, "'{}' has no variant with an answer and figures, so it is no baseline",
                baseline.stored.from.source);
  }
  fs::path file = file_of(folder, baseline.name, baseline.stored.from.machine());
  ASSAY_CHECK(make_folder(file.parent_path()));
  ASSAY_CHECK(write_json(file, json));
  return file;
}

Result<std::vector<Baseline>> list_baselines(const fs::path& folder) {
  std::vector<Baseline> baselines;
  for (const fs::path& name : sorted_entries(folder)) {
    for (const fs::path& file : sorted_entries(name)) {
      if (file.extension() != ".json") continue;  // what a killed assay was writing
      ASSAY_TRY(Baseline baseline, read_baseline(file));
      baselines.push_back(std::move(baseline));
    }
  }
  return baselines;
}

Result<Baseline> find_baseline(const fs::path& folder, const std::string& name, const std::string& machine,
                               bool any_machine) {
  if (is_baseline_name(name)) {
    if (const fs::path file = file_of(folder, name, machine); fs::exists(file)) return read_baseline(file);
  }
  ASSAY_TRY(std::vector<Baseline> all, list_baselines(folder));
  std::set<std::string> names;
  std::vector<std::string> machines;
  Baseline other;
  for (Baseline& baseline : all) {
    names.insert(baseline.name);
    if (baseline.name != name) continue;
    machines.push_back(baseline.stored.from.machine());
    other = std::move(baseline);
  }
  if (machines.empty()) return no_such_name(name, names);
  if (any_machine && machines.size() == 1) return other;
  return fail(ErrorKind::kUsage, "baseline '{}' is of another machine class: it has '{}', wanted is '{}'; {}", name,
              fmt::join(machines, "', '"), machine,
              any_machine ? "give the file of one of them"
                          : "save one here, or compare exact metrics alone with --cross-machine");
}

Status remove_baseline(const fs::path& folder, const std::string& name, const std::string& machine) {
  ASSAY_TRY(const Baseline found, find_baseline(folder, name, machine, false));
  std::error_code error;
  fs::remove(file_of(folder, name, machine), error);
  if (error) return fail(ErrorKind::kInternal, "cannot remove baseline '{}': {}", name, error.message());
  fs::remove(folder / name, error);  // stays if it holds another machine class
  return {};
}

Json to_json(const Baseline& baseline) {
  const Provenance& from = baseline.stored.from;
  Json cells = Json::array();
  for (const auto& [id, cell] : baseline.stored.cells) {
    if (cell.outcome == "ok") cells.push_back(to_json(cell));
  }
  return {{"schema", kSchema},
          {"name", baseline.name},
          {"machine_class", from.machine()},
          {"saved_utc", baseline.saved_utc},
          {"created_utc", from.created_utc},
          {"command", from.command},
          {"commit", {{"revision", or_null(from.revision())}, {"dirty", or_null(from.dirty())}}},
          {"simulated", from.simulated},
          {"environment", from.environment},
          {"cells", std::move(cells)}};
}

Result<Baseline> baseline_from_json(const Json& json, const std::string& where) {
  ASSAY_TRY(const auto schema, member<std::string>(json, where, "schema"));
  if (schema != kSchema) return fail(ErrorKind::kUsage, "{}: schema is '{}', expected '{}'", where, schema, kSchema);
  Baseline baseline;
  Provenance& from = baseline.stored.from;
  ASSAY_TRY(baseline.name, member<std::string>(json, where, "name"));
  ASSAY_TRY(baseline.saved_utc, member<std::string>(json, where, "saved_utc"));
  from.source = "baseline " + baseline.name;
  ASSAY_TRY(from.created_utc, member<std::string>(json, where, "created_utc"));
  ASSAY_TRY(from.command, member<std::string>(json, where, "command"));
  ASSAY_TRY(from.simulated, member<bool>(json, where, "simulated"));
  ASSAY_TRY(from.environment, member<Json>(json, where, "environment"));
  ASSAY_TRY(const auto cells, member<std::vector<Json>>(json, where, "cells"));
  for (const Json& entry : cells) {
    ASSAY_TRY(StoredCell cell, cell_from_json(entry, where + ": cells"));
    baseline.stored.cells.insert_or_assign(cell.id, std::move(cell));
  }
  return baseline;
}

}  // namespace assay::gate
