// Instructions and system calls of one variant, each counted in a worker of its own; opt-in, because they cost time.
#pragma once

#include "harness/cli/arms.hpp"

namespace assay::cli {

// Counts what the context asks for in a warm run of a fresh worker that is set up as the timed ones are. answer: the
// first run's, which every counted run must give again. What cannot be counted here (no valgrind, an instruction that
// valgrind does not know, tracing refused) is null with the reason and fails nothing. Nothing at all if nobody asked.
[[nodiscard]] std::optional<store::CountFigures> count_exactly(const CaseSetup& setup, const CatalogEntry& variant,
                                                               const isolate::SampleReply& answer);

}  // namespace assay::cli
