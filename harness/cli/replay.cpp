#include "harness/cli/replay.hpp"

#include "harness/cli/run_setup.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/core/files.hpp"
#include "harness/store/journal_reader.hpp"

namespace assay::cli {

Result<Replay> replay_run(const std::filesystem::path& path) {
  const std::filesystem::path file = std::filesystem::is_directory(path) ? path / store::kJournalFile : path;
  if (!std::filesystem::exists(file)) {
    return fail(ErrorKind::kUsage, "'{}' holds no journal; give a run folder or its {}", path.string(),
                store::kJournalFile);
  }
  Replay replay;
  ASSAY_TRY(replay.journal, read_file(file));
  ASSAY_TRY(store::JournalContent content, store::parse_journal(replay.journal, file.string()));
  replay.journal.resize(content.bytes);
  replay.lines = content.events.size();
  replay.torn_bytes = content.torn_bytes;
  if (content.events.empty()) {
    return fail(ErrorKind::kUsage, "journal '{}' was cut off before anything was measured", file.string());
  }
  ASSAY_TRY(PastEvents past, past_events(std::move(content.events)));
  if (past.header.value("kind", "") == "programs") {
    return fail(ErrorKind::kUsage, "journal '{}' is of a comparison of programs; only runs of plugins can be replayed",
                file.string());
  }
  if (past.header.contains("head")) {
    return fail(ErrorKind::kUsage, "journal '{}' is of a gate; only runs of one build can be replayed", file.string());
  }
  ASSAY_TRY(RunSetup setup, setup_from_header(past.header));
  replay.cases = setup.plan.cases.size();
  Transcript transcript(std::move(past), nullptr);
  ProgressLine silent(stderr, true);
  const auto keep = [&](const std::string& name, const Json& written) {
    replay.files.insert_or_assign(name, written);
    return Status();
  };
  ASSAY_TRY(replay.summary, execute(setup, transcript, silent, keep));
  if (const Json* const next = transcript.next(); next != nullptr) {
    return fail(ErrorKind::kResultsDiffer,
                "journal line {}: nothing is expected any more; use the version of assay "
                "that wrote it",
                (*next)["n"].get<std::uint64_t>() + 1);
  }
  return replay;
}

}  // namespace assay::cli
