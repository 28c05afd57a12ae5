// `matcher evaluate`: how good an algorithm is on data with known truth.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "matcher/cli/command.hpp"
#include "matcher/cli/match_flags.hpp"
#include "matcher/cli/names.hpp"
#include "matcher/cli/summary.hpp"
#include "matcher/engine/match_engine.hpp"
#include "matcher/evaluation/quality.hpp"
#include "matcher/evaluation/truth.hpp"
#include "matcher/resolution/clusters.hpp"
#include "matcher/resolution/selection.hpp"

namespace matcher {
namespace {

struct EvaluateCommand {
  std::string left{};
  std::string right{};
  std::string truth{};
  std::string select = "all";
  bool json = false;
  bool progress = false;
  std::optional<std::string> memory{};
  InputFlags input{};
  MatchFlags match{};
};

Json number(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

std::string shown(const std::optional<double>& value) {
  return value ? fmt::format("{:.4f}", *value) : "none";
}

Json to_json(const Quality& quality) {
  return {{"true_pairs", quality.expected},     {"found", quality.found},
          {"correct", quality.correct},         {"precision", number(quality.precision())},
          {"recall", number(quality.recall())}, {"f1", number(quality.f1())}};
}

void print(const Json& report) {
  const Json& quality = report["quality"];
  fmt::print("{} true pairs, {} found, {} of them true\n", quality["true_pairs"].get<std::uint64_t>(),
             quality["found"].get<std::uint64_t>(), quality["correct"].get<std::uint64_t>());
  const auto value = [&](const char* name) {
    return shown(quality[name].is_null() ? std::nullopt : std::optional(quality[name].get<double>()));
  };
  fmt::print("precision {}, recall {}, F1 {}\n", value("precision"), value("recall"), value("f1"));
  if (report.contains("clusters")) {
    const Json& clusters = report["clusters"];
    const auto share = [&](const char* name) {
      return shown(clusters[name].is_null() ? std::nullopt : std::optional(clusters[name].get<double>()));
    };
    fmt::print("pairs within clusters: precision {}, recall {}, F1 {}\n", share("precision"), share("recall"),
               share("f1"));
  }
  for (const auto& [cause, count] : report["lost"].items()) {
    if (count.get<std::uint64_t>() > 0) fmt::print("  lost, {}: {}\n", cause, count.get<std::uint64_t>());
  }
  for (const Json& key : report["keys"]) {
    fmt::print("  key {}: {} true pairs agree, {} on no other key; {} pairs tested\n", key["key"].get<std::string>(),
               key["true_pairs"].get<std::uint64_t>(), key["only_here"].get<std::uint64_t>(),
               key["pairs_tested"].get<std::uint64_t>());
  }
  fmt::print("{:.3f} s to match\n", report["seconds"]["match"].get<double>());
}

// One table, or two.
Result<std::vector<LoadedTable>> load(const EvaluateCommand& command, CommandRun& run) {
  std::vector<LoadedTable> loaded;
  if (command.right.empty()) {
    auto table = load_one_table(command.left, command.input, command.match.threads, run);
    if (!table) return hand_on(table);
    loaded.push_back(std::move(*table));
    return loaded;
  }
  auto tables = load_two_tables(command.left, command.right, command.input, command.match.threads, run);
  if (!tables) return hand_on(tables);
  loaded.push_back(std::move(tables->left));
  loaded.push_back(std::move(tables->right));
  return loaded;
}

Json describe_keys(const std::vector<KeyRecall>& keys, const std::vector<std::uint64_t>& pairs_tested) {
  Json described = Json::array();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    described.push_back({{"key", keys[i].key},
                         {"true_pairs", keys[i].true_pairs},
                         {"only_here", keys[i].only_here},
                         {"pairs_tested", pairs_tested[i]}});
  }
  return described;
}

// What was read.
Json describe_inputs(const std::vector<LoadedTable>& tables, const Truth& truth) {
  return {{"left", describe_table(tables.front())},
          {"right", tables.size() == 1 ? Json(nullptr) : describe_table(tables.back())},
          {"truth",
           {{"pairs", truth.pairs.size() + truth.pairs_without_row},
            {"pairs_without_row", truth.pairs_without_row},
            {"unknown_ids", truth.unknown_ids}}}};
}

// What the matches are worth. Throws Cancelled.
Json describe_result(const PersonsView& left, const PersonsView& right, const MatchOptions& options,
                     const MatchResult& result, Selection selection, const Truth& truth, const RunWatch& watch) {
  const std::vector<Match> chosen = select_matches(result.matches, selection, left.row_count, right.row_count, watch);
  Json json = {{"quality", to_json(measure_quality(chosen, truth, watch))}};
  if (options.same_table) {
    json["clusters"] = to_json(measure_cluster_quality(find_clusters(left.row_count, chosen, watch), truth));
  }
  const auto losses = count_losses(left, right, options, result.matches, chosen, truth);
  for (std::size_t i = 0; i < losses.size(); ++i) json["lost"][std::string(kLossCauseNames[i])] = losses[i];
  json["keys"] = describe_keys(measure_keys(left, right, options, truth), result.candidate_counts);
  return json;
}

Status run(const EvaluateCommand& command) {
  if (command.memory) {
    return fail(
        ErrorKind::kBadInput,
        "the truth and the tables of an evaluation are held in memory, without a budget; leave out --memory, or "
        "evaluate on a part of the tables");
  }
  auto options = match_options(command.match);
  if (!options) return hand_on(options);
  CommandRun run(false, command.progress);
  options->is_cancelled = run.watch().is_cancelled;
  options->on_progress = run.watch().on_progress;
  options->same_table = command.right.empty();
  const auto tables = load(command, run);
  if (!tables) return tl::unexpected(tables.error());
  const PersonsView left = tables->front().read.table.view();
  const PersonsView right = tables->back().read.table.view();
  const auto truth = read_truth(command.truth, left, right, options->same_table, run.watch());
  if (!truth) return tl::unexpected(truth.error());
  run.stopwatch().lap("read");
  const auto result = run_match(left, right, *options);
  if (!result) return tl::unexpected(result.error());
  run.stopwatch().lap("match");

  Json report = begin_summary("evaluate");
  report["options"] = describe(*options, command.match.profile);
  report["options"]["select"] = command.select;
  report.update(describe_inputs(*tables, *truth));
  const auto selection = value_of<Selection>(kSelectionNames, command.select);
  report.update(describe_result(left, right, *options, *result, selection, *truth, run.watch()));
  run.stopwatch().lap("evaluate");
  add_costs(run.stopwatch(), report);
  if (auto status = run.publish(); !status) return status;
  if (truth->unknown_ids > 0)
    say(fmt::format("{}: {} lines name ids that no row has", command.truth, truth->unknown_ids));
  if (command.json) {
    fmt::print("{}\n", report.dump(1, ' ', false, Json::error_handler_t::replace));
  } else {
    print(report);
  }
  return {};
}

}  // namespace

Command add_evaluate_command(CLI::App& program) {
  auto command = std::make_shared<EvaluateCommand>();
  CLI::App* app = program.add_subcommand("evaluate", "Measure precision and recall against known true pairs");
  app->add_option("left", command->left, "a table, as for match")->required();
  app->add_option("right", command->right, "the other table; left out: pairs within the one table");
  app->add_option("--truth", command->truth,
                  "CSV file with left_id and right_id, one true pair per line; for one table also id and cluster")
      ->required();
  command->match.add_to(*app, {});
  app->add_option("--select", command->select, "all, best, greedy or optimal, as for match")
      ->check(one_of(kSelectionNames))
      ->group("Comparison")
      ->capture_default_str();
  app->add_flag("--json", command->json, "as JSON");
  app->add_flag("--progress", command->progress, "progress lines also where standard error is no terminal");
  app->add_option("--memory", command->memory, "not here: the truth is held in memory")->group("");
  command->input.add_to(*app, true);
  app->footer(
      "Example:\n  matcher evaluate left.csv right.csv --truth truth.csv -a A7-TIERS -t 85 --block birthdate "
      "--block last+first:1");
  return {app, [command] { return run(*command); }};
}

}  // namespace matcher
