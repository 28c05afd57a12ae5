// `matcher cascade`: levels L1 to L11 one after another, a file for each.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>

#include "matcher/cascade/cascade.hpp"
#include "matcher/cli/command.hpp"
#include "matcher/cli/match_flags.hpp"
#include "matcher/cli/memory_flags.hpp"
#include "matcher/cli/names.hpp"
#include "matcher/cli/output_flags.hpp"
#include "matcher/cli/result_output.hpp"
#include "matcher/cli/summary.hpp"
#include "matcher/io/csv_sink.hpp"
#include "matcher/io/output_file.hpp"
#include "matcher/io/watched_sink.hpp"
#include "matcher/mysql/endpoint.hpp"
#include "matcher/partitioned/partitioned_cascade.hpp"

namespace matcher {
namespace {

struct CascadeCommand {
  std::string left{};
  std::string right{};
  std::vector<int> levels{};
  std::string mode = "exclusive";
  std::string missing_columns = "auto-skip";
  InputFlags input{};
  MatchFlags match{};
  MemoryFlags memory{};
  OutputFlags output{};
};

MatchLayout layout_of(const CascadeCommand& command) {
  return value_of<MatchLayout>(kMatchLayoutNames, command.output.layout);
}

// results.csv.gz, "_L01" -> results_L01.csv.gz
std::string beside(const std::string& output, const std::string& suffix) {
  const auto [stem, ending] = split_ending(output);
  return stem + suffix + ending;
}

Result<CascadeOptions> cascade_options(const CascadeCommand& command) {
  CascadeOptions options;
  const auto match = match_options(command.match);
  if (!match) return tl::unexpected(match.error());
  options.levels = command.levels;
  options.mode = value_of<CascadeMode>(kCascadeModeNames, command.mode);
  options.missing_columns = value_of<MissingColumns>(kMissingColumnsNames, command.missing_columns);
  options.conventions = convention_choice(command.match);
  options.threshold_percent = match->threshold_percent;
  options.date_test = match->date_test;
  options.threads = command.match.threads;
  return options;
}

std::string text_summary(const PartitionedCascade& cascade) {
  std::string text;
  for (const auto& [level, pairs, write] : cascade.levels) {
    if (level.missing_column.empty()) {
      text += fmt::format("L{:02}: {} pairs of {} x {} rows\n", level.level, pairs, level.left_pool, level.right_pool);
    } else {
      text += fmt::format("L{:02}: skipped, column '{}' is missing\n", level.level, level.missing_column);
    }
  }
  return text;
}

// A workbook with a sheet per level.
Status write_sheets(const PartitionedCascade& cascade, ResultOutput& workbook, const CommandRun& run) {
  for (const PartitionedLevel& level : cascade.levels) {
    if (!level.level.missing_column.empty()) continue;
    const auto sheet = workbook.table(fmt::format("L{:02}", level.level.level));
    if (!sheet) return tl::unexpected(sheet.error());
    WatchedSink watched(**sheet, level.pairs, run.watch());
    if (auto status = level.write(watched); !status) return status;
  }
  return {};
}

// A CSV file per level and a text beside them.
Status write_files(const CascadeCommand& command, const PartitionedCascade& cascade, CommandRun& run) {
  for (const PartitionedLevel& level : cascade.levels) {
    const std::string path = beside(command.output.output, fmt::format("_L{:02}", level.level.level));
    if (!level.level.missing_column.empty()) {
      run.outputs().add_removal(path);  // what an earlier run has said of this level is not what this one says
      continue;
    }
    const auto sink = open_csv_sink(path, &run.outputs());
    if (!sink) return tl::unexpected(sink.error());
    WatchedSink watched(**sink, level.pairs, run.watch());
    if (auto status = level.write(watched); !status) return status;
  }
  return write_output(
      split_ending(command.output.output).first + "_summary.txt",
      [&](const ByteSink& sink) { sink(text_summary(cascade)); }, &run.outputs());
}

Json summarize(const CascadeCommand& command, const CascadeOptions& options, const PartitionedCascade& cascade) {
  Json summary = begin_summary("cascade");
  const Conventions conventions = options.conventions.of(Algorithm::kL1);
  summary["options"] = {{"mode", command.mode},
                        {"missing_columns", command.missing_columns},
                        {"profile", command.match.profile},
                        {"threshold_percent", options.threshold_percent},
                        {"birthdate", command.match.birthdate},
                        {"length_unit", name_of(kLengthUnitNames, conventions.length_unit)},
                        {"code_length", conventions.code_length}};
  for (const auto& [level, pairs, write] : cascade.levels) {
    const bool skipped = !level.missing_column.empty();
    const Normalizer normalizer = options.conventions.of(algorithm_of_level(level.level)).normalizer;
    summary["levels"].push_back({{"level", level.level},
                                 {"normalizer", name_of(kNormalizerNames, normalizer)},
                                 {"pairs", skipped ? Json(nullptr) : Json(pairs)},
                                 {"missing_column", skipped ? Json(level.missing_column) : Json(nullptr)}});
  }
  return summary;
}

// Results and summary of levels that lie in memory or in files.
Status conclude(const CascadeCommand& command, const CascadeOptions& options, const PartitionedCascade& cascade,
                const Json& left, const Json& right, CommandRun& run) {
  std::optional<ResultOutput> workbook;
  if (std::filesystem::path(command.output.output).extension() == ".xlsx") {
    auto output = ResultOutput::open(command.output.output, command.output.replace, run.outputs());
    if (!output) return hand_on(output);
    workbook.emplace(std::move(*output));
  }
  auto status = workbook ? write_sheets(cascade, *workbook, run) : write_files(command, cascade, run);
  if (!status) return status;
  run.stopwatch().lap("write");
  Json summary = summarize(command, options, cascade);
  summary["left"] = left;
  summary["right"] = right;
  summary["memory_budget"] = describe(command.memory);
  add_costs(run.stopwatch(), summary);
  if (workbook) {
    if (status = workbook->finish(summary, run.watch()); !status) return status;
  }
  if (status = write_summary(command.output, summary, run.outputs()); !status) return status;
  if (status = run.publish(); !status) return status;
  if (!command.output.quiet) fmt::print(stderr, "{}", text_summary(cascade));
  return {};
}

Status run_in_memory(const CascadeCommand& command, const CascadeOptions& options, CommandRun& run) {
  const auto tables = load_two_tables(command.left, command.right, command.input, command.match.threads, run);
  if (!tables) return tl::unexpected(tables.error());
  const PersonsView left = tables->left.read.table.view();
  const PersonsView right = tables->right.read.table.view();
  const auto levels = run_cascade(left, right, options);
  if (!levels) return tl::unexpected(levels.error());
  run.stopwatch().lap("match");
  PartitionedCascade cascade;
  for (const CascadeLevel& level : *levels) {
    cascade.levels.push_back({{level.level, level.missing_column, {}, level.left_pool, level.right_pool},
                              level.matches.size(),
                              [&, layout = layout_of(command)](TableSink& sink) {
                                return write_matches(sink, layout, algorithm_of_level(level.level), level.matches, left,
                                                     right);
                              }});
  }
  return conclude(command, options, cascade, describe_table(tables->left), describe_table(tables->right), run);
}

Status run_partitioned(const CascadeCommand& command, const CascadeOptions& options,
                       const PartitionedOptions& partitioned, CommandRun& run) {
  const auto inputs = two_partitioned_inputs(command.left, command.right, command.input);
  if (!inputs) return tl::unexpected(inputs.error());
  const auto use = [&](const PartitionedCascade& cascade) -> Status {
    auto status = report_rows(
        command.input, {{inputs->left.name, &cascade.left.report}, {inputs->right.name, &cascade.right.report}}, run);
    if (!status) return status;
    run.stopwatch().lap("all");
    return conclude(command, options, cascade, describe_table(inputs->left.name, cascade.left),
                    describe_table(inputs->right.name, cascade.right), run);
  };
  return cascade_partitioned(inputs->left, inputs->right, options, partitioned, layout_of(command), use);
}

Status run(CascadeCommand command) {
  if (auto status = check_distinct({command.left, command.right},
                                   {command.output.output, summary_path(command.output), command.input.bad_rows});
      !status) {
    return status;
  }
  if (command.output.output == "-" || is_mysql_url(command.output.output)) {
    return fail(ErrorKind::kBadInput, "a cascade writes a file per level; name a CSV file or a workbook");
  }
  command.input.reads_households = command.output.layout == "peer";
  auto options = cascade_options(command);
  if (!options) return hand_on(options);
  const auto partitioned = partitioned_options(command.memory, command.output.output);
  if (!partitioned) return tl::unexpected(partitioned.error());
  CommandRun run(command.output.quiet, command.output.progress);
  options->is_cancelled = run.watch().is_cancelled;
  options->on_progress = run.watch().on_progress;
  return *partitioned ? run_partitioned(command, *options, **partitioned, run) : run_in_memory(command, *options, run);
}

}  // namespace

Command add_cascade_command(CLI::App& program) {
  auto command = std::make_shared<CascadeCommand>();
  CLI::App* app = program.add_subcommand("cascade", "Match in levels, from the strictest rule to the most lenient");
  app->add_option("left", command->left, "table, as for match; levels 4 to 9 need barangay_code or city_code")
      ->required();
  app->add_option("right", command->right, "the other table, likewise")->required();
  app->add_option("--levels", command->levels, "levels to run, 1 to 11, separated by commas; default: all")
      ->delimiter(',')
      ->allow_extra_args(false)  // tables may follow
      ->group("Comparison");
  app->add_option("--mode", command->mode,
                  "exclusive: matched rows leave before the next level; independent: they stay")
      ->check(one_of(kCascadeModeNames))
      ->group("Comparison")
      ->capture_default_str();
  app->add_option("--missing-columns", command->missing_columns,
                  "a level without its column: auto-skip; manual: error unless every level named can run; abort: error")
      ->check(one_of(kMissingColumnsNames))
      ->group("Comparison")
      ->capture_default_str();
  command->match.add_to(*app, {.algorithm = false, .review = false, .block = false});
  command->memory.add_to(*app);
  command->input.add_to(*app, true);
  app->get_option("--birthdate")->description("of L10 alone: equal; swap: day and month may be exchanged");
  command->output.add_to(*app, "matched pairs", true);
  app->get_option("--output")
      ->description(
          "a workbook if it ends in .xlsx; else matches.csv stands for matches_L01.csv ... matches_L11.csv and "
          "matches_summary.txt, compressed if it ends in .gz or .zst");
  app->footer("Example:\n  matcher cascade left.csv right.csv --levels 1,2,3,10,11 -o matches.csv");
  return {app, [command] { return run(*command); }};
}

}  // namespace matcher
