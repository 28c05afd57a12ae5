// What every subcommand is: it adds itself to the program and runs if it was chosen.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "matcher/cli/command_run.hpp"
#include "matcher/cli/input_flags.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

// Runs the command; what it returns is printed as one line unless quiet.
using CommandBody = std::function<Status()>;

struct Command {
  CLI::App* app;
  CommandBody run;
};

[[nodiscard]] Command add_match_command(CLI::App& program);
[[nodiscard]] Command add_dedupe_command(CLI::App& program);
[[nodiscard]] Command add_household_command(CLI::App& program);
[[nodiscard]] Command add_cascade_command(CLI::App& program);
[[nodiscard]] Command add_explain_command(CLI::App& program);
[[nodiscard]] Command add_evaluate_command(CLI::App& program);
[[nodiscard]] Command add_import_command(CLI::App& program);
[[nodiscard]] Command add_export_command(CLI::App& program);

// "matcher: ..." on standard error.
void say(const std::string& line);

// The table of a command, its report of bad rows, and what to warn of. Throws Cancelled. Errors: those of load_table.
[[nodiscard]] Result<LoadedTable> load_one_table(const std::string& source, const InputFlags& flags, unsigned threads,
                                                 CommandRun& run);

// What a run that reads in batches says of rows that were left out: warnings, and the report of bad rows. Throws
// Cancelled. Errors: kInternal.
[[nodiscard]] Status report_rows(const InputFlags& flags, const std::vector<NamedReport>& reports, CommandRun& run);

// Both tables of a command likewise, read at once given two threads.
struct TwoTables {
  LoadedTable left;
  LoadedTable right;
};
[[nodiscard]] Result<TwoTables> load_two_tables(const std::string& left, const std::string& right,
                                                const InputFlags& flags, unsigned threads, CommandRun& run);

}  // namespace matcher
