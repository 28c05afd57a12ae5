// `matcher cascade`: levels L1 to L11 one after another, a file for each.
#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <memory>
#include <optional>

#include "matcher/cascade/cascade.hpp"
#include "matcher/cli/command.hpp"
#include "matcher/cli/match_flags.hpp"
#include "matcher/cli/names.hpp"
#include "matcher/cli/output_flags.hpp"
#include "matcher/cli/result_output.hpp"
#include "matcher/cli/run_control.hpp"
#include "matcher/cli/summary.hpp"
#include "matcher/io/csv_sink.hpp"
#include "matcher/io/output_file.hpp"
#include "matcher/mysql/endpoint.hpp"

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
  OutputFlags output{};
};

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
  options.is_cancelled = cancel_on_signal();
  return options;
}

std::string text_summary(const std::vector<CascadeLevel>& levels) {
  std::string text;
  for (const CascadeLevel& level : levels) {
    if (level.missing_column.empty()) {
      text += fmt::format("L{:02}: {} pairs of {} x {} rows\n", level.level, level.matches.size(), level.left_pool,
                          level.right_pool);
    } else {
      text += fmt::format("L{:02}: skipped, column '{}' is missing\n", level.level, level.missing_column);
    }
  }
  return text;
}

// A workbook with a sheet per level, or a CSV file per level and a text beside them.
Status write_levels(const CascadeCommand& command, const std::vector<CascadeLevel>& levels, const PersonsView& left,
                    const PersonsView& right, ResultOutput* workbook) {
  const auto layout = value_of<MatchLayout>(kMatchLayoutNames, command.output.layout);
  for (const CascadeLevel& level : levels) {
    const std::string name = fmt::format("L{:02}", level.level);
    if (!level.missing_column.empty()) {
      std::error_code ignored;  // what an earlier run has said of this level is not what this one says
      if (workbook == nullptr) std::filesystem::remove(beside(command.output.output, "_" + name), ignored);
      continue;
    }
    auto sink = workbook != nullptr ? workbook->table(name) : open_csv_sink(beside(command.output.output, "_" + name));
    if (!sink) return hand_on(sink);
    if (auto status = write_matches(**sink, layout, algorithm_of_level(level.level), level.matches, left, right);
        !status)
      return status;
  }
  if (workbook != nullptr) return {};
  return write_output(split_ending(command.output.output).first + "_summary.txt",
                      [&](const ByteSink& sink) { sink(text_summary(levels)); });
}

Json summarize(const CascadeCommand& command, const CascadeOptions& options, const std::vector<CascadeLevel>& levels,
               const TwoTables& tables) {
  Json summary = begin_summary("cascade");
  const Conventions conventions = options.conventions.of(Algorithm::kL1);
  summary["options"] = {{"mode", command.mode},
                        {"missing_columns", command.missing_columns},
                        {"profile", command.match.profile},
                        {"threshold_percent", options.threshold_percent},
                        {"birthdate", command.match.birthdate},
                        {"length_unit", name_of(kLengthUnitNames, conventions.length_unit)},
                        {"code_length", conventions.code_length}};
  for (const CascadeLevel& level : levels) {
    const bool skipped = !level.missing_column.empty();
    const Normalizer normalizer = options.conventions.of(algorithm_of_level(level.level)).normalizer;
    summary["levels"].push_back({{"level", level.level},
                                 {"normalizer", name_of(kNormalizerNames, normalizer)},
                                 {"pairs", skipped ? Json(nullptr) : Json(level.matches.size())},
                                 {"missing_column", skipped ? Json(level.missing_column) : Json(nullptr)}});
  }
  summary["left"] = describe_table(tables.left);
  summary["right"] = describe_table(tables.right);
  return summary;
}

Status run(const CascadeCommand& command) {
  Stopwatch stopwatch;
  if (auto status = check_distinct({command.left, command.right},
                                   {command.output.output, summary_path(command.output), command.input.bad_rows});
      !status) {
    return status;
  }
  if (command.output.output == "-" || is_mysql_url(command.output.output)) {
    return fail(ErrorKind::kBadInput, "a cascade writes a file per level; name a CSV file or a workbook");
  }
  auto options = cascade_options(command);
  if (!options) return hand_on(options);
  ProgressPrinter printer(progress_style(command.output.quiet, command.output.progress));
  options->on_progress = [&](const Progress& progress) { printer.show(progress); };
  const auto tables = load_two_tables(command.left, command.right, command.input, command.match.threads);
  if (!tables) return tl::unexpected(tables.error());
  stopwatch.lap("read");
  const PersonsView left = tables->left.read.table.view();
  const PersonsView right = tables->right.read.table.view();
  const auto levels = run_cascade(left, right, *options);
  if (!levels) return tl::unexpected(levels.error());
  stopwatch.lap("match");
  std::optional<ResultOutput> workbook;
  if (std::filesystem::path(command.output.output).extension() == ".xlsx") {
    auto output = ResultOutput::open(command.output.output, command.output.replace);
    if (!output) return hand_on(output);
    workbook.emplace(std::move(*output));
  }
  if (auto status = write_levels(command, *levels, left, right, workbook ? &*workbook : nullptr); !status) {
    return status;
  }
  stopwatch.lap("write");

  Json summary = summarize(command, *options, *levels, *tables);
  add_costs(stopwatch, summary);
  if (workbook) {
    if (auto status = workbook->finish(summary); !status) return status;
  }
  if (auto status = write_summary(command.output, summary); !status) return status;
  if (!command.output.quiet) fmt::print(stderr, "{}", text_summary(*levels));
  return {};
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
