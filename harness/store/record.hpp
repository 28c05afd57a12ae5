// The immutable record of one case (schema assay-result/1): plain values and how they are written.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/json.hpp"

namespace assay::store {

enum class Outcome { kOk, kNotEquivalent, kSkipped, kFailed, kTimedOut, kCancelled, kCrashed };
[[nodiscard]] const char* to_string(Outcome outcome);

using Count = std::optional<std::int64_t>;

struct MemoryFigures {
  Count allocations;
  Count allocated_bytes;
  Count peak_live_bytes;
  Count host_allocations;
  Count host_allocated_bytes;
  Count peak_rss_bytes;
  Count minor_faults;
  Count major_faults;
  Count device_peak_bytes;
  Count pinned_peak_bytes;
  std::optional<std::string> reason;  // why a figure is missing
};

// Counted in runs of their own. A count without value and reason was not asked for.
struct CountFigures {
  Count instructions;
  Count syscalls;
  std::optional<std::string> instructions_reason;  // why it is missing
  std::optional<std::string> syscalls_reason;
};
[[nodiscard]] Json to_json(const CountFigures& counts);

struct ColdTimes {
  std::int64_t prepare_ns = 0;
  std::int64_t run_ns = 0;
};

struct MedianTimes {
  double prepare_ns = 0;
  double run_ns = 0;
  double collect_ns = 0;
  double total_ns = 0;
  double cpu_ns = 0;
};

struct ArmRecord {
  std::string variant;
  std::string summary;
  std::string plugin_file;
  std::optional<std::string> plugin_sha256;
  std::string build;
  std::vector<std::string> needs;
  Outcome outcome = Outcome::kOk;
  std::optional<std::string> reason;
  std::optional<ColdTimes> cold;
  std::optional<MedianTimes> median;
  std::optional<MemoryFigures> memory;
  std::optional<CountFigures> counts;
  std::map<std::string, std::uint64_t> counters;
};

struct Difference {
  std::string kind;  // missing | extra | differing | duplicate
  std::string key;
  std::optional<std::string> column;
  std::optional<std::string> baseline;
  std::optional<std::string> candidate;
};

struct DifferenceCounts {
  std::uint64_t missing = 0;
  std::uint64_t extra = 0;
  std::uint64_t differing = 0;
  std::uint64_t duplicate = 0;
};

struct EquivalenceRecord {
  std::string status = "not_compared";  // equal | different | not_compared
  Count rows;
  std::optional<std::string> digest;
  std::string reference_status = "not_run";  // equal | different | not_run
  std::optional<std::string> reference_variant;
  std::optional<std::string> reference_reason;
  std::string challenge_status = "not_run";  // equal | different | not_run | stale
  std::optional<std::string> challenge_reason;
  std::optional<DifferenceCounts> counts;
  std::vector<Difference> differences;
};
[[nodiscard]] Json to_json(const EquivalenceRecord& equivalence);

// A run was resumed in the middle of a launch: from here on its samples come from new processes.
struct Takeover {
  std::uint32_t launch = 0;
  std::uint32_t samples = 0;  // of that launch that were taken before
};

// What the first launch threw away by rule before its first timed sample (stats/warm_up.hpp).
struct WarmUpRecord {
  std::string state;        // steady | no_steady_state
  std::size_t samples = 0;  // of each arm
};

struct DesignRecord {
  std::uint64_t seed = 0;
  std::uint32_t launches = 0;
  std::size_t pairs = 0;
  std::size_t control_pairs = 0;
  std::uint32_t iterations = 1;
  std::uint32_t thread_budget = 1;
  double budget_seconds = 0;
  std::optional<std::size_t> most_pairs = std::nullopt;  // of a case that could end at any look up to them
  std::optional<WarmUpRecord> warm_up = std::nullopt;    // null: not judged
  std::vector<Takeover> takeovers = {};
};

struct SampleRecord {
  std::uint32_t launch = 0;
  std::uint32_t block = 0;
  std::uint32_t position = 0;
  std::string arm;  // baseline | candidate | control
  std::int64_t prepare_ns = 0;
  std::int64_t run_ns = 0;
  std::int64_t collect_ns = 0;
  std::int64_t cpu_ns = 0;
  Count run_queue_wait_ns;
  std::int64_t involuntary_switches = 0;
  std::int64_t minor_faults = 0;
  std::int64_t major_faults = 0;
  Count window_ns;  // wall time in which the next four were read
  Count steal_ns;
  Count cpu_stall_ns;
  Count memory_stall_ns;
  Count io_stall_ns;
  // Of runs of programs only; left out of the JSON where nothing is known.
  Count user_ns;
  Count system_ns;
  Count peak_rss_bytes;
  Count exit_code;
  Count device_ns;  // of plugins that report it; likewise left out

  [[nodiscard]] std::int64_t total_ns() const { return prepare_ns + run_ns; }
};
[[nodiscard]] Json to_json(const SampleRecord& sample);

struct IntervalRecord {
  double low = 0;
  double high = 0;
  double confidence = 0.95;
  std::string method;
};

struct ComparisonRecord {
  std::string metric;
  std::string unit;  // ns | bytes | count
  std::string kind;  // statistical | exact
  std::optional<double> baseline;
  std::optional<double> candidate;
  std::optional<double> ratio;
  std::optional<IntervalRecord> interval;
  std::optional<std::size_t> pairs;
  std::optional<double> sigma;
  std::optional<double> margin;
  std::optional<double> minimum_detectable_effect;
  std::string verdict = "NOT_MEASURED";
  std::optional<std::string> reason;
};

struct ControlRecord {
  double ratio = 1;
  std::optional<IntervalRecord> interval;
  std::size_t pairs = 0;
  std::string verdict;
  std::optional<double> margin;
};

// Whether the machine was too disturbed to believe the case (stats/contamination.hpp); shares are of 1.
struct ContaminationRecord {
  bool contaminated = false;
  std::vector<std::string> reasons;
  std::size_t samples = 0;
  Count disturbed_samples;
  std::optional<double> wait_share;
  std::optional<double> steal_share;
  std::optional<double> cpu_stall_share;
  std::optional<double> memory_stall_share;
};

struct DatasetRecord {
  std::string name;
  std::string profile;
  std::uint64_t seed = 0;
  std::string digest;
  std::map<std::string, std::uint64_t> rows;
};

struct CaseRecord {
  std::string id;
  std::string kind = "plugin";  // plugin | program | google_benchmark; "plugin" is left out of the JSON
  std::string created_utc;
  Outcome outcome = Outcome::kOk;
  std::optional<std::string> reason;
  std::string command;
  std::string workload;
  std::map<std::string, std::string> parameters;
  DatasetRecord dataset;
  ArmRecord baseline;
  ArmRecord candidate;
  EquivalenceRecord equivalence;
  DesignRecord design;
  std::vector<SampleRecord> samples;
  std::vector<ComparisonRecord> comparisons;
  std::optional<ControlRecord> control;
  std::optional<ContaminationRecord> contamination;
  std::vector<double> pair_log_ratios;
  std::vector<double> control_log_ratios;
  Json environment;
  bool simulated = false;  // a sample said so: its times were made up by a test
};
[[nodiscard]] Json to_json(const CaseRecord& record);

}  // namespace assay::store
