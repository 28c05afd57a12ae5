// assay replay: the files of a run or gate, recomputed from its journal alone.
#include "harness/cli/replay.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/core/files.hpp"
#include "harness/store/journal.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

// The journal comes last: a folder that has one is a complete run.
Status write_files(const Replay& replay, const fs::path& folder) {
  ASSAY_CHECK(make_folder(folder / "records"));
  for (const auto& [name, text] : replay.files) ASSAY_CHECK(write_file_atomically(folder / name, text));
  return write_file_atomically(folder / store::kJournalFile, replay.journal);
}

void print_run(const Replay& replayed) {
  fmt::print("{}", verdict_table(replayed.summary.records));
  for (std::size_t i = 0; i < replayed.summary.ledgers.size(); ++i) {
    fmt::print("\n{}", ledger_table(replayed.summary.audits[i], replayed.summary.ledgers[i]));
  }
  fmt::print("\nreplayed: {} of {} cases from {} journal lines", replayed.summary.records.size(), replayed.cases,
             replayed.lines);
}

void print_gate(const Replay& replayed) {
  if (!replayed.cut_short()) {
    fmt::print("{}\n{}\n", gate_table(replayed.gate->report), gate::summary_sentence(replayed.gate->report));
  }
  fmt::print("\nreplayed: a gate of {} cells from {} journal lines", replayed.cases, replayed.lines);
}

Result<int> replay(const std::string& path, const std::string& output) {
  if (!output.empty() &&
      (fs::exists(fs::path(output) / store::kJournalFile) || fs::exists(fs::path(output) / "run.json"))) {
    return fail(ErrorKind::kUsage, "'{}' already holds a run; give another folder or remove it", output);
  }
  ASSAY_TRY(const Replay replayed, replay_run(path));
  if (!output.empty()) ASSAY_CHECK(write_files(replayed, output));
  if (replayed.gate) {
    print_gate(replayed);
  } else {
    print_run(replayed);
  }
  fmt::print("{}\n", replayed.cut_short() ? "; it did not come to its end, go on with --resume" : "");
  if (!output.empty()) fmt::print("records: {}\n", output);
  return 0;
}

}  // namespace

void add_replay(CLI::App& app, Invocation& invocation) {
  CLI::App* const command = app.add_subcommand("replay", "Recompute the files of a run or gate from its journal alone");
  const auto path = std::make_shared<std::string>();
  const auto output = std::make_shared<std::string>();
  command->add_option("run", *path, "folder of a run or gate, or its journal")->required();
  command->add_option("-o,--output", *output, "folder for the files; default: print the tables only");
  command->footer("example:\n  assay replay .assay/runs/20261121-091011-quick -o replayed");
  command->callback(
      [&invocation, path, output] { invocation.action = [path, output] { return replay(*path, *output); }; });
}

}  // namespace assay::cli
