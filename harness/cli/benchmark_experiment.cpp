#include "harness/cli/benchmark_experiment.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "harness/cli/analysis.hpp"
#include "harness/cli/interleaving.hpp"
#include "harness/core/sha256.hpp"
#include "harness/store/time_text.hpp"

namespace assay::cli {
namespace {

using programs::BenchmarkLength;
using programs::BenchmarkSample;
using store::CaseRecord;
using store::Outcome;

constexpr std::size_t kMostPadding = 4096;  // one page of environment

class BenchmarkCase {
 public:
  BenchmarkCase(const BenchmarkRequest& request, const BenchmarkPair& pair, std::string name,
                const std::atomic<bool>& interrupted)
      : request_(request), pair_(pair), name_(std::move(name)), interrupted_(interrupted), padding_(request.seed) {}

  Result<CaseRecord> run(const Json& environment, store::Journal& journal,
                         const std::function<void(double)>& progress) {
    describe(environment);
    ASSAY_CHECK(journal.append("case_started", {{"id", record_.id}, {"kind", record_.kind}}));
    ASSAY_CHECK(calibrate(journal));
    const auto take = [&](std::size_t arm) { return take_sample(arm); };
    ASSAY_CHECK(take_blocks(record_, block_count(request_.pairs, request_.budget_seconds, run_seconds_), journal,
                            progress, take));
    store::MemoryFigures memory;
    memory.reason = "memory of a benchmark case is not measured";
    if (record_.outcome == Outcome::kOk) record_.baseline.memory = record_.candidate.memory = memory;
    ASSAY_CHECK(analyse(record_));
    ASSAY_CHECK(journal.append(
        "case_finished",
        {{"id", record_.id}, {"outcome", store::to_string(record_.outcome)}, {"reason", or_null(record_.reason)}}));
    return std::move(record_);
  }

 private:
  void describe(const Json& environment) {
    record_.kind = "google_benchmark";
    record_.id = "google_benchmark/" + name_;
    record_.created_utc = store::utc_text(std::chrono::system_clock::now());
    record_.command = request_.command;
    record_.workload = "google_benchmark";
    record_.dataset = {name_, "benchmark case", request_.seed, "sha256:" + sha256({}), {}};
    for (std::size_t i = 0; i < 2; ++i) {
      store::ArmRecord& arm = i == 0 ? record_.baseline : record_.candidate;
      arm.variant = request_.programs[i];
      arm.plugin_file = pair_.programs[i].path().string();
      arm.plugin_sha256 = pair_.digests[i];
    }
    record_.design.seed = request_.seed;
    record_.design.launches = 1;
    record_.design.budget_seconds = request_.budget_seconds;
    record_.environment = environment;
  }

  void stop(std::size_t arm, const BenchmarkSample& sample) {
    using programs::ProcessEnd;
    const ProcessEnd end = sample.process.end;
    record_.outcome = end == ProcessEnd::kSignalled  ? Outcome::kCrashed
                      : end == ProcessEnd::kTimedOut ? Outcome::kTimedOut
                                                     : Outcome::kFailed;
    record_.reason = fmt::format("'{}' in '{}': {}", name_, request_.programs[arm], sample.failure);
    store::ArmRecord& failed = arm == 0 ? record_.baseline : record_.candidate;
    failed.outcome = record_.outcome;
    failed.reason = record_.reason;
  }

  Result<BenchmarkSample> run_once(std::size_t arm) {
    const auto began = std::chrono::steady_clock::now();
    ASSAY_TRY(BenchmarkSample sample, pair_.programs[arm].run(name_, length_, padding_() % kMostPadding, interrupted_));
    run_seconds_[arm] = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (!sample.failure.empty()) stop(arm, sample);
    return sample;
  }

  // A run by time sets the number of iterations; then one run of each warms up and tells the cost.
  Status calibrate(store::Journal& journal) {
    length_.seconds_with_suffix = pair_.fixed_iterations;
    ASSAY_TRY(const BenchmarkSample first, run_once(0));
    if (!first.failure.empty()) return {};
    iterations_ = std::max<std::uint64_t>(first.iterations, 1);
    if (pair_.fixed_iterations) length_.iterations = iterations_;
    record_.parameters["iterations"] = std::to_string(iterations_);
    record_.parameters["same_iterations"] = pair_.fixed_iterations ? "yes" : "no";
    for (std::size_t arm = 0; arm < 2 && record_.outcome == Outcome::kOk; ++arm) {
      ASSAY_TRY(const BenchmarkSample sample, run_once(arm));
      if (!sample.failure.empty()) return {};
      (arm == 0 ? record_.baseline : record_.candidate).cold = store::ColdTimes{0, total_of(sample.real_ns)};
      ASSAY_CHECK(journal.append("warm_up", {{"arm", arm == 0 ? "baseline" : "candidate"},
                                             {"real_ns", sample.real_ns},
                                             {"iterations", sample.iterations}}));
    }
    return {};
  }

  [[nodiscard]] std::int64_t total_of(double nanoseconds) const {
    return std::llround(nanoseconds * static_cast<double>(iterations_));
  }

  Result<store::SampleRecord> take_sample(std::size_t arm) {
    ASSAY_TRY(const BenchmarkSample sample, run_once(arm));
    store::SampleRecord record;
    record.run_ns = total_of(sample.real_ns);
    record.cpu_ns = total_of(sample.cpu_ns);
    record.involuntary_switches = sample.process.involuntary_switches;
    record.minor_faults = sample.process.minor_faults;
    record.major_faults = sample.process.major_faults;
    record.peak_rss_bytes = sample.process.peak_rss_bytes;
    return record;
  }

  const BenchmarkRequest& request_;
  const BenchmarkPair& pair_;
  std::string name_;
  const std::atomic<bool>& interrupted_;
  std::mt19937_64 padding_;
  BenchmarkLength length_;
  std::uint64_t iterations_ = 1;
  std::array<double, 2> run_seconds_{};
  CaseRecord record_;
};

}  // namespace

Result<CaseRecord> run_benchmark_case(const BenchmarkRequest& request, const BenchmarkPair& pair,
                                      const std::string& name, const Json& environment, store::Journal& journal,
                                      const std::function<void(double)>& progress,
                                      const std::atomic<bool>& interrupted) {
  return BenchmarkCase(request, pair, name, interrupted).run(environment, journal, progress);
}

}  // namespace assay::cli
