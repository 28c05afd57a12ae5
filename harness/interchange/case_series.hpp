// What the writers of foreign formats take from an assay-result/1 record: the samples of each arm, and the ratio.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/json.hpp"

namespace assay::interchange {

struct ArmSeries {
  std::string arm;      // baseline | candidate
  std::string variant;  // plugin id, or the name of a program
  std::string command;  // of a program; else the variant
  std::vector<double> wall_ns;
  std::vector<double> cpu_ns;
  // As long as wall_ns, or empty where the record does not know them.
  std::vector<double> user_ns;
  std::vector<double> system_ns;
  std::vector<double> peak_rss_bytes;
  std::vector<int> exit_codes;
};

struct RatioOfArms {
  double value = 1;           // candidate / baseline
  std::optional<double> low;  // 95 % interval
  std::optional<double> high;
  std::string verdict;
};

struct CaseSeries {
  std::string workload;
  std::string dataset;
  std::map<std::string, std::string> parameters;
  std::uint64_t iterations = 1;
  std::uint64_t threads = 1;
  std::vector<ArmSeries> arms;  // baseline, candidate
  std::optional<RatioOfArms> ratio;
};

// The series of each record whose outcome is ok, in order. Errors: kUsage, naming what is missing in which record.
[[nodiscard]] Result<std::vector<CaseSeries>> read_series(const std::vector<Json>& records);

// "persons.match/people-10k/algorithm=A3", unique with the two variants; no blank in it.
[[nodiscard]] std::string name_of(const CaseSeries& series);
// name_of and the arm: "/candidate:score.bitparallel"; no blank in it.
[[nodiscard]] std::string name_of(const CaseSeries& series, const ArmSeries& arm);

// REQUIRES: values is not empty.
[[nodiscard]] double mean_of(const std::vector<double>& values);
[[nodiscard]] double median_of(std::vector<double> values);
// Of the sample (n - 1). REQUIRES: at least two values.
[[nodiscard]] double standard_deviation_of(const std::vector<double>& values);

}  // namespace assay::interchange
