// assay baseline: records kept under a name, one file per machine class, for gates that measure nothing themselves.
#include <fmt/ranges.h>

#include <chrono>
#include <cstdio>

#include "harness/cli/commands.hpp"
#include "harness/cli/stored_sources.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/core/machine_class.hpp"
#include "harness/measure/environment.hpp"
#include "harness/stats/quantile.hpp"
#include "harness/store/time_text.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string run;
  std::string name;
  bool as_json = false;
};

std::string machine_here(const Home& home) {
  return machine_class(measure::read_environment(home.root));
}

std::size_t left_out_of(const gate::StoredCells& stored) {
  std::size_t count = 0;
  for (const auto& [id, cell] : stored.cells) {
    if (cell.outcome == "ok") continue;
    fmt::print("left out: {} ({})\n", id, cell.reason.value_or(cell.outcome));
    ++count;
  }
  return count;
}

Result<int> save(const Options& options) {
  ASSAY_TRY(const Home home, find_home());
  gate::Baseline baseline;
  baseline.name = options.name;
  baseline.saved_utc = store::utc_text(std::chrono::system_clock::now());
  ASSAY_TRY(baseline.stored, read_stored(options.run));
  ASSAY_TRY(const fs::path file, gate::save_baseline(home.baselines(), baseline));
  const std::size_t left_out = left_out_of(baseline.stored);
  fmt::print("baseline {}: {} cell(s), {}, {}\nmachine: {}\nfile: {}\n", baseline.name,
             baseline.stored.cells.size() - left_out, baseline.stored.from.created_utc,
             baseline.stored.from.commit_text(), baseline.stored.from.machine(), file.string());
  return 0;
}

Result<int> list() {
  ASSAY_TRY(const Home home, find_home());
  ASSAY_TRY(const auto baselines, gate::list_baselines(home.baselines()));
  if (baselines.empty()) {
    fmt::print("no baseline yet; keep a run with 'assay baseline save RUN --name main'\n");
    return 0;
  }
  const std::string here = machine_here(home);
  std::vector<std::vector<std::string>> rows{{"name", "measured", "commit", "cells", "machine"}};
  for (const gate::Baseline& baseline : baselines) {
    const gate::Provenance& from = baseline.stored.from;
    const std::string machine = from.machine() == here ? "this machine" : from.machine();
    rows.push_back({baseline.name, from.created_utc, from.commit_text(), std::to_string(baseline.stored.cells.size()),
                    machine + (from.simulated ? ", simulated" : "")});
  }
  fmt::print("{}", table_text(rows));
  return 0;
}

std::string count_text(const gate::StoredCell& cell, const char* metric) {
  const auto found = cell.counts.find(metric);
  return found == cell.counts.end() ? "-" : fmt::format("{:.0f}", found->second);
}

std::string time_text(const gate::StoredCell& cell) {
  const auto median = stats::median(cell.times_ns);
  return median ? duration_text(*median) : "-";
}

void print_baseline(const gate::Baseline& baseline) {
  const gate::Provenance& from = baseline.stored.from;
  fmt::print("baseline {}{}\nmeasured: {}, kept {}\ncommit: {}\nmachine: {}\ncommand: {}\n\n", baseline.name,
             from.simulated ? " (SIMULATED: nothing was measured)" : "", from.created_utc, baseline.saved_utc,
             from.commit_text(), from.machine(), from.command);
  std::vector<std::vector<std::string>> rows{
      {"variant", "median", "samples", "allocations", "peak", "plugin", "answer"}};
  constexpr std::size_t kDigits = 12;
  for (const auto& [id, cell] : baseline.stored.cells) {
    const auto peak = cell.counts.find("memory/peak_live_bytes");
    rows.push_back({id, time_text(cell), std::to_string(cell.times_ns.size()), count_text(cell, "memory/allocations"),
                    peak == cell.counts.end() ? "-" : bytes_text(peak->second),
                    cell.plugin_sha256.value_or("-").substr(0, kDigits), cell.digest.value_or("-").substr(0, kDigits)});
  }
  fmt::print("{}", table_text(rows));
}

Result<int> show(const Options& options) {
  ASSAY_TRY(const Home home, find_home());
  ASSAY_TRY(const gate::Baseline baseline,
            gate::find_baseline(home.baselines(), options.name, machine_here(home), true));
  if (options.as_json) {
    ASSAY_TRY(const std::string text, json_text(gate::to_json(baseline), options.name));
    fmt::print("{}", text);
  } else {
    print_baseline(baseline);
  }
  return 0;
}

Result<int> remove(const Options& options) {
  ASSAY_TRY(const Home home, find_home());
  ASSAY_CHECK(gate::remove_baseline(home.baselines(), options.name, machine_here(home)));
  fmt::print("baseline {} removed\n", options.name);
  return 0;
}

}  // namespace

void add_baseline(CLI::App& app, Invocation& invocation) {
  CLI::App* const parent =
      app.add_subcommand("baseline", "Keep the records of a run under a name, for 'assay gate --baseline NAME'");
  parent->require_subcommand(1);
  parent->footer(
      "a name has one file per machine class: times of other machines say nothing\n"
      "example:\n  assay baseline save .assay/runs/20261121-091011-gate --name main");
  const auto options = std::make_shared<Options>();
  const auto act = [&invocation](Result<int> (*verb)(const Options&), const std::shared_ptr<Options>& given) {
    return [&invocation, verb, given] { invocation.action = [verb, given] { return verb(*given); }; };
  };

  CLI::App* const saving =
      parent->add_subcommand("save", "Keep a run's records; replaces what has this name on this machine class");
  saving->add_option("run", options->run, "folder of a finished run or gate (of a gate, the head's records are kept)")
      ->required();
  saving->add_option("--name", options->name, "letters, digits, '.', '_', '-'; such as main or release-1.2")
      ->required();
  saving->callback(act(save, options));

  CLI::App* const listing = parent->add_subcommand("list", "Show every baseline with its commit, date and machine");
  listing->callback([&invocation] { invocation.action = list; });

  CLI::App* const showing = parent->add_subcommand("show", "Show where a baseline comes from and what it holds");
  showing->add_option("name", options->name)->required();
  showing->add_flag("--json", options->as_json, "print its assay-baseline/1 JSON");
  showing->callback(act(show, options));

  CLI::App* const removing = parent->add_subcommand("remove", "Remove the baseline of this machine class");
  removing->add_option("name", options->name)->required();
  removing->callback(act(remove, options));
}

}  // namespace assay::cli
