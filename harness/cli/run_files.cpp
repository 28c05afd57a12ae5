#include "harness/cli/run_files.hpp"

#include <chrono>

#include "harness/cli/run.hpp"
#include "harness/core/json.hpp"
#include "harness/store/journal_line.hpp"
#include "harness/store/time_text.hpp"

namespace assay::cli {
namespace {

constexpr const char* kKind = "programs";  // what tells replay that this is no run of plugins

std::string now_text() {
  return store::utc_text(std::chrono::system_clock::now());
}

}  // namespace

Result<RunFiles> RunFiles::create(const Home& home, const std::filesystem::path& output, const std::string& command,
                                  std::uint64_t seed, const Json& environment) {
  RunRequest request;
  request.output = output;
  ASSAY_TRY(std::filesystem::path folder, make_run_folder(request, home));
  ASSAY_TRY(store::Journal journal, store::Journal::create(folder / "journal.jsonl"));
  Json run;
  run["schema"] = "assay-run/1";
  run["created_utc"] = now_text();
  run["finished_utc"] = nullptr;
  run["suite"] = nullptr;
  run["audits"] = Json::array();
  run["datasets"] = Json::array();
  run["command"] = command;
  run["seed"] = seed;
  run["environment"] = environment;
  run["records"] = Json::array();
  run["ledgers"] = Json::array();
  run["interrupted"] = false;
  RunFiles files(std::move(folder), std::move(journal), std::move(run));
  ASSAY_CHECK(files.write());
  ASSAY_CHECK(files.journal_.append(
      "run_started", {{"format", store::kJournalFormat}, {"kind", kKind}, {"command", command}, {"utc", now_text()}}));
  return files;
}

Status RunFiles::add(const store::CaseRecord& record) {
  const std::string name = fmt::format("case-{:03}.json", run_["records"].size() + 1);
  ASSAY_CHECK(write_json(folder_ / "records" / name, to_json(record)));
  run_["records"].push_back(name);
  ASSAY_CHECK(journal_.sync());
  return write();
}

Status RunFiles::finish(const Status& done) {
  if (done) {
    run_["finished_utc"] = now_text();
    ASSAY_CHECK(write());
    ASSAY_CHECK(journal_.append("run_finished", {{"utc", now_text()}, {"records", run_["records"].size()}}));
    return journal_.sync();
  }
  run_["interrupted"] = done.error().kind == ErrorKind::kInterrupted;
  // The failure itself is what the user must hear of, not that it could not be noted down.
  static_cast<void>(write());
  static_cast<void>(journal_.append(run_["interrupted"] ? "run_interrupted" : "run_failed",
                                    {{"utc", now_text()}, {"reason", done.error().message}}));
  return fail(done.error().kind, "{}; what was measured is in '{}'", done.error().message, folder_.string());
}

Status RunFiles::write() const {
  return write_json(folder_ / "run.json", run_);
}

}  // namespace assay::cli
