// `matcher match`: two tables in, accepted pairs out.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "matcher/cli/command.hpp"
#include "matcher/cli/match_flags.hpp"
#include "matcher/cli/names.hpp"
#include "matcher/cli/output_flags.hpp"
#include "matcher/cli/result_output.hpp"
#include "matcher/cli/run_control.hpp"
#include "matcher/cli/summary.hpp"
#include "matcher/engine/match_engine.hpp"
#include "matcher/mysql/endpoint.hpp"
#include "matcher/partitioned/partitioned_match.hpp"
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
  std::optional<std::string> memory{};
  std::string work_folder{};
  bool resume = false;
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
                const Json& result, const Stopwatch& stopwatch, ResultOutput& output) {
  Json summary = begin_summary("match");
  summary["options"] = describe(options, command.match.profile);
  summary["options"]["select"] = command.select;
  summary["left"] = left;
  summary["right"] = right;
  summary["result"] = result;
  summary["output"] = command.output.output;
  summary["memory_budget"] = command.memory ? Json(*command.memory) : Json(nullptr);
  add_costs(stopwatch, summary);
  if (auto status = output.finish(summary); !status) return status;
  if (auto status = write_summary(command.output, summary); !status) return status;
  if (command.output.quiet) return {};
  say(fmt::format("{}: {} x {} rows, {} pairs, {:.3f} s", command.match.algorithm, left["rows"].get<std::uint64_t>(),
                  right["rows"].get<std::uint64_t>(),
                  result["matches"].get<std::uint64_t>() + result["review"].get<std::uint64_t>(),
                  stopwatch.total_seconds()));
  return {};
}

// Everything that decides which rows come out of a source, so that temporary files are not taken for those of another
// run. A file is known by its size and the time of its last change; a database table cannot be told from its earlier
// self, and is read once only.
std::string identity_of(const std::string& source, const CsvFormat& format, std::uint64_t bytes, std::int64_t changed) {
  const ColumnNames& names = format.names;
  return fmt::format("{}",
                     fmt::join(std::vector<std::string>{MATCHER_VERSION,
                                                        name_of_source(source),
                                                        std::to_string(bytes),
                                                        std::to_string(changed),
                                                        names.id,
                                                        names.uuid,
                                                        names.first_name,
                                                        names.middle_name,
                                                        names.last_name,
                                                        names.birthdate,
                                                        names.hh_id,
                                                        names.barangay_code,
                                                        names.city_code,
                                                        std::string(1, format.delimiter),
                                                        std::to_string(static_cast<int>(format.encoding)),
                                                        std::to_string(static_cast<int>(format.trim)),
                                                        std::to_string(static_cast<int>(format.ids)),
                                                        format.dates.pattern(),
                                                        std::to_string(static_cast<int>(format.bad_dates_are_null)),
                                                        std::to_string(static_cast<int>(format.on_error))},
                               "\x1f"));
}

Result<PartitionedInput> partitioned_input(const std::string& source, const InputFlags& flags, Side side) {
  const auto format = csv_format(flags, side);
  if (!format) return tl::unexpected(format.error());
  std::error_code error;
  const auto size = std::filesystem::file_size(source, error);
  const std::uint64_t bytes = error ? 0 : size;
  const auto changed = error ? 0 : std::filesystem::last_write_time(source, error).time_since_epoch().count();
  return PartitionedInput{identity_of(source, *format, bytes, changed), bytes,
                          [source, flags, side] { return open_source(source, flags, side); }};
}

Status run_partitioned(const MatchCommand& command, const MatchOptions& options) {
  Stopwatch stopwatch;
  const auto memory = parse_bytes(*command.memory);
  if (!memory) return tl::unexpected(memory.error());
  if ((command.output.output == "-" || is_mysql_url(command.output.output)) && command.work_folder.empty()) {
    return fail(ErrorKind::kBadInput, "the result goes into no file; say where temporary files may go (--work-folder)");
  }
  const auto left = partitioned_input(command.left, command.input, Side::kLeft);
  if (!left) return tl::unexpected(left.error());
  const auto right = partitioned_input(command.right, command.input, Side::kRight);
  if (!right) return tl::unexpected(right.error());
  std::optional<ResultOutput> output;
  const auto open_sink = [&]() -> Result<std::unique_ptr<TableSink>> {
    auto opened = ResultOutput::open(command.output.output, command.output.replace);
    if (!opened) return hand_on(opened);
    output.emplace(std::move(*opened));
    return output->table("Matches");
  };
  const PartitionedOptions partitioned{
      .memory_bytes = *memory,
      .work_folder = command.work_folder.empty() ? command.output.output + ".work" : command.work_folder,
      .resume = command.resume,
      .layout = value_of<MatchLayout>(kMatchLayoutNames, command.output.layout),
      .selection = value_of<Selection>(kSelectionNames, command.select)};
  const auto say_all = [&](const PartitionedResult& result) -> Status {
    for (const std::string& warning : warnings_of(name_of_source(command.left), result.left.report)) say(warning);
    for (const std::string& warning : warnings_of(name_of_source(command.right), result.right.report)) say(warning);
    if (auto status =
            write_bad_rows(command.input, {{command.left, &result.left.report}, {command.right, &result.right.report}});
        !status) {
      return status;
    }
    stopwatch.lap("all");
    return conclude(command, options, describe_table(name_of_source(command.left), result.left),
                    describe_table(name_of_source(command.right), result.right),
                    describe_pairs(result.accepted, result.matches, result.review, result.candidate_counts, options),
                    stopwatch, *output);
  };
  const auto result = match_partitioned(*left, *right, options, partitioned, open_sink, say_all);
  if (!result) return tl::unexpected(result.error());
  return {};
}

Status run_in_memory(const MatchCommand& command, const MatchOptions& options) {
  Stopwatch stopwatch;
  // First, as a place that cannot be written to should not be found out after the work.
  auto output = ResultOutput::open(command.output.output, command.output.replace);
  if (!output) return hand_on(output);
  auto sink = output->table("Matches");
  if (!sink) return hand_on(sink);
  const auto tables = load_two_tables(command.left, command.right, command.input, command.match.threads);
  if (!tables) return tl::unexpected(tables.error());
  stopwatch.lap("read");
  const PersonsView left = tables->left.read.table.view();
  const PersonsView right = tables->right.read.table.view();
  const auto result = run_match(left, right, options);
  if (!result) return tl::unexpected(result.error());
  stopwatch.lap("match");
  const auto selection = value_of<Selection>(kSelectionNames, command.select);
  const std::vector<Match> chosen = select_matches(result->matches, selection, left.row_count, right.row_count);
  stopwatch.lap("select");
  const auto layout = value_of<MatchLayout>(kMatchLayoutNames, command.output.layout);
  if (auto status = write_matches(**sink, layout, options.algorithm, chosen, left, right); !status) return status;
  stopwatch.lap("write");

  std::uint64_t review = 0;
  for (const Match& match : chosen) review += match.for_review ? 1U : 0U;
  return conclude(
      command, options, describe_table(tables->left), describe_table(tables->right),
      describe_pairs(result->matches.size(), chosen.size() - review, review, result->candidate_counts, options),
      stopwatch, *output);
}

Status run(MatchCommand command) {
  auto options = match_options(command.match);
  if (!options) return hand_on(options);
  command.input.reads_households = command.output.layout == "peer";
  command.input.reads_places = reads_places(*options);
  ProgressPrinter printer(progress_style(command.output.quiet, command.output.progress));
  options->is_cancelled = cancel_on_signal();
  options->on_progress = [&](const Progress& progress) { printer.show(progress); };
  if (auto status = check_distinct({command.left, command.right},
                                   {command.output.output, summary_path(command.output), command.input.bad_rows});
      !status) {
    return status;
  }
  if (command.memory) return run_partitioned(command, *options);
  if (command.resume || !command.work_folder.empty()) {
    return fail(ErrorKind::kBadInput,
                "only runs with a memory budget have temporary files to go on with; add --memory");
  }
  return run_in_memory(command, *options);
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
  app->add_option("--memory", command->memory,
                  "keep the process within this much memory, e.g. 512M or 4G, by way of temporary files; same result")
      ->group("Resources");
  app->add_option("--work-folder", command->work_folder, "where these files go; default: OUTPUT.work")
      ->group("Resources");
  app->add_flag("--resume", command->resume,
                "go on where a run with the same inputs and options was interrupted or killed")
      ->group("Resources");
  command->input.add_to(*app, true);
  command->output.add_to(*app, "accepted pairs", true);
  app->footer("Example:\n  matcher match left.csv right.csv --algorithm A3 --threshold 95 -o matches.csv");
  return {app, [command] { return run(*command); }};
}

}  // namespace matcher
