// Levels one after another on copies of the tables.
#include "matcher/partitioned/partitioned_cascade.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "matcher/partitioned/match_files.hpp"
#include "matcher/partitioned/spilled_table.hpp"
#include "matcher/partitioned/work_run.hpp"

namespace matcher {
namespace {

std::string identity_of(const CascadeOptions& options) {
  std::string text = fmt::format("{} {}", static_cast<int>(options.mode), static_cast<int>(options.missing_columns));
  for (const int level : options.levels) text += fmt::format(" {}", level);
  for (int level = 1; level <= kLastCascadeLevel; ++level)
    text += matcher::identity_of(options_of_level(level, options));
  return text;
}

std::size_t count_of(const std::vector<bool>& pool) {
  return static_cast<std::size_t>(std::count(pool.begin(), pool.end(), true));
}

class Levels {
 public:
  Levels(const CascadeOptions& options, const PartitionedOptions& partitioned, MatchLayout layout, WorkFolder& folder)
      : options_(options),
        partitioned_(partitioned),
        layout_(layout),
        folder_(folder),
        watch_{options.is_cancelled, options.on_progress} {}

  Status run(const PartitionedInput& left, const PartitionedInput& right, const UseCascade& use) {
    for (const bool is_left : {true, false}) {
      auto table = spill_table(is_left ? left : right, is_left, watch_, folder_);
      if (!table) return hand_on(table);
      pools_[is_left ? 0 : 1].assign(table->scan.facts.rows, true);
      tables_.push_back(std::move(*table));
    }
    const PersonsTable left_columns = table_of_columns(tables_[0].scan.columns);
    const PersonsTable right_columns = table_of_columns(tables_[1].scan.columns);
    const auto levels = levels_to_run(left_columns.view(), right_columns.view(), options_);
    if (!levels) return tl::unexpected(levels.error());
    PartitionedCascade result{tables_[0].scan.facts, tables_[1].scan.facts, {}};
    for (const CascadeLevel& level : *levels) {
      auto done = run_level(level);
      if (!done) return hand_on(done);
      result.levels.push_back(std::move(*done));
    }
    return use(result);
  }

 private:
  Result<PartitionedLevel> run_level(const CascadeLevel& planned) {
    PartitionedLevel result{planned, 0, {}};
    result.level.left_pool = count_of(pools_[0]);
    result.level.right_pool = count_of(pools_[1]);
    if (!planned.missing_column.empty()) return result;
    const MatchOptions match = options_of_level(planned.level, options_);
    auto found = find_matches({.left = tables_[0].input,
                               .right = tables_[1].input,
                               .options = match,
                               .memory_bytes = partitioned_.memory_bytes,
                               .cells_of = cells_of_layout(layout_, match.algorithm),
                               .run = fmt::format("L{:02}.", planned.level),
                               .left_pool = &pools_[0],
                               .right_pool = &pools_[1]},
                              folder_);
    if (!found) return hand_on(found);
    const auto files = std::make_shared<MatchFiles>(std::move(*found));
    if (options_.mode == CascadeMode::kExclusive) {
      StageWatch stage("take out", files->accepted, watch_, "pairs");
      auto status = files->visit([&](const SpilledMatch& pair) -> Status {
        stage.tick();
        pools_[0][pair.left_row] = pools_[1][pair.right_row] = false;
        return {};
      });
      if (!status) return hand_on(status);
    }
    result.pairs = files->accepted;
    result.write = [files, layout = layout_, algorithm = match.algorithm, watch = watch_](TableSink& sink) {
      return write_match_files(*files, layout, algorithm, sink, watch);
    };
    return result;
  }

  const CascadeOptions& options_;
  const PartitionedOptions& partitioned_;
  MatchLayout layout_;
  WorkFolder& folder_;
  RunWatch watch_;
  std::vector<SpilledTable> tables_;        // left, right
  std::array<std::vector<bool>, 2> pools_;  // rows that are still in
};

}  // namespace

Status cascade_partitioned(const PartitionedInput& left, const PartitionedInput& right, const CascadeOptions& options,
                           const PartitionedOptions& partitioned, MatchLayout layout, const UseCascade& use) {
  return run_in_work_folder(
      partitioned,
      {"cascade", left.identity, right.identity, identity_of(options), std::to_string(static_cast<int>(layout))},
      [&](WorkFolder& folder) { return Levels(options, partitioned, layout, folder).run(left, right, use); });
}

}  // namespace matcher
