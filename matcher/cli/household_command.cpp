// `matcher household`: matched persons rolled up to matched households.
#include <fmt/format.h>

#include <memory>

#include "matcher/cli/command.hpp"
#include "matcher/cli/match_flags.hpp"
#include "matcher/cli/memory_flags.hpp"
#include "matcher/cli/output_flags.hpp"
#include "matcher/cli/result_output.hpp"
#include "matcher/cli/summary.hpp"
#include "matcher/engine/match_engine.hpp"
#include "matcher/household/roll_up.hpp"
#include "matcher/io/watched_sink.hpp"
#include "matcher/partitioned/partitioned_household.hpp"

namespace matcher {
namespace {

struct HouseholdCommand {
  std::string left{};
  std::string right{};
  std::string algorithm = "A5";
  InputFlags input{};
  MatchFlags match{};
  MemoryFlags memory{};
  OutputFlags output{};
};

HouseholdSide side_of(const HouseholdCommand& command) {
  return command.algorithm == "A5" ? HouseholdSide::kLeft : HouseholdSide::kRight;
}

// What was found, in memory or not.
struct Found {
  Json left;
  Json right;
  std::uint64_t person_pairs;
  const std::vector<HouseholdMatch>& households;
};

Status conclude(const HouseholdCommand& command, const MatchOptions& options, const Found& found, ResultOutput& output,
                TableSink& sink, CommandRun& run) {
  WatchedSink watched(sink, found.households.size(), run.watch());
  if (auto status = write_households(watched, found.households); !status) return status;
  run.stopwatch().lap("write");
  Json summary = begin_summary("household");
  summary["options"] = describe(options, command.match.profile);
  summary["options"]["algorithm"] = command.algorithm;
  summary["left"] = found.left;
  summary["right"] = found.right;
  summary["result"] = {{"person_pairs", found.person_pairs}, {"households", found.households.size()}};
  summary["output"] = command.output.output;
  summary["memory_budget"] = describe(command.memory);
  add_costs(run.stopwatch(), summary);
  if (auto status = output.finish(summary, run.watch()); !status) return status;
  if (auto status = write_summary(command.output, summary, run.outputs()); !status) return status;
  if (auto status = run.publish(); !status) return status;
  if (command.output.quiet) return {};
  say(fmt::format("{}: {} x {} rows, {} person pairs, {} households, {:.3f} s", command.algorithm,
                  found.left["rows"].get<std::uint64_t>(), found.right["rows"].get<std::uint64_t>(), found.person_pairs,
                  found.households.size(), run.stopwatch().total_seconds()));
  return {};
}

Status run_in_memory(const HouseholdCommand& command, const MatchOptions& options, CommandRun& run) {
  // First, as a place that cannot be written to should not be found out after the work.
  auto output = ResultOutput::open(command.output.output, command.output.replace, run.outputs());
  if (!output) return hand_on(output);
  const auto sink = output->table("Households");
  if (!sink) return tl::unexpected(sink.error());
  const auto tables = load_two_tables(command.left, command.right, command.input, options.threads, run);
  if (!tables) return tl::unexpected(tables.error());
  const PersonsView left = tables->left.read.table.view();
  const PersonsView right = tables->right.read.table.view();
  if (auto status = check_left_households(left, tables->left.name); !status) return status;
  const auto matches = match_persons(left, right, options);
  if (!matches) return tl::unexpected(matches.error());
  run.stopwatch().lap("match");
  const auto households = roll_up_households(*matches, left, right, side_of(command), run.watch());
  run.stopwatch().lap("roll_up");
  return conclude(command, options,
                  {describe_table(tables->left), describe_table(tables->right), matches->size(), households}, *output,
                  **sink, run);
}

Status run_partitioned(const HouseholdCommand& command, const MatchOptions& options,
                       const PartitionedOptions& partitioned, CommandRun& run) {
  const auto inputs = two_partitioned_inputs(command.left, command.right, command.input);
  if (!inputs) return tl::unexpected(inputs.error());
  const auto use = [&](const PartitionedHouseholds& found) -> Status {
    auto status = report_rows(
        command.input, {{inputs->left.name, &found.left.report}, {inputs->right.name, &found.right.report}}, run);
    if (!status) return status;
    run.stopwatch().lap("all");
    auto output = ResultOutput::open(command.output.output, command.output.replace, run.outputs());
    if (!output) return hand_on(output);
    const auto sink = output->table("Households");
    if (!sink) return tl::unexpected(sink.error());
    return conclude(command, options,
                    {describe_table(inputs->left.name, found.left), describe_table(inputs->right.name, found.right),
                     found.person_pairs, found.households},
                    *output, **sink, run);
  };
  return household_partitioned(inputs->left, inputs->right, options, partitioned, side_of(command), use);
}

Status run(HouseholdCommand command) {
  if (auto status = check_distinct({command.left, command.right},
                                   {command.output.output, summary_path(command.output), command.input.bad_rows});
      !status) {
    return status;
  }
  command.match.algorithm = "A4";
  auto options = match_options(command.match);
  if (!options) return hand_on(options);
  command.input.reads_places = reads_places(*options);
  const auto partitioned = partitioned_options(command.memory, command.output.output);
  if (!partitioned) return tl::unexpected(partitioned.error());
  CommandRun run(command.output.quiet, command.output.progress);
  options->is_cancelled = run.watch().is_cancelled;
  options->on_progress = run.watch().on_progress;
  return *partitioned ? run_partitioned(command, *options, **partitioned, run) : run_in_memory(command, *options, run);
}

}  // namespace

Command add_household_command(CLI::App& program) {
  auto command = std::make_shared<HouseholdCommand>();
  CLI::App* app = program.add_subcommand("household", "Match households by their members");
  app->add_option("left", command->left, "table whose households share a uuid")->required();
  app->add_option("right", command->right, "table whose households share a hh_id; a row without one is its own")
      ->required();
  app->add_option(
         "-a,--algorithm", command->algorithm,
         "A5: share of the left household's persons; A6 (L12): share of the right one's; more than half is a match")
      ->check(CLI::IsMember({"A5", "A6", "L12"}))
      ->group("Comparison")
      ->capture_default_str();
  command->match.add_to(*app, {.algorithm = false, .review = false, .block = true});
  command->memory.add_to(*app);
  command->input.add_to(*app, true);
  command->output.add_to(*app, "matched households", false);
  app->footer("Example:\n  matcher household families.csv census.csv --algorithm A5 -o households.csv");
  return {app, [command] { return run(*command); }};
}

}  // namespace matcher
