// Comparers that run a program for every comparison: the user's own command, or this assay.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "harness/bisect/builds.hpp"
#include "harness/bisect/program.hpp"
#include "harness/cli/bisect_search.hpp"

namespace assay::cli {

// What a comparison program and the run folder it may have written say. If the folder holds a run of one measured case,
// its paired log ratios count. Else the exit status: 0 not slower, 3 slower, 5 and 75 (contaminated) undecided.
// 4 (answers differ), 6 (a plugin crashed) and 125 (as for git bisect) are untestable whatever was written.
// Errors: kUsage for any other exit status, a signal, or a run of several cases; `log` is named.
[[nodiscard]] Result<BisectStep> judged(std::size_t position, const bisect::ProgramEnd& end,
                                        const std::filesystem::path& run, const std::filesystem::path& log);

// Commits, each built once. The command runs in the repository's top folder with ASSAY_BASELINE_COMMIT,
// ASSAY_CANDIDATE_COMMIT (revisions), ASSAY_BASELINE_PLUGINS, ASSAY_CANDIDATE_PLUGINS (folders) and ASSAY_RUN (a folder
// that does not exist yet, for `assay compare -o`).
class CommitComparer : public Comparer {
 public:
  CommitComparer(bisect::Builds& builds, std::vector<bisect::Commit> commits, std::string command,
                 std::filesystem::path repository, std::filesystem::path folder, const std::atomic<bool>& interrupted);
  // Errors also: kUsage if the good commit does not build.
  [[nodiscard]] Result<BisectStep> compare(std::size_t position) override;

 private:
  bisect::Builds* builds_;
  std::vector<bisect::Commit> commits_;
  std::string command_;
  std::filesystem::path repository_;
  std::filesystem::path folder_;
  const std::atomic<bool>* interrupted_;
};

// Variants, by `assay compare <first> <position> options... -o RUN` in a process of its own.
class VariantComparer : public Comparer {
 public:
  VariantComparer(std::vector<std::string> variants, std::vector<std::string> options, std::filesystem::path folder,
                  const std::atomic<bool>& interrupted)
      : variants_(std::move(variants)),
        options_(std::move(options)),
        folder_(std::move(folder)),
        interrupted_(&interrupted) {}
  [[nodiscard]] Result<BisectStep> compare(std::size_t position) override;

 private:
  std::vector<std::string> variants_;
  std::vector<std::string> options_;
  std::filesystem::path folder_;
  const std::atomic<bool>* interrupted_;
};

}  // namespace assay::cli
