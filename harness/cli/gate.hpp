// The gate: every variant of a suite in two builds, interleaved on this machine, and one exit code.
#pragma once

#include <atomic>
#include <filesystem>
#include <optional>

#include "harness/cli/gate_files.hpp"
#include "harness/cli/run.hpp"
#include "harness/gate/report.hpp"

namespace assay::cli {

struct GateRequest {
  std::filesystem::path policy;
  std::filesystem::path baseline;        // folder with the plugin modules of the base
  std::filesystem::path candidate;       // and of the head
  bool strict = false;                   // also if the policy is not
  std::optional<double> budget_seconds;  // none: the policy's
  RunRequest run;                        // data sets, seed, threads, folders, progress; its suite is the policy's
};

struct GateSummary {
  std::filesystem::path folder;
  gate::GateReport report;         // empty if the gate was cut short
  std::size_t records = 0;         // of measured cells and confirmations
  std::optional<Error> cut_short;  // why not all cells were measured
};

// First the cells that are not the same bytes, eight pairs each, with the metrics that know no noise; then, while the
// budget lasts, the cell that needs the fewest seconds to a verdict; then a second stage in fresh processes for what
// came out slower; Holm's correction over all cells. Writes records/, run.json and kGateFiles into the run folder.
// Errors: kUsage; kInterrupted (the journal is intact); kInternal.
[[nodiscard]] Result<GateSummary> run_gate(const GateRequest& request, const Home& home,
                                           const std::atomic<bool>& interrupted);

// The gate of a setup that is complete, with policy, head and gate. A pure function of setup and transcript: what is
// read back gives the same files, byte for byte, as when it was measured. All but a first run.json are written when the
// last cell is done; folder stays empty. Errors: kResultsDiffer if the transcript does not fit; kUsage (policy);
// kInternal.
[[nodiscard]] Result<GateSummary> execute_gate(RunSetup& setup, Transcript& transcript, ProgressLine& progress,
                                               const WriteText& write);

}  // namespace assay::cli
