// The folder of a run that has no suite: journal, records, run.json, kept whole whatever happens.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "harness/cli/home.hpp"
#include "harness/core/json.hpp"
#include "harness/store/journal.hpp"
#include "harness/store/record.hpp"

namespace assay::cli {

class RunFiles {
 public:
  // Makes the folder (see make_run_folder) and writes a first run.json. Errors: kUsage (it holds a run), kInternal.
  [[nodiscard]] static Result<RunFiles> create(const Home& home, const std::filesystem::path& output,
                                               const std::string& command, std::uint64_t seed, const Json& environment);

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] store::Journal& journal() { return journal_; }

  // Writes the record and names it in run.json. Errors: kInternal.
  [[nodiscard]] Status add(const store::CaseRecord& record);

  // Says in run.json and journal how the run ended, and hands a failure on with the folder's name added.
  [[nodiscard]] Status finish(const Status& done);

 private:
  RunFiles(std::filesystem::path folder, store::Journal journal, Json run)
      : folder_(std::move(folder)), journal_(std::move(journal)), run_(std::move(run)) {}
  [[nodiscard]] Status write() const;

  std::filesystem::path folder_;
  store::Journal journal_;
  Json run_;
};

}  // namespace assay::cli
