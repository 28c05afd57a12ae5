// `matcher dedupe`: who appears several times in one table.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "matcher/cli/command.hpp"
#include "matcher/cli/match_flags.hpp"
#include "matcher/cli/memory_flags.hpp"
#include "matcher/cli/names.hpp"
#include "matcher/cli/output_flags.hpp"
#include "matcher/cli/result_output.hpp"
#include "matcher/cli/summary.hpp"
#include "matcher/engine/match_engine.hpp"
#include "matcher/io/csv_sink.hpp"
#include "matcher/io/watched_sink.hpp"
#include "matcher/partitioned/partitioned_dedupe.hpp"
#include "matcher/resolution/clusters.hpp"

namespace matcher {
namespace {

constexpr std::size_t kConflictsPerCluster = 1000;

struct DedupeCommand {
  std::string table{};
  std::string pairs{};
  std::string conflicts{};
  InputFlags input{};
  MatchFlags match{};
  MemoryFlags memory{};
  OutputFlags output{};
};

Json describe_clusters(const Clusters& clusters, std::uint64_t pairs) {
  std::uint64_t several = 0;
  std::uint64_t conflicting = 0;
  std::uint64_t conflicts = 0;
  std::uint32_t largest = 0;
  for (const Clusters::Cluster& cluster : clusters.clusters) {
    several += cluster.size > 1 ? 1U : 0U;
    conflicting += cluster.conflicts() > 0 ? 1U : 0U;
    conflicts += cluster.conflicts();
    largest = std::max(largest, cluster.size);
  }
  return {{"pairs", pairs},
          {"clusters", clusters.clusters.size()},
          {"clusters_of_several", several},
          {"largest_cluster", largest},
          {"conflicting_clusters", conflicting},
          {"conflicting_pairs", conflicts}};
}

Status write_pairs(const DedupeCommand& command, const DedupeMatches& found, CommandRun& run) {
  if (command.pairs.empty()) return {};
  auto sink = open_csv_sink(command.pairs, &run.outputs());
  if (!sink) return hand_on(sink);
  return found.write_pairs(**sink);
}

Status write_conflicts(const DedupeCommand& command, const DedupeMatches& found, const Clusters& clusters,
                       CommandRun& run) {
  if (command.conflicts.empty()) return {};
  if (auto status = found.check_budget(bytes_to_list_conflicts(clusters, kConflictsPerCluster), "listing conflicts",
                                       "without --conflicts");
      !status) {
    return status;
  }
  auto sink = open_csv_sink(command.conflicts, &run.outputs());
  if (!sink) return hand_on(sink);
  const auto conflicts = list_conflicts(clusters, found.matches, kConflictsPerCluster, run.watch());
  if (!conflicts) return tl::unexpected(conflicts.error());
  WatchedSink watched(**sink, conflicts->size(), run.watch());
  return write_conflicts(watched, clusters, *conflicts, found.ids);
}

// Clusters and all that hangs on them, in memory or not.
Status conclude(const DedupeCommand& command, const MatchOptions& options, const DedupeMatches& found,
                const Json& table, ResultOutput& output, TableSink& sink, CommandRun& run) {
  const auto clusters = find_clusters(found.ids.row_count, found.matches, run.watch());
  if (!clusters) return tl::unexpected(clusters.error());
  run.stopwatch().lap("cluster");
  WatchedSink watched(sink, found.ids.row_count, run.watch());
  if (auto status = write_cluster_members(watched, *clusters, found.ids); !status) return status;
  if (auto status = write_pairs(command, found, run); !status) return status;
  if (auto status = write_conflicts(command, found, *clusters, run); !status) return status;
  run.stopwatch().lap("write");

  Json summary = begin_summary("dedupe");
  summary["options"] = describe(options, command.match.profile);
  summary["table"] = table;
  summary["result"] = describe_clusters(*clusters, found.accepted);
  summary["output"] = command.output.output;
  summary["memory_budget"] = describe(command.memory);
  add_costs(run.stopwatch(), summary);
  if (auto status = output.finish(summary, run.watch()); !status) return status;
  if (auto status = write_summary(command.output, summary, run.outputs()); !status) return status;
  if (auto status = run.publish(); !status) return status;
  if (command.output.quiet) return {};
  say(fmt::format("{}: {} rows, {} pairs, {} clusters of several, {} with conflicts, {:.3f} s", command.match.algorithm,
                  found.ids.row_count, found.accepted, summary["result"]["clusters_of_several"].get<std::uint64_t>(),
                  summary["result"]["conflicting_clusters"].get<std::uint64_t>(), run.stopwatch().total_seconds()));
  return {};
}

Status run_in_memory(const DedupeCommand& command, const MatchOptions& options, CommandRun& run) {
  // First, as a place that cannot be written to should not be found out after the work.
  auto output = ResultOutput::open(command.output.output, command.output.replace, run.outputs());
  if (!output) return hand_on(output);
  const auto sink = output->table("Clusters");
  if (!sink) return tl::unexpected(sink.error());
  const auto loaded = load_one_table(command.table, command.input, command.match.threads, run);
  if (!loaded) return tl::unexpected(loaded.error());
  const PersonsView table = loaded->read.table.view();
  const auto matches = match_persons(table, table, options);
  if (!matches) return tl::unexpected(matches.error());
  run.stopwatch().lap("match");
  const DedupeMatches found{
      .ids = table,
      .accepted = matches->size(),
      .matches = each_of(*matches),
      .write_pairs =
          [&](TableSink& pairs) {
            WatchedSink watched(pairs, matches->size(), run.watch());
            return write_matches(watched, value_of<MatchLayout>(kMatchLayoutNames, command.output.layout),
                                 options.algorithm, *matches, table, table);
          },
      .check_budget = [](std::uint64_t, const std::string&, const std::string&) -> Status { return {}; }};
  return conclude(command, options, found, describe_table(*loaded), *output, **sink, run);
}

Status run_partitioned(const DedupeCommand& command, const MatchOptions& options, const PartitionedOptions& partitioned,
                       CommandRun& run) {
  const auto table = partitioned_input(command.table, command.input, Side::kLeft);
  if (!table) return tl::unexpected(table.error());
  const auto layout = command.pairs.empty()
                          ? std::nullopt
                          : std::optional(value_of<MatchLayout>(kMatchLayoutNames, command.output.layout));
  return dedupe_partitioned(
      *table, options, partitioned, layout, [&](const DedupeMatches& found, const TableFacts& facts) -> Status {
        if (auto status = report_rows(command.input, {{table->name, &facts.report}}, run); !status) return status;
        run.stopwatch().lap("match");
        auto output = ResultOutput::open(command.output.output, command.output.replace, run.outputs());
        if (!output) return hand_on(output);
        const auto sink = output->table("Clusters");
        if (!sink) return tl::unexpected(sink.error());
        return conclude(command, options, found, describe_table(table->name, facts), *output, **sink, run);
      });
}

Status run(DedupeCommand command) {
  if (auto status = check_distinct({command.table}, {command.output.output, command.pairs, command.conflicts,
                                                     summary_path(command.output), command.input.bad_rows});
      !status) {
    return status;
  }
  auto options = match_options(command.match);
  if (!options) return hand_on(options);
  command.input.reads_households = command.output.layout == "peer";
  command.input.reads_places = reads_places(*options);
  const auto partitioned = partitioned_options(command.memory, command.output.output);
  if (!partitioned) return tl::unexpected(partitioned.error());
  CommandRun run(command.output.quiet, command.output.progress);
  options->is_cancelled = run.watch().is_cancelled;
  options->on_progress = run.watch().on_progress;
  options->same_table = true;
  return *partitioned ? run_partitioned(command, *options, **partitioned, run) : run_in_memory(command, *options, run);
}

}  // namespace

Command add_dedupe_command(CLI::App& program) {
  auto command = std::make_shared<DedupeCommand>();
  CLI::App* app = program.add_subcommand("dedupe", "Find the same person within one table");
  app->add_option("table", command->table, "a table, as for match")->required();
  command->match.add_to(*app, {});
  command->memory.add_to(*app);
  command->input.add_to(*app, false);
  command->output.add_to(*app, "every row with its cluster (id, cluster_id, cluster_size)", true);
  app->add_option("--pairs", command->pairs, "also write the accepted pairs, in the layout chosen")->group("Results");
  app->add_option("--conflicts", command->conflicts,
                  "also write pairs of members that do not match each other (1,000 per cluster at most)")
      ->group("Results");
  app->footer("Example:\n  matcher dedupe persons.csv --algorithm A3 -o clusters.csv --conflicts conflicts.csv");
  return {app, [command] { return run(*command); }};
}

}  // namespace matcher
