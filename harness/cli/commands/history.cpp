// assay history: keeps the records of runs, shows them over time, and notes where a level changed.
#include <algorithm>
#include <cstdio>
#include <map>
#include <regex>

#include "harness/cli/commands.hpp"
#include "harness/cli/history_view.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/history/store.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;
using history::Value;

struct Options {
  std::vector<std::string> runs;
  std::string store;                  // empty: <state>/history.sqlite
  std::string cases = ".*";           // regular expression, anywhere in the case id
  std::string metric = "time/total";  // "all": every one
  Value value = Value::kRatio;
  std::optional<double> min_change;  // percent
  bool cross_environment = false;
  std::string json;  // file, or - for standard output
  std::string page = "history.html";
};

Result<fs::path> store_of(const Options& options) {
  if (!options.store.empty()) return fs::path(options.store);
  ASSAY_TRY(const Home home, find_home());
  return home.state / "history.sqlite";
}

Result<std::regex> case_pattern(const std::string& text) {
  try {
    return std::regex(text, std::regex::ECMAScript);
  } catch (const std::regex_error&) {
    return fail(ErrorKind::kUsage, "--case '{}' is no regular expression; write a dot that is meant as one as '\\.'",
                text);
  }
}

Result<std::vector<history::Series>> selected_series(const Options& options) {
  ASSAY_TRY(const fs::path store, store_of(options));
  ASSAY_TRY(const std::regex pattern, case_pattern(options.cases));
  history::Query query;
  if (options.metric != "all") query.metric = options.metric;
  ASSAY_TRY(const auto entries, history::read(store, query));
  auto series = history::series_of(entries, options.value, options.cross_environment,
                                   [&](const std::string& id) { return std::regex_search(id, pattern); });
  if (!series.empty()) return series;
  return fail(ErrorKind::kUsage,
              "the history '{}' has no '{}' of a case like '{}'; 'assay history list --metric all' shows what it has",
              store.string(), options.metric, options.cases);
}

Result<int> add(const Options& options) {
  ASSAY_TRY(const fs::path store, store_of(options));
  std::vector<history::Entry> entries;
  for (const std::string& run : options.runs) {
    ASSAY_TRY(const auto more, history::read_run(run));
    entries.insert(entries.end(), more.begin(), more.end());
  }
  ASSAY_TRY(const history::AddReport report, history::add(store, entries));
  fmt::print("{} record(s) added, {} known already: {}\n", report.added, report.known, store.string());
  return 0;
}

Result<int> print_json(const std::vector<SeriesReport>& reports, const Options& options) {
  const Json json = history_json(reports, options.value);
  if (options.json != "-") {
    ASSAY_CHECK(write_json(options.json, json));
  } else {
    fmt::print("{}\n", json.dump(1, ' ', false, Json::error_handler_t::replace));
  }
  return 0;
}

Result<int> list(const Options& options) {
  ASSAY_TRY(const auto series, selected_series(options));
  fmt::print("{}", history_list(series));
  return 0;
}

std::string nothing_found(const std::vector<SeriesReport>& reports) {
  std::size_t longest = 0;
  for (const SeriesReport& report : reports) longest = std::max(longest, report.series.points.size());
  const std::size_t fewest = stats::fewest_points(stats::ChangePointOptions().p);
  const std::string needed =
      longest < fewest ? fmt::format("; the longest has {} figures, {} can show one", longest, fewest) : "";
  return fmt::format("no change point in {} series{}\n", reports.size(), needed);
}

Result<int> show(const Options& options, bool points) {
  ASSAY_TRY(auto series, selected_series(options));
  const auto percent = options.min_change;
  ASSAY_TRY(const auto reports,
            analyse_series(std::move(series), percent ? std::optional(*percent / 100) : std::nullopt));
  if (!options.json.empty()) return print_json(reports, options);
  std::string lines;
  for (const SeriesReport& report : reports) {
    if (points) fmt::print("{}\n", history_table(report));
    lines += change_point_lines(report, options.value);
  }
  if (lines.empty()) lines = nothing_found(reports);
  fmt::print("{}{}", lines, machine_note(reports));
  return 0;
}

Result<int> plot(const Options& options) {
  ASSAY_TRY(const Home home, find_home());
  ASSAY_TRY(auto series, selected_series(options));
  const auto percent = options.min_change;
  ASSAY_TRY(const auto reports,
            analyse_series(std::move(series), percent ? std::optional(*percent / 100) : std::nullopt));
  const fs::path page = options.page;
  const fs::path json = page.string() + ".json";  // beside the page: that folder can be written, or there is no page
  ASSAY_CHECK(write_json(json, history_json(reports, options.value)));
  const auto written = write_page(home, "reports.history", json, page);
  std::error_code ignored;
  fs::remove(json, ignored);
  if (!written) return tl::unexpected(written.error());
  fmt::print("{}\n", written->string());
  return 0;
}

void add_selection(CLI::App* command, const std::shared_ptr<Options>& options) {
  command->add_option("--case", options->cases, "only cases whose id has this regular expression in it");
  command->add_option("--metric", options->metric, "such as time/cpu or memory/allocations; all for every one")
      ->capture_default_str();
}

void add_analysis(CLI::App* command, const std::shared_ptr<Options>& options) {
  add_selection(command, options);
  const std::map<std::string, Value> values{
      {"ratio", Value::kRatio}, {"baseline", Value::kBaseline}, {"candidate", Value::kCandidate}};
  command->add_option("--value", options->value, "ratio, or the baseline's or candidate's own figure; default: ratio")
      ->transform(CLI::CheckedTransformer(values).description("ratio, baseline or candidate"));
  command
      ->add_option("--min-change", options->min_change,
                   "smallest change in percent; default: the margin that the runs were judged by")
      ->check(finite_between(0, 1000));
  command->add_flag("--cross-environment", options->cross_environment,
                    "compare figures of different machine classes with each other");
}

void add_json(CLI::App* command, const std::shared_ptr<Options>& options) {
  command->add_option("--json", options->json, "write assay-history/1 to this file, or - for standard output");
}

CLI::App* add_verb(CLI::App* parent, const char* name, const char* summary, const std::shared_ptr<Options>& options) {
  CLI::App* const command = parent->add_subcommand(name, summary);
  command->add_option("--store", options->store, "history file; default: history.sqlite in the state folder");
  return command;
}

}  // namespace

void add_history(CLI::App& app, Invocation& invocation) {
  CLI::App* const parent = app.add_subcommand("history", "Keep runs over time and note where a level changed");
  parent->require_subcommand(1);
  parent->footer("example:\n  assay history add .assay/runs/* && assay history changes");
  const auto options = std::make_shared<Options>();

  CLI::App* const adding = add_verb(parent, "add", "Add the records of runs; known ones stay as they are", options);
  adding->add_option("run", options->runs, "run folders")->required();
  adding->footer("example:\n  assay history add .assay/runs/20261121-091011-quick");
  adding->callback([&invocation, options] { invocation.action = [options] { return add(*options); }; });

  CLI::App* const listing = add_verb(parent, "list", "Show which cases the history has", options);
  add_selection(listing, options);
  listing->footer("example:\n  assay history list");
  listing->callback([&invocation, options] { invocation.action = [options] { return list(*options); }; });

  CLI::App* const showing = add_verb(parent, "show", "Show every record of a case, changes marked", options);
  add_analysis(showing, options);
  add_json(showing, options);
  showing->footer("example:\n  assay history show --case 'strings.interned$' --metric memory/allocations");
  showing->callback([&invocation, options] { invocation.action = [options] { return show(*options, true); }; });

  CLI::App* const changes =
      add_verb(parent, "changes", "Name the commits at which a level changed; never fails for one", options);
  add_analysis(changes, options);
  add_json(changes, options);
  changes->footer("example:\n  assay history changes --case people-100k --min-change 3");
  changes->callback([&invocation, options] { invocation.action = [options] { return show(*options, false); }; });

  CLI::App* const plotting = add_verb(parent, "plot", "Draw every series with its levels as one HTML page", options);
  add_analysis(plotting, options);
  plotting->add_option("-o,--output", options->page, "HTML file")->capture_default_str();
  plotting->footer("example:\n  assay history plot --case people-100k -o history.html");
  plotting->callback([&invocation, options] { invocation.action = [options] { return plot(*options); }; });
}

}  // namespace assay::cli
