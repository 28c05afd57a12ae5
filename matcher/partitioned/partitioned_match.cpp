// Matches in files, a selection of them, and the merge into the result.
#include "matcher/partitioned/partitioned_match.hpp"

#include <fmt/format.h>

#include <utility>

#include "matcher/engine/match_plan.hpp"
#include "matcher/partitioned/match_files.hpp"
#include "matcher/partitioned/work_run.hpp"

namespace matcher {
namespace {

// A kept match of a selection other than `all`: the match, its place in the order, what the choice needs beside it.
constexpr std::size_t kBytesPerChoice = 160;

// The selections that need all matches at once: for each whether it is kept.
Result<std::vector<bool>> choose(const MatchFiles& files, Selection selection, const PartitionedOptions& partitioned,
                                 const RunWatch& watch) {
  const std::string what = fmt::format("choosing among {} pairs", files.accepted);
  if (auto status = check_budget(partitioned, files.accepted * kBytesPerChoice, what, "--select all"); !status)
    return hand_on(status);
  std::vector<Match> matches;
  matches.reserve(files.accepted);
  StageWatch stage("load", files.accepted, watch, "pairs");
  auto status = files.each()([&](const Match& match) {
    stage.tick();
    matches.push_back(match);
  });
  if (!status) return hand_on(status);
  return choose_matches(matches, selection, files.left.facts.rows, files.right.facts.rows, watch);
}

}  // namespace

Result<PartitionedResult> match_partitioned(const PartitionedInput& left, const PartitionedInput& right,
                                            const MatchOptions& options, const PartitionedOptions& partitioned,
                                            MatchLayout layout, Selection selection, const OpenSink& open_sink,
                                            const ConcludeRun& conclude) {
  if (const auto plan = make_plan(options); !plan) return tl::unexpected(plan.error());  // before there is a folder
  const RunWatch watch{options.is_cancelled, options.on_progress};
  PartitionedResult result;
  auto status = run_in_work_folder(
      partitioned, {left.identity, right.identity, identity_of(options), std::to_string(static_cast<int>(layout))},
      [&](WorkFolder& folder) -> Status {
        auto files = find_matches({.left = left,
                                   .right = right,
                                   .options = options,
                                   .memory_bytes = partitioned.memory_bytes,
                                   .cells_of = cells_of_layout(layout, options.algorithm)},
                                  folder);
        if (!files) return hand_on(files);
        result = {files->left.facts, files->right.facts, files->accepted, 0, 0, files->candidate_counts};
        std::vector<bool> kept;
        if (selection != Selection::kAll) {
          auto chosen = choose(*files, selection, partitioned, watch);
          if (!chosen) return hand_on(chosen);
          kept = std::move(*chosen);
        }
        const auto sink = open_sink();
        if (!sink) return tl::unexpected(sink.error());
        const auto keep = [&](std::uint64_t place, const SpilledMatch& match) {
          if (!kept.empty() && !kept[place]) return false;
          ++(match.for_review ? result.review : result.matches);
          return true;
        };
        if (auto written = write_match_files(*files, layout, options.algorithm, **sink, watch, keep); !written)
          return written;
        return conclude ? conclude(result) : Status{};
      });
  if (!status) return hand_on(status);
  return result;
}

}  // namespace matcher
