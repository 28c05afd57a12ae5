// `matcher match`: two tables in, accepted pairs out.
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
#include "matcher/resolution/selection.hpp"

namespace matcher {
namespace {

struct MatchCommand {
  std::string left{};
  std::string right{};
  InputFlags input{};
  MatchFlags match{};
  OutputFlags output{};
  std::string select = "all";
};

Json describe_pairs(const MatchResult& result, const std::vector<Match>& chosen, const MatchOptions& options) {
  std::size_t review = 0;
  for (const Match& match : chosen) review += match.for_review ? 1U : 0U;
  Json json = {{"accepted_pairs", result.matches.size()}, {"matches", chosen.size() - review}, {"review", review}};
  Json candidates = Json::array();
  for (std::size_t i = 0; i < result.candidate_counts.size(); ++i) {
    const bool named = i < options.blocking_keys.size();
    candidates.push_back({{"key", named ? Json(options.blocking_keys[i].text) : Json(nullptr)},
                          {"pairs_tested", result.candidate_counts[i]}});
  }
  json["candidates"] = candidates;
  return json;
}

Status run(const MatchCommand& command) {
  Stopwatch stopwatch;
  auto options = match_options(command.match);
  if (!options) return hand_on(options);
  ProgressPrinter printer(progress_style(command.output.quiet, command.output.progress));
  options->is_cancelled = cancel_on_signal();
  options->on_progress = [&](const Progress& progress) { printer.show(progress); };
  const auto tables = load_two_tables(command.left, command.right, command.input, command.match.threads);
  if (!tables) return tl::unexpected(tables.error());
  stopwatch.lap("read");
  const PersonsView left = tables->left.read.table.view();
  const PersonsView right = tables->right.read.table.view();
  const auto result = run_match(left, right, *options);
  if (!result) return tl::unexpected(result.error());
  stopwatch.lap("match");
  const auto selection = value_of<Selection>(kSelectionNames, command.select);
  const std::vector<Match> chosen = select_matches(result->matches, selection, left.row_count, right.row_count);
  stopwatch.lap("select");
  auto output = ResultOutput::open(command.output.output);
  if (!output) return hand_on(output);
  auto sink = output->table("Matches");
  if (!sink) return hand_on(sink);
  const auto layout = value_of<MatchLayout>(kMatchLayoutNames, command.output.layout);
  if (auto status = write_matches(**sink, layout, options->algorithm, chosen, left, right); !status) return status;
  stopwatch.lap("write");

  Json summary = begin_summary("match");
  summary["options"] = describe(*options, command.match.profile);
  summary["options"]["select"] = command.select;
  summary["left"] = describe_table(tables->left);
  summary["right"] = describe_table(tables->right);
  summary["result"] = describe_pairs(*result, chosen, *options);
  summary["output"] = command.output.output;
  add_costs(stopwatch, summary);
  if (auto status = output->finish(summary); !status) return status;
  if (auto status = write_summary(command.output, summary); !status) return status;
  if (!command.output.quiet) {
    say(fmt::format("{}: {} x {} rows, {} pairs, {:.3f} s", command.match.algorithm, left.row_count, right.row_count,
                    chosen.size(), stopwatch.total_seconds()));
  }
  return {};
}

}  // namespace

Command add_match_command(CLI::App& program) {
  auto command = std::make_shared<MatchCommand>();
  CLI::App* app = program.add_subcommand("match", "Match the persons of two tables");
  app->add_option(
         "left", command->left,
         "table with id, first_name, last_name, birthdate (yyyy-mm-dd), and optionally middle_name, uuid, hh_id, "
         "barangay_code, city_code; an empty field is missing")
      ->required();
  app->add_option("right", command->right, "the other table, likewise")->required();
  command->match.add_to(*app, {});
  app->add_option("--select", command->select,
                  "all pairs; best: one per left row; greedy, optimal: one to one, see docs/algorithms.md")
      ->check(one_of(kSelectionNames))
      ->group("Comparison")
      ->capture_default_str();
  command->input.add_to(*app, true);
  command->output.add_to(*app, "accepted pairs", true);
  app->footer("Example:\n  matcher match left.csv right.csv --algorithm A3 --threshold 95 -o matches.csv");
  return {app, [command] { return run(*command); }};
}

}  // namespace matcher
