// assay verify: proves that the records, verdicts and report of a run or gate came from its journal.
#include "harness/cli/verify.hpp"
#include "harness/cli/commands.hpp"
#include "harness/core/files.hpp"
#include "harness/core/temporary_folder.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kReport = "report.html";

// Makes the page again from the replayed files. True if it is the one in the folder.
Result<bool> same_report(const fs::path& folder, const Replay& replay) {
  ASSAY_TRY(const TemporaryFolder run, TemporaryFolder::make("verify"));
  ASSAY_CHECK(make_folder(run.path() / "records"));
  for (const auto& [name, text] : replay.files) {
    ASSAY_CHECK(write_file_atomically(run.path() / name, text));
  }
  ASSAY_TRY(const Home home, find_home());
  ASSAY_TRY(const fs::path page, write_report(home, run.path(), run.path() / kReport));
  ASSAY_TRY(const std::string made, read_file(page));
  ASSAY_TRY(const std::string found, read_file(folder / kReport));
  return made == found;
}

std::string what_was_made(const Replay& replay) {
  if (replay.gate) {
    const std::string verdict = replay.cut_short() ? "" : "; " + gate::summary_sentence(replay.gate->report);
    return fmt::format("{} of a gate with {} cells{}", replay.gate->records, replay.cases, verdict);
  }
  return fmt::format("{} of {} cases, {} ledgers", replay.summary.records.size(), replay.cases,
                     replay.summary.ledgers.size());
}

Result<int> verify(const std::string& text) {
  const fs::path folder = text;
  if (!fs::is_directory(folder)) {
    return fail(ErrorKind::kUsage, "'{}' is no run folder; give the folder that 'assay run' printed", text);
  }
  ASSAY_TRY(const Replay replay, replay_run(folder));
  fmt::print("journal:  {} lines, every one chained to the line before\n", replay.lines);
  if (replay.torn_bytes > 0)
    fmt::print("          {} bytes of a torn line at its end do not count\n", replay.torn_bytes);
  ASSAY_TRY(std::vector<std::string> differences, find_differences(folder, replay));
  fmt::print("records:  {}{}\n", what_was_made(replay),
             replay.cut_short() ? "; it did not come to its end, go on with --resume" : "");
  if (fs::exists(folder / kReport)) {
    const auto same = same_report(folder, replay);
    if (same && !*same) differences.push_back("report.html: not the page that the replayed records give");
    fmt::print("report:   {}\n",
               same ? "made again from the replayed records" : "not checked: " + same.error().message);
  }
  for (const std::string& difference : differences) fmt::print("differs:  {}\n", difference);
  if (!differences.empty()) {
    return fail(ErrorKind::kResultsDiffer, "'{}' does not follow from its journal: {} file(s) differ", text,
                differences.size());
  }
  fmt::print("verified: all files of '{}' follow from its journal, byte for byte\n", text);
  return 0;
}

}  // namespace

void add_verify(CLI::App& app, Invocation& invocation) {
  CLI::App* const command = app.add_subcommand("verify", "Prove that the files of a run or gate came from its journal");
  const auto folder = std::make_shared<std::string>();
  command->add_option("run", *folder, "folder of a run or gate")->required();
  command->footer("example:\n  assay verify .assay/runs/20261121-091011-quick");
  command->callback([&invocation, folder] { invocation.action = [folder] { return verify(*folder); }; });
}

}  // namespace assay::cli
