#include "harness/cli/commands/compare_benchmarks.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

#include "harness/cli/commands.hpp"
#include "harness/cli/commands/compare_programs.hpp"
#include "harness/cli/program_terminal.hpp"
#include "harness/cli/run_files.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/core/exit_code.hpp"
#include "harness/core/sha256.hpp"
#include "harness/measure/environment.hpp"
#include "harness/stats/holm.hpp"

namespace assay::cli {
namespace {

using programs::BenchmarkProgram;
using store::CaseRecord;

struct Cases {
  std::vector<std::string> both;
  std::array<std::vector<std::string>, 2> only;  // in one of them
};

Result<Cases> list_cases(const BenchmarkRequest& request, const std::array<BenchmarkProgram, 2>& pair) {
  std::array<std::vector<std::string>, 2> names;
  for (std::size_t i = 0; i < 2; ++i) {
    ASSAY_TRY(names[i], pair[i].list(request.filter, interrupted()));
  }
  Cases cases;
  for (std::size_t i = 0; i < 2; ++i) {
    for (const std::string& name : names[i]) {
      const auto& others = names[1 - i];
      const bool shared = std::find(others.begin(), others.end(), name) != others.end();
      if (shared && i == 0) cases.both.push_back(name);
      if (!shared) cases.only[i].push_back(name);
    }
  }
  if (!cases.both.empty()) return cases;
  return fail(ErrorKind::kUsage, "'{}' and '{}' have no case in common", request.programs[0], request.programs[1]);
}

Result<BenchmarkPair> open_pair(const BenchmarkRequest& request) {
  const auto limit =
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(request.limit_seconds));
  ASSAY_TRY(BenchmarkProgram baseline, BenchmarkProgram::open(request.programs[0], limit));
  ASSAY_TRY(BenchmarkProgram candidate, BenchmarkProgram::open(request.programs[1], limit));
  BenchmarkPair pair{{std::move(baseline), std::move(candidate)}, {}, false};
  for (std::size_t i = 0; i < 2; ++i) {
    ASSAY_TRY(pair.digests[i], sha256_file(pair.programs[i].path()));
  }
  return pair;
}

// Of one iteration, which may take less than a nanosecond.
std::string time_text(double total_ns, double iterations) {
  const double one = total_ns / iterations;
  return one < 99.5 ? fmt::format("{:.3g} ns", one) : duration_text(one);
}

std::vector<std::string> row_of(const CaseRecord& record) {
  const auto time = std::find_if(record.comparisons.begin(), record.comparisons.end(),
                                 [](const store::ComparisonRecord& c) { return c.metric == "time/total"; });
  const std::string& name = record.dataset.name;
  if (record.outcome != store::Outcome::kOk || time == record.comparisons.end() || !time->ratio) {
    return {name, "-", "-", "-", store::to_string(record.outcome)};
  }
  const double iterations = std::stod(record.parameters.at("iterations"));
  std::string ratio = fmt::format("{:.3f}", *time->ratio);
  if (time->interval) ratio += fmt::format(" [{:.3f}, {:.3f}]", time->interval->low, time->interval->high);
  return {name, time_text(*time->baseline, iterations) + " -> " + time_text(*time->candidate, iterations),
          std::to_string(record.design.pairs), ratio, time->verdict};
}

std::string verdict_of(const CaseRecord& record) {
  return row_of(record).back();
}

// One-sided, against the margin of the case; 1 where there is none.
std::vector<double> slower_p_values(const std::vector<CaseRecord>& records) {
  std::vector<double> values;
  for (const CaseRecord& record : records) {
    const bool judged = record.control && record.control->margin;
    values.push_back(judged ? stats::slower_p_value(record.pair_log_ratios, *record.control->margin) : 1);
  }
  return values;
}

// How many cases are REGRESSED and stay so when their number is taken into account.
std::size_t count_regressed(const std::vector<CaseRecord>& records, const std::vector<double>& adjusted, double alpha) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (verdict_of(records[i]) == "REGRESSED" && adjusted[i] <= alpha) ++count;
  }
  return count;
}

std::string regressed_line(const std::vector<CaseRecord>& records) {
  const std::vector<double> p_values = slower_p_values(records);
  const std::size_t all = count_regressed(records, p_values, 1);
  if (all == 0) return "";
  const std::size_t kept = count_regressed(records, stats::benjamini_hochberg(p_values), stats::kExplorationFalseRate);
  return fmt::format(
      "of {} REGRESSED {} remain{} when the share of false ones is kept at {:g} % over all cases "
      "(Benjamini-Hochberg)\n",
      all, kept, kept == 1 ? "s" : "", stats::kExplorationFalseRate * 100);
}

std::string summary(const BenchmarkRequest& request, const std::vector<CaseRecord>& records) {
  std::map<std::string, std::size_t> counts;
  for (const CaseRecord& record : records) ++counts[verdict_of(record)];
  std::string text = fmt::format("'{}' against '{}': {} case{}", request.programs[1], request.programs[0],
                                 records.size(), records.size() == 1 ? "" : "s");
  for (const auto& [verdict, count] : counts) text += fmt::format(", {} {}", count, verdict);
  return text;
}

void print_result(const BenchmarkRequest& request, const BenchmarkPair& pair, const Cases& cases,
                  const std::vector<CaseRecord>& records) {
  std::vector<std::vector<std::string>> rows{
      {"case", "time of an iteration", "pairs", "ratio [95 % interval]", "verdict"}};
  std::string reasons;
  std::string disturbed;
  for (const CaseRecord& record : records) {
    rows.push_back(row_of(record));
    if (record.reason) reasons += "  " + *record.reason + "\n";
    if (const std::string line = disturbed_line(record); !line.empty())
      disturbed += "  " + record.dataset.name + ": " + line;
  }
  fmt::print("{}\n\n{}", summary(request, records), table_text(rows));
  if (!reasons.empty()) fmt::print("\nwithout a time:\n{}", reasons);
  if (!disturbed.empty()) fmt::print("\n{}", disturbed);
  for (std::size_t i = 0; i < 2; ++i) {
    for (const std::string& name : cases.only[i]) fmt::print("only in '{}': {}\n", request.programs[i], name);
  }
  fmt::print("\n{}", regressed_line(records));
  if (!pair.fixed_iterations)
    fmt::print("iterations differ from run to run: --benchmark_min_time=Nx needs Google Benchmark 1.8\n");
}

Status measure(const BenchmarkRequest& request, BenchmarkPair& pair, const Cases& cases, const Json& environment,
               RunFiles& files, std::vector<CaseRecord>& records) {
  pair.fixed_iterations = true;
  for (const BenchmarkProgram& program : pair.programs) {
    ASSAY_TRY(const bool takes, program.takes_iterations(cases.both.front(), interrupted()));
    pair.fixed_iterations = pair.fixed_iterations && takes;
  }
  ProgressLine progress(stderr, request.quiet);
  for (std::size_t i = 0; i < cases.both.size(); ++i) {
    progress.begin(cases.both[i], i + 1, cases.both.size());
    ASSAY_TRY(CaseRecord record, run_benchmark_case(
                                     request, pair, cases.both[i], environment, files.journal(),
                                     [&](double done) { progress.advance(done); }, interrupted()));
    ASSAY_CHECK(files.add(record));
    progress.end(verdict_of(record));
    records.push_back(std::move(record));
  }
  return {};
}

}  // namespace

Result<int> compare_benchmarks(const BenchmarkRequest& request, bool fail_on_regression) {
  ASSAY_TRY(BenchmarkPair pair, open_pair(request));
  ASSAY_TRY(const Cases cases, list_cases(request, pair.programs));
  ASSAY_TRY(const Home home, find_home());
  const Json environment = measure::read_environment(home.root);
  ASSAY_TRY(RunFiles files, RunFiles::create(home, request.output, request.command, request.seed, environment));
  std::vector<CaseRecord> records;
  ASSAY_CHECK(files.finish(measure(request, pair, cases, environment, files, records)));
  print_result(request, pair, cases, records);
  fmt::print("records: {}\n", files.folder().string());
  const int code = comparison_exit_code(records, false);
  if (code != 0 || !fail_on_regression) return code;
  // A gate over many cases must not turn red for their number.
  const std::size_t regressed =
      count_regressed(records, stats::holm(slower_p_values(records)), stats::kGateFamilyAlpha);
  return static_cast<int>(regressed > 0 ? ExitCode::kRegression : ExitCode::kFine);
}

}  // namespace assay::cli
