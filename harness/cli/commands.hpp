// The subcommands of assay: each adds its options to the parser and leaves an action to run.
#pragma once

#include <CLI/CLI.hpp>
#include <atomic>
#include <functional>
#include <string>

#include "harness/cli/run.hpp"
#include "harness/core/result.hpp"

namespace assay::cli {

inline constexpr const char* kFooter =
    "example:\n"
    "  assay run quick --audit name_matcher\n"
    "exit codes: 0 fine, 1 internal, 2 usage, 4 results differ, 6 plugin crashed, hung or ran out of memory,\n"
    "  7 claim refuted (--enforce), 130 interrupted; 3 regression (gate, compare --fail-on-regression);\n"
    "  of the gate also 5 inconclusive (--strict), 75 contaminated";

struct Invocation {
  Invocation(int argc, char** argv);
  std::string command;                  // as typed
  std::function<Result<int>()> action;  // set by the subcommand that was chosen; returns the exit code
};

// Why the command line could not be understood and what to do, in one line.
[[nodiscard]] std::string parse_error_text(const CLI::App& app, const CLI::ParseError& error);

// A number from low to high. CLI::Range lets "nan" through.
[[nodiscard]] CLI::Validator finite_between(double low, double high);

void add_list(CLI::App& app, Invocation& invocation);
void add_dataset(CLI::App& app, Invocation& invocation);
void add_run(CLI::App& app, Invocation& invocation);
void add_compare(CLI::App& app, Invocation& invocation);
void add_audit(CLI::App& app, Invocation& invocation);
void add_gate(CLI::App& app, Invocation& invocation);
void add_baseline(CLI::App& app, Invocation& invocation);
void add_report(CLI::App& app, Invocation& invocation);
void add_validate(CLI::App& app, Invocation& invocation);
void add_doctor(CLI::App& app, Invocation& invocation);
void add_export(CLI::App& app, Invocation& invocation);
void add_history(CLI::App& app, Invocation& invocation);
void add_bisect(CLI::App& app, Invocation& invocation);
void add_replay(CLI::App& app, Invocation& invocation);
void add_verify(CLI::App& app, Invocation& invocation);

// Ctrl-C and SIGTERM set interrupted(); what runs ends in order.
void catch_interrupts();
[[nodiscard]] const std::atomic<bool>& interrupted();

// Runs `python3 -m reports FOLDER`; returns the path of the HTML file.
// Errors: kUsage if no Python with matplotlib, Jinja2 and jsonschema is found, or the folder holds no run.
[[nodiscard]] Result<std::filesystem::path> write_report(const Home& home, const std::filesystem::path& run_folder,
                                                         const std::filesystem::path& output);

// The same by another module: "reports.history" makes a page of assay-history/1 JSON. Errors: as above.
[[nodiscard]] Result<std::filesystem::path> write_page(const Home& home, const std::string& module,
                                                       const std::filesystem::path& input,
                                                       const std::filesystem::path& output);

}  // namespace assay::cli
