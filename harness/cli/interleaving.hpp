// Samples of two programs and a control in mirrored blocks, whatever takes them.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>

#include "harness/plan/schedule.hpp"
#include "harness/store/journal.hpp"
#include "harness/store/record.hpp"

namespace assay::cli {

// How many blocks (two pairs each) fit: as asked, or as the budget allows with what a run of each arm costs; at least
// four, since eight pairs are the fewest that have 99.5 % bounds.
[[nodiscard]] std::uint32_t block_count(std::optional<std::uint32_t> pairs, double budget_seconds,
                                        const std::array<double, 2>& run_seconds);

// 1 for the candidate, 0 for baseline and control.
[[nodiscard]] std::size_t program_index(plan::Arm arm);

// Takes a sample of arm 0 or 1; sets times and what disturbed its process. It may set the record's outcome instead,
// which ends the series.
using TakeSample = std::function<Result<store::SampleRecord>(std::size_t arm)>;

// Appends the samples, with what the machine did meanwhile, to record and journal in the order of plan::make_schedule.
// Errors: those of take and journal.
[[nodiscard]] Status take_blocks(store::CaseRecord& record, std::uint32_t blocks, store::Journal& journal,
                                 const std::function<void(double)>& progress, const TakeSample& take);

}  // namespace assay::cli
