// `matcher match`: two tables in, accepted pairs out.
#include <fmt/format.h>

#include <memory>
#include <optional>

#include "matcher/cli/command.hpp"
#include "matcher/cli/device_flags.hpp"
#include "matcher/cli/match_flags.hpp"
#include "matcher/cli/memory_flags.hpp"
#include "matcher/cli/names.hpp"
#include "matcher/cli/output_flags.hpp"
#include "matcher/cli/result_output.hpp"
#include "matcher/cli/summary.hpp"
#include "matcher/engine/match_engine.hpp"
#include "matcher/gpu/engine/gpu_backend.hpp"
#include "matcher/io/watched_sink.hpp"
#include "matcher/partitioned/partitioned_match.hpp"
#include "matcher/resolution/selection.hpp"

namespace matcher {
namespace {

struct MatchCommand {
  std::string left{};
  std::string right{};
  InputFlags input{};
  MatchFlags match{};
  MemoryFlags memory{};
  DeviceFlags device{};
  OutputFlags output{};
  std::string select = "all";
};

Json describe_pairs(std::uint64_t accepted, std::uint64_t matches, std::uint64_t review,
                    const std::vector<std::uint64_t>& candidate_counts, const MatchOptions& options) {
  Json candidates = Json::array();
  for (std::size_t i = 0; i < candidate_counts.size(); ++i) {
    const bool named = i < options.blocking_keys.size();
    candidates.push_back(
        {{"key", named ? Json(options.blocking_keys[i].text) : Json(nullptr)}, {"pairs_tested", candidate_counts[i]}});
  }
  return {{"accepted_pairs", accepted}, {"matches", matches}, {"review", review}, {"candidates", candidates}};
}

// What both ways of running say at the end.
Status conclude(const MatchCommand& command, const MatchOptions& options, const Json& left, const Json& right,
                const Json& result, const DeviceChoice& device, ResultOutput& output, CommandRun& run) {
  Json summary = begin_summary("match");
  summary["options"] = describe(options, command.match.profile);
  summary["options"]["select"] = command.select;
  summary["left"] = left;
  summary["right"] = right;
  summary["result"] = result;
  summary["output"] = command.output.output;
  summary["memory_budget"] = describe(command.memory);
  summary["device"] = describe(command.device, device);
  add_costs(run.stopwatch(), summary);
  if (auto status = output.finish(summary, run.watch()); !status) return status;
  if (auto status = write_summary(command.output, summary, run.outputs()); !status) return status;
  if (auto status = run.publish(); !status) return status;
  if (command.output.quiet) return {};
  say(fmt::format("{}: {} x {} rows, {} pairs, {:.3f} s{}", command.match.algorithm, left["rows"].get<std::uint64_t>(),
                  right["rows"].get<std::uint64_t>(),
                  result["matches"].get<std::uint64_t>() + result["review"].get<std::uint64_t>(),
                  run.stopwatch().total_seconds(), device_suffix(command.device, device)));
  return {};
}

Status run_partitioned(const MatchCommand& command, const MatchOptions& options, const PartitionedOptions& partitioned,
                       CommandRun& run) {
  const auto inputs = two_partitioned_inputs(command.left, command.right, command.input);
  if (!inputs) return tl::unexpected(inputs.error());
  std::optional<ResultOutput> output;
  const auto open_sink = [&]() -> Result<TableSink*> {
    auto opened = ResultOutput::open(command.output.output, command.output.replace, run.outputs());
    if (!opened) return hand_on(opened);
    output.emplace(std::move(*opened));
    return output->table("Matches");
  };
  const auto say_all = [&](const PartitionedResult& result) -> Status {
    auto status = report_rows(
        command.input, {{inputs->left.name, &result.left.report}, {inputs->right.name, &result.right.report}}, run);
    if (!status) return status;
    run.stopwatch().lap("all");
    return conclude(command, options, describe_table(inputs->left.name, result.left),
                    describe_table(inputs->right.name, result.right),
                    describe_pairs(result.accepted, result.matches, result.review, result.candidate_counts, options),
                    device_of_budget(), *output, run);
  };
  const auto result = match_partitioned(inputs->left, inputs->right, options, partitioned,
                                        value_of<MatchLayout>(kMatchLayoutNames, command.output.layout),
                                        value_of<Selection>(kSelectionNames, command.select), open_sink, say_all);
  return result ? Status{} : Status{tl::unexpected(result.error())};
}

// On the device that was chosen; a GPU that fails under way is said, and the CPU has done it then.
Result<MatchResult> match_on(DeviceChoice& device, const PersonsView& left, const PersonsView& right,
                             const MatchOptions& options) {
  if (!device.gpu) return run_match(left, right, options);
  const auto filter = gpu::make_gpu_filter();
  auto result = run_match(left, right, options, *filter);
  if (result && result->filter_failure) {
    device = after_failure(*result->filter_failure);
    say(fmt::format("{}; the CPU has done it all", device.reason));
  }
  return result;
}

Status run_in_memory(const MatchCommand& command, const MatchOptions& options, CommandRun& run) {
  // First, as a place that cannot be written to should not be found out after the work.
  auto output = ResultOutput::open(command.output.output, command.output.replace, run.outputs());
  if (!output) return hand_on(output);
  const auto table = output->table("Matches");
  if (!table) return tl::unexpected(table.error());
  const auto tables = load_two_tables(command.left, command.right, command.input, command.match.threads, run);
  if (!tables) return tl::unexpected(tables.error());
  const PersonsView left = tables->left.read.table.view();
  const PersonsView right = tables->right.read.table.view();
  auto device = choose_device(command.device, options, left, right);
  if (!device) return hand_on(device);
  auto result = match_on(*device, left, right, options);
  if (!result) return hand_on(result);
  run.stopwatch().lap("match");
  const std::uint64_t accepted = result->matches.size();
  const std::vector<Match> chosen =
      select_matches(std::move(result->matches), value_of<Selection>(kSelectionNames, command.select), left.row_count,
                     right.row_count, run.watch());
  run.stopwatch().lap("select");
  WatchedSink sink(**table, chosen.size(), run.watch());
  const auto layout = value_of<MatchLayout>(kMatchLayoutNames, command.output.layout);
  if (auto status = write_matches(sink, layout, options.algorithm, chosen, left, right); !status) return status;
  run.stopwatch().lap("write");

  std::uint64_t review = 0;
  for (const Match& match : chosen) review += match.for_review ? 1U : 0U;
  return conclude(command, options, describe_table(tables->left), describe_table(tables->right),
                  describe_pairs(accepted, chosen.size() - review, review, result->candidate_counts, options), *device,
                  *output, run);
}

Status run(MatchCommand command) {
  auto options = match_options(command.match);
  if (!options) return hand_on(options);
  command.input.reads_households = command.output.layout == "peer";
  command.input.reads_places = reads_places(*options);
  if (auto status = check_distinct({command.left, command.right},
                                   {command.output.output, summary_path(command.output), command.input.bad_rows});
      !status) {
    return status;
  }
  const auto partitioned = partitioned_options(command.memory, command.output.output);
  if (!partitioned) return tl::unexpected(partitioned.error());
  if (auto status = check_device(command.device, *options, partitioned->has_value()); !status) return status;
  CommandRun run(command.output.quiet, command.output.progress);
  options->is_cancelled = run.watch().is_cancelled;
  options->on_progress = run.watch().on_progress;
  return *partitioned ? run_partitioned(command, *options, **partitioned, run) : run_in_memory(command, *options, run);
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
  command->memory.add_to(*app);
  command->device.add_to(*app);
  command->input.add_to(*app, true);
  command->output.add_to(*app, "accepted pairs", true);
  app->footer("Example:\n  matcher match left.csv right.csv --algorithm A3 --threshold 95 -o matches.csv");
  return {app, [command] { return run(*command); }};
}

}  // namespace matcher
