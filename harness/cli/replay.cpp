#include "harness/cli/replay.hpp"

#include "harness/cli/run_setup.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/core/files.hpp"
#include "harness/store/journal_reader.hpp"

namespace assay::cli {
namespace {

Status execute(RunSetup& setup, Transcript& transcript, Replay& replay) {
  ProgressLine silent(stderr, true);
  const auto keep = [&](const std::string& name, std::string_view text) {
    replay.files.insert_or_assign(name, text);
    return Status();
  };
  if (setup.context.head) {
    ASSAY_TRY(replay.gate, execute_gate(setup, transcript, silent, keep));
    return {};
  }
  const auto keep_json = [&](const std::string& name, const Json& content) -> Status {
    ASSAY_TRY(const std::string text, json_text(content, name));
    return keep(name, text);
  };
  ASSAY_TRY(replay.summary, execute(setup, transcript, silent, keep_json));
  return {};
}

}  // namespace

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
    return fail(ErrorKind::kUsage,
                "journal '{}' is of a comparison of programs; only runs and gates of plugins can be replayed",
                file.string());
  }
  ASSAY_TRY(RunSetup setup, setup_from_header(past.header));
  replay.cases = setup.plan.cases.size();
  Transcript transcript(std::move(past), nullptr);
  ASSAY_CHECK(execute(setup, transcript, replay));
  if (const Json* const next = transcript.next(); next != nullptr) {
    return fail(ErrorKind::kResultsDiffer,
                "journal line {}: nothing is expected any more; use the version of assay "
                "that wrote it",
                (*next)["n"].get<std::uint64_t>() + 1);
  }
  return replay;
}

}  // namespace assay::cli
