// What a program answered (exit code, standard output, files), and whether every run of both gave the same.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "harness/cli/program_plan.hpp"
#include "harness/programs/output_file.hpp"
#include "harness/store/record.hpp"

namespace assay::cli {

// So much of each output's beginning is looked at to say where two outputs differ.
inline constexpr std::size_t kHeadBytes = std::size_t{1} << 20;

class ProgramAnswers {
 public:
  explicit ProgramAnswers(const ProgramRequest& request) : request_(request) {}

  // Sets outcome, reason and equivalence of the record where this run failed or answered otherwise than the runs
  // before. Errors: kUsage if a named file cannot be read.
  [[nodiscard]] Status check(std::size_t arm, const ProgramArm& program, const programs::ProcessSpec& spec,
                             const programs::ProcessResult& result, store::CaseRecord& record);

 private:
  struct Answer {
    int code = 0;
    std::string output_sha256;
    std::uint64_t output_bytes = 0;
    std::string head;
    std::vector<std::optional<programs::FileDigest>> files;
  };
  [[nodiscard]] Result<Answer> read_answer(const programs::ProcessResult& result) const;
  // What differs between two answers, in words; empty if nothing does.
  [[nodiscard]] std::string difference(const Answer& expected, const Answer& found,
                                       std::vector<store::Difference>& details) const;
  void compare(std::size_t arm, const ProgramArm& program, const Answer& answer, store::CaseRecord& record);

  const ProgramRequest& request_;
  std::array<std::optional<Answer>, 2> first_;
  std::string baseline_name_;
};

}  // namespace assay::cli
