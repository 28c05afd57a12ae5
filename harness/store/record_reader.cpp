#include "harness/store/record_reader.hpp"

namespace assay::store {
namespace {

Result<std::optional<std::string>> text_or_null(const Json& json, const std::string& where, const char* key) {
  if (json.contains(key) && json[key].is_null()) return std::optional<std::string>();
  ASSAY_TRY(std::string text, member<std::string>(json, where, key));
  return std::optional(std::move(text));
}

Result<Difference> difference_from_json(const Json& json) {
  Difference difference;
  ASSAY_TRY(difference.kind, member<std::string>(json, "difference", "kind"));
  ASSAY_TRY(difference.key, member<std::string>(json, "difference", "key"));
  ASSAY_TRY(difference.column, text_or_null(json, "difference", "column"));
  ASSAY_TRY(difference.baseline, text_or_null(json, "difference", "baseline"));
  ASSAY_TRY(difference.candidate, text_or_null(json, "difference", "candidate"));
  return difference;
}

}  // namespace

Result<EquivalenceRecord> equivalence_from_json(const Json& json) {
  EquivalenceRecord record;
  ASSAY_TRY(record.status, member<std::string>(json, "equivalence", "status"));
  if (json.contains("counts") && json["counts"].is_object()) {
    DifferenceCounts& counts = record.counts.emplace();
    ASSAY_TRY(counts.missing, member<std::uint64_t>(json["counts"], "counts", "missing"));
    ASSAY_TRY(counts.extra, member<std::uint64_t>(json["counts"], "counts", "extra"));
    ASSAY_TRY(counts.differing, member<std::uint64_t>(json["counts"], "counts", "differing"));
    ASSAY_TRY(counts.duplicate, member<std::uint64_t>(json["counts"], "counts", "duplicate"));
  }
  ASSAY_TRY(const auto differences, member<Json::array_t>(json, "equivalence", "differences"));
  for (const Json& entry : differences) {
    ASSAY_TRY(Difference difference, difference_from_json(entry));
    record.differences.push_back(std::move(difference));
  }
  return record;
}

Json to_json(const DatasetRecord& dataset) {
  return {{"name", dataset.name},
          {"profile", dataset.profile},
          {"seed", dataset.seed},
          {"digest", dataset.digest},
          {"rows", dataset.rows}};
}

Result<DatasetRecord> dataset_from_json(const Json& json) {
  DatasetRecord dataset;
  ASSAY_TRY(dataset.name, member<std::string>(json, "data set", "name"));
  ASSAY_TRY(dataset.profile, member<std::string>(json, "data set", "profile"));
  ASSAY_TRY(dataset.seed, member<std::uint64_t>(json, "data set", "seed"));
  ASSAY_TRY(dataset.digest, member<std::string>(json, "data set", "digest"));
  ASSAY_TRY(dataset.rows, (member<std::map<std::string, std::uint64_t>>(json, "data set", "rows")));
  return dataset;
}

Result<CountFigures> counts_from_json(const Json& json) {
  const auto count = [&](const char* key) -> Result<Count> {
    if (json.contains(key) && json[key].is_null()) return Count();
    ASSAY_TRY(const auto value, member<std::int64_t>(json, "counts", key));
    return Count(value);
  };
  CountFigures counts;
  ASSAY_TRY(counts.instructions, count("instructions"));
  ASSAY_TRY(counts.syscalls, count("syscalls"));
  ASSAY_TRY(counts.instructions_reason, text_or_null(json, "counts", "instructions_reason"));
  ASSAY_TRY(counts.syscalls_reason, text_or_null(json, "counts", "syscalls_reason"));
  return counts;
}

}  // namespace assay::store
