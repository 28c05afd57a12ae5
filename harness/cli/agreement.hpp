// Do two results agree: in full for the first runs, by digest with the reference.
#pragma once

#include <optional>
#include <string>

#include "harness/cli/arms.hpp"

namespace assay::cli {

[[nodiscard]] inline bool same_result(const isolate::SampleReply& a, const isolate::SampleReply& b) {
  return a.rows == b.rows && a.digest == b.digest;
}

// Compares the kept results behind two descriptors row by row and notes status, counts and the first differences.
// Returns why they differ, empty if they do not.
[[nodiscard]] std::string compare_in_full(int baseline_result, int candidate_result, const ResultContract& contract,
                                          store::EquivalenceRecord& record);

// The reference's answer to the case's question, asked once per workload, parameters and data set of a run. Nothing,
// with the reason in the record, if there is no reference, it could not answer, or the contract has
// tolerances, which digests leave out.
[[nodiscard]] std::optional<isolate::SampleReply> answer_of_reference(const RunContext& context, const CaseSetup& setup,
                                                                      const ResultContract& contract,
                                                                      Transcript& transcript,
                                                                      store::EquivalenceRecord& record);

// The command that measures this one case again.
[[nodiscard]] std::string command_of(const RunContext& context, const plan::CaseSpec& spec);

}  // namespace assay::cli
