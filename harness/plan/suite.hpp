// What a run covers: suites and audits become one list of cases without doubles.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/result.hpp"
#include "harness/plan/workload.hpp"

namespace assay::plan {

// One comparison: two variants of one workload on one data set.
struct CaseSpec {
  std::string workload;
  Parameters parameters;  // complete: defaults filled in
  std::string baseline;
  std::string candidate;
  std::string dataset;  // "people-10k"

  friend bool operator==(const CaseSpec&, const CaseSpec&) = default;
};

// "persons.match algorithm=A3 threshold=95 people-10k strings.copied..strings.interned"
[[nodiscard]] std::string case_id(const CaseSpec& spec);

// The same for one variant in two builds: "persons.match algorithm=A3 threshold=95 people-10k strings.copied".
[[nodiscard]] std::string cell_id(const CaseSpec& spec);

// A file name for the record of the case: the id with everything but letters, digits, '.', '-' replaced by '_'.
[[nodiscard]] std::string record_name(const CaseSpec& spec);

// How long and how hard a case is measured.
struct Effort {
  double budget_seconds = 8;
  std::uint32_t launches = 3;
  double limit_seconds = 120;
  std::uint64_t memory_bytes = 4ULL << 30;
};

struct SuiteCase {
  std::string workload;
  Parameters parameters;
  std::string baseline;
  std::string candidate;
  std::vector<std::string> datasets;
};

struct Suite {
  std::string id;
  std::string summary;
  std::uint64_t seed = 42;
  std::string profile;
  std::vector<std::string> datasets;
  std::vector<SuiteCase> cases;
  Effort effort;
  std::optional<std::string> reference;  // variant id of the oracle
};

// Errors: kUsage, naming file and key.
[[nodiscard]] Result<Suite> read_suite(const std::filesystem::path& file);

// The file of a suite or audit by id, or an error (kUsage) that lists what is there.
[[nodiscard]] Result<std::filesystem::path> find_by_id(const std::filesystem::path& folder, const std::string& what,
                                                       const std::string& id);

// The suite's cases on the wanted data sets (empty: the suite's own), parameters completed.
[[nodiscard]] Result<std::vector<CaseSpec>> plan_suite(const Suite& suite, const std::vector<std::string>& datasets,
                                                       const std::map<std::string, Workload>& workloads);

// Appends what is not yet in the plan.
void add_cases(std::vector<CaseSpec>& plan, const std::vector<CaseSpec>& more);

}  // namespace assay::plan
