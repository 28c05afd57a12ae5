#include "harness/cli/program_experiment.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "harness/cli/analysis.hpp"
#include "harness/cli/interleaving.hpp"
#include "harness/cli/program_answer.hpp"
#include "harness/core/sha256.hpp"
#include "harness/stats/quantile.hpp"
#include "harness/store/time_text.hpp"

namespace assay::cli {
namespace {

using programs::ProcessResult;
using store::CaseRecord;
using store::Outcome;

constexpr std::size_t kMostPadding = 4096;  // one page of environment
class Experiment {
 public:
  Experiment(const ProgramRequest& request, const ProgramPlan& plan, store::Journal& journal,
             const std::function<void(double)>& progress, const std::atomic<bool>& interrupted)
      : request_(request),
        plan_(plan),
        journal_(journal),
        progress_(progress),
        interrupted_(interrupted),
        padding_(request.seed) {}

  Result<CaseRecord> run(const Json& environment) {
    ASSAY_CHECK(describe(environment));
    ASSAY_CHECK(journal_.append("case_started", {{"id", record_.id}, {"kind", record_.kind}}));
    ASSAY_CHECK(warm_up());
    ASSAY_CHECK(take_blocks(record_, block_count(request_.pairs, request_.budget_seconds, cost_seconds_), journal_,
                            progress_, [&](std::size_t arm) { return take_sample(arm); }));
    set_memory();
    ASSAY_CHECK(analyse(record_));
    ASSAY_CHECK(journal_.append(
        "case_finished",
        {{"id", record_.id}, {"outcome", store::to_string(record_.outcome)}, {"reason", or_null(record_.reason)}}));
    return std::move(record_);
  }

 private:
  Status describe(const Json& environment) {
    record_.kind = "program";
    record_.id = "program/" + plan_.arms[0].name + "/" + plan_.arms[1].name;
    record_.created_utc = store::utc_text(std::chrono::system_clock::now());
    record_.command = request_.command;
    record_.workload = "program";
    record_.parameters["shell"] = plan_.shell;
    if (plan_.shell_start_ns) record_.parameters["shell_start_ns"] = std::to_string(*plan_.shell_start_ns);
    const bool no_input = request_.input == "/dev/null";
    record_.dataset = {no_input ? "no-input" : request_.input, "standard input", request_.seed, "", {}};
    // A device or pipe has no contents to digest; what is known of it is its name.
    std::error_code ignored;
    if (std::filesystem::is_regular_file(request_.input, ignored)) {
      ASSAY_TRY(record_.dataset.digest, sha256_file(request_.input));
    } else {
      record_.dataset.digest = sha256({});
    }
    record_.dataset.digest.insert(0, "sha256:");
    for (std::size_t i = 0; i < plan_.arms.size(); ++i) {
      store::ArmRecord& arm = i == 0 ? record_.baseline : record_.candidate;
      arm.variant = plan_.arms[i].name;
      arm.summary = plan_.arms[i].command;
      arm.plugin_file = plan_.arms[i].program.string();
      ASSAY_TRY(arm.plugin_sha256, sha256_file(plan_.arms[i].program));
    }
    record_.design.seed = request_.seed;
    record_.design.launches = 1;
    record_.design.budget_seconds = request_.budget_seconds;
    record_.environment = environment;
    return {};
  }

  [[nodiscard]] bool ok() const { return record_.outcome == Outcome::kOk; }

  // Prepares, runs and checks the answer; a failure goes into the record.
  Result<ProcessResult> run_one(std::size_t arm) {
    ASSAY_TRY(const int left, run_aside(request_, "--prepare", request_.prepare, arm, false, interrupted_));
    static_cast<void>(left);
    for (const std::string& file : request_.compare_output) ASSAY_CHECK(programs::mark_unwritten(file));
    programs::ProcessSpec spec = plan_.arms[arm].spec;
    spec.padding_bytes = padding_() % kMostPadding;
    spec.head_bytes = kHeadBytes;
    ASSAY_TRY(ProcessResult result, programs::run_process(spec, interrupted_));
    if (result.end == programs::ProcessEnd::kInterrupted) return fail(ErrorKind::kInterrupted, "interrupted");
    ASSAY_CHECK(answers_.check(arm, plan_.arms[arm], spec, result, record_));
    return result;
  }

  Status warm_up() {
    for (std::uint32_t round = 0; round < request_.warmup && ok(); ++round) {
      for (std::size_t arm = 0; arm < 2 && ok(); ++arm) {
        const auto began = std::chrono::steady_clock::now();
        ASSAY_TRY(const ProcessResult result, run_one(arm));
        cost_seconds_[arm] = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        if (round == 0) (arm == 0 ? record_.baseline : record_.candidate).cold = store::ColdTimes{0, result.wall_ns};
        ASSAY_CHECK(journal_.append("warm_up", {{"arm", arm == 0 ? "baseline" : "candidate"},
                                                {"round", round},
                                                {"wall_ns", result.wall_ns},
                                                {"exit_code", result.code}}));
      }
    }
    return {};
  }

  Result<store::SampleRecord> take_sample(std::size_t arm) {
    ASSAY_TRY(const ProcessResult result, run_one(arm));
    store::SampleRecord sample;
    sample.run_ns = result.wall_ns;
    sample.cpu_ns = result.user_ns + result.system_ns;
    sample.involuntary_switches = result.involuntary_switches;
    sample.minor_faults = result.minor_faults;
    sample.major_faults = result.major_faults;
    sample.user_ns = result.user_ns;
    sample.system_ns = result.system_ns;
    sample.peak_rss_bytes = result.peak_rss_bytes;
    sample.exit_code = result.code;
    return sample;
  }

  // The median of what the kernel counted in the timed runs.
  void set_memory() {
    if (!ok()) return;
    for (const bool candidate : {false, true}) {
      store::ArmRecord& arm = candidate ? record_.candidate : record_.baseline;
      const auto median_of = [&](auto member) -> store::Count {
        std::vector<double> values;
        for (const store::SampleRecord& sample : record_.samples) {
          if (sample.arm != (candidate ? "candidate" : "baseline")) continue;
          const store::Count value = sample.*member;
          if (!value) return std::nullopt;
          values.push_back(static_cast<double>(*value));
        }
        const auto median = stats::median(values);
        return median ? store::Count(std::llround(*median)) : std::nullopt;
      };
      store::MemoryFigures memory;
      memory.peak_rss_bytes = median_of(&store::SampleRecord::peak_rss_bytes);
      memory.minor_faults = median_of(&store::SampleRecord::minor_faults);
      memory.major_faults = median_of(&store::SampleRecord::major_faults);
      memory.reason = memory.peak_rss_bytes
                          ? "allocations of a program are not counted"
                          : "allocations of a program are not counted; its peak memory is smaller than "
                            "that of assay, below which the kernel does not tell";
      arm.memory = memory;
    }
  }

  const ProgramRequest& request_;
  const ProgramPlan& plan_;
  store::Journal& journal_;
  const std::function<void(double)>& progress_;
  const std::atomic<bool>& interrupted_;
  std::mt19937_64 padding_;
  ProgramAnswers answers_{request_};
  std::array<double, 2> cost_seconds_{};
  CaseRecord record_;
};

}  // namespace

Result<CaseRecord> run_programs(const ProgramRequest& request, const ProgramPlan& plan, const Json& environment,
                                store::Journal& journal, const std::function<void(double)>& progress,
                                const std::atomic<bool>& interrupted) {
  return Experiment(request, plan, journal, progress, interrupted).run(environment);
}

}  // namespace assay::cli
