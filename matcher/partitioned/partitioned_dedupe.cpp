// One copy of the table, matched with itself.
#include "matcher/partitioned/partitioned_dedupe.hpp"

#include <fmt/format.h>

#include <utility>

#include "matcher/engine/match_plan.hpp"
#include "matcher/partitioned/match_files.hpp"
#include "matcher/partitioned/spilled_table.hpp"
#include "matcher/partitioned/work_run.hpp"

namespace matcher {
namespace {

// The sets of find_clusters, each row's cluster, and a cluster for every row at worst.
constexpr std::uint64_t kClusterBytesPerRow = 2 * sizeof(std::uint32_t) + sizeof(Clusters::Cluster);
constexpr std::uint64_t kTextIdBytes = sizeof(std::int32_t) + 1;  // its place, and whether it is there

// The table with its ids alone. bytes: of text ids.
Result<PersonsTable> load_ids(const SpilledTable& table, std::uint64_t bytes) {
  PersonsTable ids;
  ids.id.reserve(table.scan.facts.rows);
  const bool has_text = table_of_columns(table.scan.columns).text_id.is_declared();
  if (has_text) {
    ids.text_id.declare();
    ids.text_id.reserve(table.scan.facts.rows, bytes);
  }
  auto status = each_row(table, [&](const PersonsView& batch, std::size_t row) {
    ids.id.push_back(batch.id[row]);
    if (has_text) ids.text_id.append(batch.text_id.text_or_empty(row));
  });
  if (!status) return hand_on(status);
  return ids;
}

}  // namespace

Status dedupe_partitioned(const PartitionedInput& table, const MatchOptions& options,
                          const PartitionedOptions& partitioned, std::optional<MatchLayout> keep_pairs,
                          const UseDedupeMatches& use) {
  if (const auto plan = make_plan(options); !plan) return tl::unexpected(plan.error());  // before there is a folder
  const RunWatch watch{options.is_cancelled, options.on_progress};
  const std::string kept = keep_pairs ? std::to_string(static_cast<int>(*keep_pairs)) : "none";
  return run_in_work_folder(
      partitioned, {"dedupe", table.identity, identity_of(options), kept}, [&](WorkFolder& folder) -> Status {
        const auto copy = spill_table(table, true, watch, folder);
        if (!copy) return tl::unexpected(copy.error());
        const std::uint64_t rows = copy->scan.facts.rows;
        std::uint64_t text_bytes = 0;
        auto status = each_row(*copy, [&](const PersonsView& batch, std::size_t row) {
          text_bytes += batch.text_id.text_or_empty(row).size();
        });
        if (!status) return status;
        const std::uint64_t id_bytes =
            rows * sizeof(std::int64_t) + (text_bytes == 0 ? 0 : text_bytes + rows * kTextIdBytes);
        const std::uint64_t held = id_bytes + rows * kClusterBytesPerRow;
        // Before the work, not after it.
        status = check_budget(partitioned, held, fmt::format("putting {} rows into clusters", rows), "");
        if (!status) return status;
        const auto files =
            find_matches({.left = copy->input,
                          .right = copy->input,
                          .options = options,
                          .memory_bytes = partitioned.memory_bytes,
                          .cells_of = keep_pairs ? cells_of_layout(*keep_pairs, options.algorithm) : CellsOfMatch{}},
                         folder);
        if (!files) return tl::unexpected(files.error());
        const auto ids = load_ids(*copy, text_bytes);
        if (!ids) return tl::unexpected(ids.error());
        return use({.ids = ids->view(),
                    .accepted = files->accepted,
                    .matches = files->each(),
                    .write_pairs =
                        [&](TableSink& sink) {
                          return write_match_files(*files, *keep_pairs, options.algorithm, sink, watch);
                        },
                    .check_budget =
                        [&](std::uint64_t bytes, const std::string& what, const std::string& instead) {
                          return check_budget(partitioned, held + bytes, what, instead);
                        }},
                   copy->scan.facts);
      });
}

}  // namespace matcher
