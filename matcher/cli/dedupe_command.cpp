// `matcher dedupe`: who appears several times in one table.
#include <fmt/format.h>

#include <memory>

#include "matcher/cli/command.hpp"
#include "matcher/cli/match_flags.hpp"
#include "matcher/cli/names.hpp"
#include "matcher/cli/output_flags.hpp"
#include "matcher/cli/result_output.hpp"
#include "matcher/cli/run_control.hpp"
#include "matcher/cli/summary.hpp"
#include "matcher/engine/match_engine.hpp"
#include "matcher/io/csv_sink.hpp"
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
  OutputFlags output{};
};

Json describe_clusters(const Clusters& clusters, const std::vector<Match>& matches) {
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
  return {{"pairs", matches.size()},    {"clusters", clusters.clusters.size()}, {"clusters_of_several", several},
          {"largest_cluster", largest}, {"conflicting_clusters", conflicting},  {"conflicting_pairs", conflicts}};
}

Status write_details(const DedupeCommand& command, const MatchOptions& options, const std::vector<Match>& matches,
                     const Clusters& clusters, const PersonsView& table) {
  if (!command.pairs.empty()) {
    auto sink = open_csv_sink(command.pairs);
    if (!sink) return hand_on(sink);
    const auto layout = value_of<MatchLayout>(kMatchLayoutNames, command.output.layout);
    if (auto status = write_matches(**sink, layout, options.algorithm, matches, table, table); !status) return status;
  }
  if (!command.conflicts.empty()) {
    auto sink = open_csv_sink(command.conflicts);
    if (!sink) return hand_on(sink);
    const auto conflicts = list_conflicts(clusters, matches, kConflictsPerCluster);
    if (auto status = write_conflicts(**sink, clusters, conflicts, table); !status) return status;
  }
  return {};
}

Status run(const DedupeCommand& command) {
  Stopwatch stopwatch;
  if (auto status = check_distinct({command.table}, {command.output.output, command.pairs, command.conflicts,
                                                     summary_path(command.output), command.input.bad_rows});
      !status) {
    return status;
  }
  auto options = match_options(command.match);
  if (!options) return hand_on(options);
  ProgressPrinter printer(progress_style(command.output.quiet, command.output.progress));
  options->is_cancelled = cancel_on_signal();
  options->on_progress = [&](const Progress& progress) { printer.show(progress); };
  options->same_table = true;
  // First, as a place that cannot be written to should not be found out after the work.
  auto output = ResultOutput::open(command.output.output, command.output.replace);
  if (!output) return hand_on(output);
  auto sink = output->table("Clusters");
  if (!sink) return hand_on(sink);
  const auto loaded = load_one_table(command.table, command.input, command.match.threads);
  if (!loaded) return tl::unexpected(loaded.error());
  const PersonsView table = loaded->read.table.view();
  stopwatch.lap("read");
  const auto matches = match_persons(table, table, *options);
  if (!matches) return tl::unexpected(matches.error());
  stopwatch.lap("match");
  const Clusters clusters = find_clusters(table.row_count, *matches);
  stopwatch.lap("cluster");
  if (auto status = write_cluster_members(**sink, clusters, table); !status) return status;
  if (auto status = write_details(command, *options, *matches, clusters, table); !status) return status;
  stopwatch.lap("write");

  Json summary = begin_summary("dedupe");
  summary["options"] = describe(*options, command.match.profile);
  summary["table"] = describe_table(*loaded);
  summary["result"] = describe_clusters(clusters, *matches);
  summary["output"] = command.output.output;
  add_costs(stopwatch, summary);
  if (auto status = output->finish(summary); !status) return status;
  if (auto status = write_summary(command.output, summary); !status) return status;
  if (!command.output.quiet) {
    say(fmt::format("{}: {} rows, {} pairs, {} clusters of several, {} with conflicts, {:.3f} s",
                    command.match.algorithm, table.row_count, matches->size(),
                    summary["result"]["clusters_of_several"].get<std::uint64_t>(),
                    summary["result"]["conflicting_clusters"].get<std::uint64_t>(), stopwatch.total_seconds()));
  }
  return {};
}

}  // namespace

Command add_dedupe_command(CLI::App& program) {
  auto command = std::make_shared<DedupeCommand>();
  CLI::App* app = program.add_subcommand("dedupe", "Find the same person within one table");
  app->add_option("table", command->table, "a table, as for match")->required();
  command->match.add_to(*app, {});
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
