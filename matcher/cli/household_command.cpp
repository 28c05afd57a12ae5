// `matcher household`: matched persons rolled up to matched households.
#include <fmt/format.h>

#include <memory>

#include "matcher/cli/command.hpp"
#include "matcher/cli/match_flags.hpp"
#include "matcher/cli/output_flags.hpp"
#include "matcher/cli/result_output.hpp"
#include "matcher/cli/run_control.hpp"
#include "matcher/cli/summary.hpp"
#include "matcher/engine/match_engine.hpp"
#include "matcher/household/roll_up.hpp"

namespace matcher {
namespace {

struct HouseholdCommand {
  std::string left{};
  std::string right{};
  std::string algorithm = "A5";
  InputFlags input{};
  MatchFlags match{};
  OutputFlags output{};
};

Status run(const HouseholdCommand& command) {
  Stopwatch stopwatch;
  if (auto status = check_distinct({command.left, command.right},
                                   {command.output.output, summary_path(command.output), command.input.bad_rows});
      !status) {
    return status;
  }
  MatchFlags flags = command.match;
  flags.algorithm = "A4";
  auto options = match_options(flags);
  if (!options) return hand_on(options);
  ProgressPrinter printer(progress_style(command.output.quiet, command.output.progress));
  options->is_cancelled = cancel_on_signal();
  options->on_progress = [&](const Progress& progress) { printer.show(progress); };
  // First, as a place that cannot be written to should not be found out after the work.
  auto output = ResultOutput::open(command.output.output, command.output.replace);
  if (!output) return hand_on(output);
  auto sink = output->table("Households");
  if (!sink) return hand_on(sink);
  const auto tables = load_two_tables(command.left, command.right, command.input, flags.threads);
  if (!tables) return tl::unexpected(tables.error());
  stopwatch.lap("read");
  const PersonsView left = tables->left.read.table.view();
  const PersonsView right = tables->right.read.table.view();
  if (left.uuid.is_absent()) {
    return fail(ErrorKind::kBadInput, "{}: households of the left table are named by column 'uuid', which is missing",
                command.left);
  }
  const auto matches = match_persons(left, right, *options);
  if (!matches) return tl::unexpected(matches.error());
  stopwatch.lap("match");
  const auto side = command.algorithm == "A5" ? HouseholdSide::kLeft : HouseholdSide::kRight;
  const auto households = roll_up_households(*matches, left, right, side);
  stopwatch.lap("roll_up");
  if (auto status = write_households(**sink, households); !status) return status;
  stopwatch.lap("write");

  Json summary = begin_summary("household");
  summary["options"] = describe(*options, flags.profile);
  summary["options"]["algorithm"] = command.algorithm;
  summary["left"] = describe_table(tables->left);
  summary["right"] = describe_table(tables->right);
  summary["result"] = {{"person_pairs", matches->size()}, {"households", households.size()}};
  summary["output"] = command.output.output;
  add_costs(stopwatch, summary);
  if (auto status = output->finish(summary); !status) return status;
  if (auto status = write_summary(command.output, summary); !status) return status;
  if (!command.output.quiet) {
    say(fmt::format("{}: {} x {} rows, {} person pairs, {} households, {:.3f} s", command.algorithm, left.row_count,
                    right.row_count, matches->size(), households.size(), stopwatch.total_seconds()));
  }
  return {};
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
  command->input.add_to(*app, true);
  command->output.add_to(*app, "matched households", false);
  app->footer("Example:\n  matcher household families.csv census.csv --algorithm A5 -o households.csv");
  return {app, [command] { return run(*command); }};
}

}  // namespace matcher
