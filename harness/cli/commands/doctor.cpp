// assay doctor: is this machine fit for measuring, and what could be done about it.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "harness/cli/commands.hpp"
#include "harness/cli/self_test.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/cli/tools.hpp"
#include "harness/core/exit_code.hpp"
#include "harness/measure/environment.hpp"
#include "harness/measure/fitness.hpp"
#include "harness/measure/syscall_counter.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;
using measure::Finding;
using measure::Fitness;

constexpr std::int64_t kStealWaitNs = 1'000'000'000;

struct Options {
  unsigned threads = 1;
  std::string json;
  bool strict = false;
};

// A run on people-1m takes some 200 MB, on people-10m some 2 GB.
Finding disk(const Home& home) {
  constexpr const char* kElsewhere = "set ASSAY_STATE to a folder that can be written to";
  std::error_code error;
  fs::path folder = home.state;
  while (!fs::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
  if (!fs::is_directory(folder, error) || ::access(folder.c_str(), W_OK) != 0) {
    return {Fitness::kBad, "disk", fmt::format("nothing can be written to {}", home.state.string()), kElsewhere};
  }
  const fs::space_info space = fs::space(folder, error);
  if (error) return {Fitness::kBad, "disk", home.state.string() + ": " + error.message(), kElsewhere};
  const std::string found =
      fmt::format("{} free below {}", bytes_text(static_cast<double>(space.available)), home.state.string());
  if (space.available >= (4ULL << 30)) return {Fitness::kOk, "disk", found, ""};
  return {space.available >= (512ULL << 20) ? Fitness::kWarn : Fitness::kBad, "disk", found,
          "make room, or set ASSAY_STATE to a folder on another disk"};
}

Finding valgrind() {
  const fs::path program = find_program("valgrind");
  if (!program.empty()) return {Fitness::kOk, "valgrind", program.string(), ""};
  return {Fitness::kWarn, "valgrind", "not installed: --instructions counts nothing", "apt-get install valgrind"};
}

Finding tracing() {
  const auto counter = measure::SyscallCounter::start();
  if (counter) return {Fitness::kOk, "tracing", "allowed: --syscalls works", ""};
  return {Fitness::kWarn, "tracing", counter.error().message,
          "let containers trace (--cap-add SYS_PTRACE), or go without --syscalls"};
}

Finding python() {
  const auto found = find_python();
  if (found) return {Fitness::kOk, "reports", *found + " has what they need", ""};
  return {Fitness::kWarn, "reports", "no HTML report: no python3 with matplotlib, jinja2 and jsonschema",
          "apt-get install python3-matplotlib python3-jinja2 python3-jsonschema, or set PYTHON"};
}

Finding gpu(const measure::MachineFacts& facts) {
  if (facts.nvidia_driver) return {Fitness::kOk, "gpu", "NVIDIA driver " + *facts.nvidia_driver, ""};
  return {Fitness::kOk, "gpu", "no NVIDIA driver: GPU variants are skipped", ""};
}

// At the cap of the margin (10 %) nothing can be called alike any more.
Finding self_test(const SelfTest& test) {
  const double effect = test.minimum_detectable_effect.value_or(1);
  const std::string found =
      fmt::format("{} A/A pairs of {}: spread {:.1f} %, ratio {:.4f}, smallest slowdown they would show {:.1f} %",
                  test.pairs, duration_text(test.sample_ns), test.spread * 100, test.ratio, effect * 100);
  if (effect < 0.05) return {Fitness::kOk, "self-test", found, ""};
  return {effect < 0.10 ? Fitness::kWarn : Fitness::kBad, "self-test", found,
          "see the lines above; more pairs (--budget) help against spread"};
}

Json report_json(const std::vector<Finding>& findings, const SelfTest& test, bool fit) {
  Json json;
  json["schema"] = "assay-doctor/1";
  json["fit"] = fit;
  json["findings"] = Json::array();
  for (const Finding& finding : findings) {
    json["findings"].push_back({{"fitness", measure::to_string(finding.fitness)},
                                {"subject", finding.subject},
                                {"found", finding.found},
                                {"advice", finding.advice.empty() ? Json(nullptr) : Json(finding.advice)}});
  }
  json["self_test"] = to_json(test);
  return json;
}

void print_findings(const std::vector<Finding>& findings, bool fit) {
  std::vector<std::vector<std::string>> rows{{"", "what", "found"}};
  std::size_t warnings = 0;
  for (const Finding& finding : findings) {
    rows.push_back({measure::to_string(finding.fitness), finding.subject, finding.found});
    if (finding.fitness != Fitness::kOk) ++warnings;
  }
  fmt::print("{}", table_text(rows));
  if (warnings > 0) fmt::print("\nwhat to do:\n");
  for (const Finding& finding : findings) {
    if (finding.fitness != Fitness::kOk) fmt::print("  {}: {}\n", finding.subject, finding.advice);
  }
  fmt::print("\n{}\n", fit ? "fit for measuring" : "unfit for measuring now: a line above says bad");
}

Result<int> doctor(const Options& options) {
  ASSAY_TRY(const Home home, find_home());
  const measure::MachineFacts facts = measure::read_machine_facts();
  measure::Trials trials;
  trials.clock = measure::try_clock();
  trials.steal_share = measure::try_steal(kStealWaitNs);
  trials.hardware_counters = measure::has_hardware_counters();
  measure::SystemClock clock;
  ASSAY_TRY(const SelfTest test, run_self_test(clock));

  std::vector<Finding> findings = judge_machine(facts, trials, options.threads);
  for (Finding& more : std::vector<Finding>{disk(home), valgrind(), tracing(), python(), gpu(facts), self_test(test)}) {
    findings.push_back(std::move(more));
  }
  const bool fit = std::none_of(findings.begin(), findings.end(),
                                [](const Finding& finding) { return finding.fitness == Fitness::kBad; });
  if (options.json == "-") {
    fmt::print("{}\n", report_json(findings, test, fit).dump(1));
  } else if (!options.json.empty()) {
    ASSAY_CHECK(write_json(options.json, report_json(findings, test, fit)));
  }
  if (options.json != "-") print_findings(findings, fit);
  return static_cast<int>(fit || !options.strict ? ExitCode::kFine : ExitCode::kContaminated);
}

}  // namespace

void add_doctor(CLI::App& app, Invocation& invocation) {
  CLI::App* const command = app.add_subcommand("doctor", "Say what is wrong with this machine for measuring");
  const auto options = std::make_shared<Options>();
  command->add_option("--threads", options->threads, "thread budget that variants will get")
      ->check(CLI::Range(1U, 1024U))
      ->capture_default_str();
  command->add_option("--json", options->json, "also write the findings as JSON to this file; - prints nothing else");
  command->add_flag("--strict", options->strict, "exit with 75 if the machine is unfit");
  command->footer("example:\n  assay doctor --strict && assay run quick");
  command->callback([&invocation, options] { invocation.action = [options] { return doctor(*options); }; });
}

}  // namespace assay::cli
