// A whole run: plan, data sets, cases one after the other, records, ledgers, run.json.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/cli/experiment.hpp"
#include "harness/cli/home.hpp"
#include "harness/cli/ledger.hpp"
#include "harness/plan/audit.hpp"
#include "harness/plan/suite.hpp"
#include "harness/store/record.hpp"

namespace assay::cli {

struct RunRequest {
  std::optional<std::string> suite;     // id
  std::vector<std::string> audits;      // ids
  std::optional<plan::SuiteCase> pair;  // `assay compare`: one pair instead of a suite
  std::vector<std::string> datasets;    // only these; empty: what suite and audits name
  std::string profile = "dirty";
  std::uint64_t seed = 42;
  std::optional<double> budget_seconds;  // per case; none: the suite's
  std::optional<std::uint32_t> launches;
  std::optional<double> limit_seconds;  // per call of a plugin
  std::optional<std::uint64_t> memory_mebibytes;
  std::optional<std::string> reference;  // for audits and pairs without a suite
  std::uint32_t threads = 1;
  bool until_verdict = false;  // cases end at the look that decides
  CountRequest counts;
  std::filesystem::path plugins;  // empty: the built ones
  std::filesystem::path output;   // run folder; empty: a fresh one below <state>/runs
  std::filesystem::path resume;   // run folder of a run that was cut off and goes on; empty: a new run
  bool flush_samples = false;     // force every journal line to the disk
  bool quiet = false;
  std::string command;  // as typed, for the record
};

struct RunSummary {
  std::filesystem::path folder;
  std::vector<store::CaseRecord> records;
  std::vector<plan::Audit> audits;
  std::vector<std::vector<LedgerRow>> ledgers;  // by audit; rows point into audits
  std::optional<Error> cut_short;               // why not all cases were run
};

// Everything that can be wrong with the request is found before the first case starts. Records are written after each
// case. Errors: kUsage; kInterrupted (run.json says interrupted, the journal is intact); kInternal.
[[nodiscard]] Result<RunSummary> run_all(const RunRequest& request, const Home& home,
                                         const std::atomic<bool>& interrupted);

// Makes request.output, or a fresh folder below <state>/runs, with records/ in it. Errors: kUsage (it holds a run
// already); kInternal.
[[nodiscard]] Result<std::filesystem::path> make_run_folder(const RunRequest& request, const Home& home);
struct RunSetup;
class Transcript;
class ProgressLine;

// Takes a file of a run: its name inside the run folder and what it says.
using WriteFile = std::function<Status(const std::string& name, const Json& content)>;

// The cases in order, then ledgers and run.json, each handed to `write` when it is complete. A pure function of setup
// and transcript: what is read back gives the same files, byte for byte, as when it was measured. Errors: kInternal;
// kResultsDiffer if the transcript does not fit. summary.folder stays empty.
[[nodiscard]] Result<RunSummary> execute(RunSetup& setup, Transcript& transcript, ProgressLine& progress,
                                         const WriteFile& write);

// Notes in journal and run.json why a run ended early, unless it is the journal that cannot go on.
[[nodiscard]] Status note_end(const RunContext& context, Transcript& transcript, const Error& why, Json& run);

// kFine, kResultsDiffer or kPlugin, the worst that a record holds; with enforce also kClaimRefuted.
[[nodiscard]] int exit_code_of(const RunSummary& summary, bool enforce);

}  // namespace assay::cli
