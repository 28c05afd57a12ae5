// A case read back from its journal is the case that was measured, whatever became of it, and no process is started.
#include <gtest/gtest.h>

#include "harness/store/journal_line.hpp"
#include "harness/store/journal_reader.hpp"
#include "tests/stub_plugins/launch.hpp"

namespace assay::cli {
namespace {

class CaseReplayTest : public testing::TestWithParam<const char*> {
 protected:
  std::filesystem::path file() const { return folder_.path() / store::kJournalFile; }

  std::string measured(const std::string& candidate) const {
    RunContext context = test::stub_context({"correct", candidate});
    auto journal = store::Journal::create(file());
    if (!journal) throw std::runtime_error(journal.error().message);
    if (!journal->append("run_started", {{"format", store::kJournalFormat}})) throw std::runtime_error("cannot append");
    Transcript transcript(*journal);
    return record_text(context, candidate, transcript);
  }

  std::string read_back(const std::string& candidate) const {
    RunContext context = test::stub_context({"correct", candidate});
    context.home.worker = "/nowhere/assay-worker";
    auto content = store::read_journal(file());
    if (!content) throw std::runtime_error(content.error().message);
    auto past = past_events(std::move(content->events));
    if (!past) throw std::runtime_error(past.error().message);
    Transcript transcript(std::move(*past), nullptr);
    std::string text = record_text(context, candidate, transcript);
    if (transcript.reads_back()) throw std::runtime_error("events are left");
    return text;
  }

 private:
  static std::string record_text(RunContext& context, const std::string& candidate, Transcript& transcript) {
    const auto record = run_case(context, test::stub_case("correct", candidate), transcript, [](double) {});
    if (!record) throw std::runtime_error(record.error().message);
    return json_text(store::to_json(*record), "record").value();
  }

  test::Folder folder_;
};

TEST_P(CaseReplayTest, RecordFromTheJournal_IsTheRecordByteForByte) {
  const std::string record = measured(GetParam());
  EXPECT_EQ(read_back(GetParam()), record);
}

INSTANTIATE_TEST_SUITE_P(Outcomes, CaseReplayTest,
                         testing::Values("twin", "keeps", "wrong_result", "missing_rows", "stale_answer", "alternating",
                                         "drifting", "segfault", "hang", "unsupported", "memory_left", "teardown_crash",
                                         "null_table", "output_flood"),
                         [](const auto& tried) { return std::string(tried.param); });

}  // namespace
}  // namespace assay::cli
