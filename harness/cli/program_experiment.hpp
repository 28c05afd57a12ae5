// Two programs, run alternately with a control, from plan to record.
#pragma once

#include <atomic>
#include <functional>

#include "harness/cli/program_plan.hpp"
#include "harness/core/json.hpp"
#include "harness/store/journal.hpp"
#include "harness/store/record.hpp"

namespace assay::cli {

// Warm-ups, then mirrored blocks of baseline, candidate and control (the baseline's command again), each run a fresh
// process with an environment of another size (Mytkowicz, Diwan, Hauswirth, Sweeney 2009, "Producing wrong data without
// doing anything obviously wrong": it moves the stack, and with it the speed). Exit codes, standard output and named
// files of every run must be those of the baseline's first. What a program does wrong is an outcome in the record.
// REQUIRES: the plan is of this request. Errors: kUsage (a prepare command failed), kInterrupted, kInternal.
[[nodiscard]] Result<store::CaseRecord> run_programs(const ProgramRequest& request, const ProgramPlan& plan,
                                                     const Json& environment, store::Journal& journal,
                                                     const std::function<void(double)>& progress,
                                                     const std::atomic<bool>& interrupted);

}  // namespace assay::cli
