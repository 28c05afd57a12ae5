#include "harness/cli/stored_sources.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;
using gate::StoredCells;

constexpr const char* kRunFile = "run.json";

Status read_provenance(const Json& json, const std::string& where, gate::Provenance& from) {
  ASSAY_TRY(from.created_utc, member<std::string>(json, where, "created_utc"));
  ASSAY_TRY(from.command, member<std::string>(json, where, "command"));
  ASSAY_TRY(from.environment, member<Json>(json, where, "environment"));
  from.simulated = json.value("simulated", false);
  return {};
}

Status add_record_file(const fs::path& file, StoredCells& stored) {
  ASSAY_TRY(const Json record, read_json(file));
  gate::Provenance from;
  ASSAY_CHECK(read_provenance(record, file.string(), from));
  if (from.machine() != stored.from.machine()) {
    return fail(ErrorKind::kUsage, "'{}' was measured on '{}', its run on '{}'; gate records of one machine class",
                file.string(), from.machine(), stored.from.machine());
  }
  return gate::add_record(record, file.string(), stored);
}

Result<StoredCells> read_run(const fs::path& folder) {
  const std::string where = (folder / kRunFile).string();
  ASSAY_TRY(const Json run, read_json(where));
  StoredCells stored;
  ASSAY_CHECK(read_provenance(run, where, stored.from));
  if (run.contains("finished_utc") && run["finished_utc"].is_null()) {
    return fail(ErrorKind::kUsage, "the run in '{}' did not come to its end; go on with --resume '{}'", folder.string(),
                folder.string());
  }
  ASSAY_TRY(const auto names, member<std::vector<std::string>>(run, where, "records"));
  for (const std::string& name : names) ASSAY_CHECK(add_record_file(folder / "records" / name, stored));
  return stored;
}

Result<StoredCells> read_file_of_records(const fs::path& file) {
  ASSAY_TRY(const Json json, read_json(file));
  ASSAY_TRY(const auto schema, member<std::string>(json, file.string(), "schema"));
  if (schema == "assay-baseline/1") {
    ASSAY_TRY(gate::Baseline baseline, gate::baseline_from_json(json, file.string()));
    return std::move(baseline.stored);
  }
  StoredCells stored;
  ASSAY_CHECK(read_provenance(json, file.string(), stored.from));
  ASSAY_CHECK(gate::add_record(json, file.string(), stored));
  return stored;
}

}  // namespace

bool names_modules(const std::string& source) {
  return fs::is_directory(source) && !fs::exists(fs::path(source) / kRunFile);
}

Result<StoredCells> read_stored(const std::string& path) {
  ASSAY_TRY(StoredCells stored, fs::is_directory(path) ? read_run(path) : read_file_of_records(path));
  stored.from.source = path;
  if (!stored.cells.empty()) return stored;
  return fail(ErrorKind::kUsage, "'{}' has no record of a plugin; only these can be gated or kept as a baseline", path);
}

Result<StoredCells> find_stored(const std::string& source, const Home& home, const std::string& machine,
                                bool any_machine) {
  if (fs::exists(source)) return read_stored(source);
  if (!gate::is_baseline_name(source)) {
    return fail(ErrorKind::kUsage,
                "'{}' is no folder with plugin modules, no run, no record and no name of a baseline; "
                "'assay baseline list' shows what is there",
                source);
  }
  ASSAY_TRY(gate::Baseline baseline, gate::find_baseline(home.baselines(), source, machine, any_machine));
  baseline.stored.from.source = source;
  return std::move(baseline.stored);
}

}  // namespace assay::cli
