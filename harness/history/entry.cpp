#include "harness/history/entry.hpp"

#include <span>

#include "harness/core/machine_class.hpp"
#include "harness/core/sha256.hpp"

namespace assay::history {
namespace {

namespace fs = std::filesystem;

// null, and a key that is not there, are "not measured".
template <class T>
Result<std::optional<T>> optional_member(const Json& object, const std::string& where, const char* key) {
  if (!object.contains(key) || object.at(key).is_null()) return std::optional<T>();
  ASSAY_TRY(T value, member<T>(object, where, key));
  return std::optional<T>(std::move(value));
}

Result<Metric> metric_of(const Json& comparison, const std::string& where) {
  Metric metric;
  ASSAY_TRY(metric.name, member<std::string>(comparison, where, "metric"));
  const std::string place = where + ": " + metric.name;
  ASSAY_TRY(metric.unit, member<std::string>(comparison, place, "unit"));
  ASSAY_TRY(metric.kind, member<std::string>(comparison, place, "kind"));
  ASSAY_TRY(metric.verdict, member<std::string>(comparison, place, "verdict"));
  ASSAY_TRY(metric.baseline, optional_member<double>(comparison, place, "baseline"));
  ASSAY_TRY(metric.candidate, optional_member<double>(comparison, place, "candidate"));
  ASSAY_TRY(metric.ratio, optional_member<double>(comparison, place, "ratio"));
  ASSAY_TRY(metric.margin, optional_member<double>(comparison, place, "margin"));
  if (!comparison.contains("interval") || comparison["interval"].is_null()) return metric;
  ASSAY_TRY(metric.low, member<double>(comparison["interval"], place, "low"));
  ASSAY_TRY(metric.high, member<double>(comparison["interval"], place, "high"));
  ASSAY_TRY(metric.confidence, member<double>(comparison["interval"], place, "confidence"));
  return metric;
}

Status check_schema(const Json& json, const std::string& where, const std::string& expected) {
  ASSAY_TRY(const auto schema, member<std::string>(json, where, "schema"));
  if (schema == expected) return {};
  return fail(ErrorKind::kUsage, "{}: schema is '{}', expected '{}'", where, schema, expected);
}

std::string digest_of(const Json& json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return sha256(std::as_bytes(std::span(text)));
}

}  // namespace

Result<Entry> entry_of(const Json& record, const std::string& run, const std::string& where) {
  ASSAY_CHECK(check_schema(record, where, "assay-result/1"));
  Entry entry;
  entry.digest = digest_of(record);
  entry.run = run;
  ASSAY_TRY(entry.case_id, member<std::string>(record, where, "id"));
  ASSAY_TRY(entry.created_utc, member<std::string>(record, where, "created_utc"));
  ASSAY_TRY(entry.outcome, member<std::string>(record, where, "outcome"));
  ASSAY_TRY(entry.pair_log_ratios, member<std::vector<double>>(record, where, "pair_log_ratios"));
  ASSAY_TRY(const Json environment, member<Json>(record, where, "environment"));
  ASSAY_TRY(entry.revision, optional_member<std::string>(environment, where, "git_revision"));
  ASSAY_TRY(entry.dirty, optional_member<bool>(environment, where, "git_dirty"));
  entry.machine_class = machine_class(environment);
  ASSAY_TRY(const auto comparisons, member<std::vector<Json>>(record, where, "comparisons"));
  for (const Json& comparison : comparisons) {
    ASSAY_TRY(Metric metric, metric_of(comparison, where));
    entry.metrics.push_back(std::move(metric));
  }
  return entry;
}

Result<std::vector<Entry>> read_run(const fs::path& folder) {
  const fs::path file = folder / "run.json";
  if (!fs::exists(file)) {
    return fail(ErrorKind::kUsage, "'{}' holds no run (no run.json); give the folder that 'assay run' printed",
                folder.string());
  }
  ASSAY_TRY(const Json run, read_json(file));
  ASSAY_CHECK(check_schema(run, file.string(), "assay-run/1"));
  ASSAY_TRY(const auto names, member<std::vector<std::string>>(run, file.string(), "records"));
  const std::string name = fs::canonical(folder).filename().string();
  std::vector<Entry> entries;
  for (const std::string& record : names) {
    const fs::path path = folder / "records" / record;
    ASSAY_TRY(const Json json, read_json(path));
    ASSAY_TRY(Entry entry, entry_of(json, name, path.string()));
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace assay::history
