// The program `matcher`: command line in, exit code out (0 fine, 1 internal, 2 usage or bad input, 130 interrupted).
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <string>
#include <vector>

#include "matcher/cli/command.hpp"
#include "matcher/cli/run_control.hpp"

namespace {

enum ExitCode : int { kFine = 0, kInternal = 1, kUsage = 2, kInterrupted = 130 };

int exit_code(matcher::ErrorKind kind) {
  switch (kind) {
    case matcher::ErrorKind::kBadInput:
      return kUsage;
    case matcher::ErrorKind::kCancelled:
      return kInterrupted;
    case matcher::ErrorKind::kInternal:
      break;
  }
  return kInternal;
}

int report(int code, const std::string& message) {
  matcher::say(message);
  return code;
}

int run(int argc, char** argv) {
  CLI::App program("Finds the same person in two tables, or within one.", "matcher");
  program.set_version_flag("--version", "matcher " MATCHER_VERSION);
  program.require_subcommand(1);
  program.footer(
      "'matcher match --help' shows the options of match, and so on.\n"
      "Exit codes: 0 fine, 1 internal or a write that failed, 2 usage or bad input, 130 interrupted.\n"
      "SIGUSR1 pauses a run and lets it go on.");
  const std::vector<matcher::Command> commands = {
      matcher::add_match_command(program),     matcher::add_dedupe_command(program),
      matcher::add_household_command(program), matcher::add_cascade_command(program),
      matcher::add_explain_command(program),   matcher::add_evaluate_command(program),
      matcher::add_import_command(program),    matcher::add_export_command(program)};
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return program.exit(error);  // --help, --version
    const auto chosen = program.get_subcommands();
    const std::string help =
        chosen.empty() ? "matcher --help" : fmt::format("matcher {} --help", chosen.front()->get_name());
    return report(kUsage, fmt::format("{}; run '{}'", error.what(), help));
  }
  matcher::handle_signals();
  for (const matcher::Command& command : commands) {
    if (!*command.app) continue;
    const auto status = command.run();
    if (!status) return report(exit_code(status.error().kind), status.error().message);
  }
  return kFine;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const matcher::Cancelled&) {
    return report(kInterrupted, "cancelled");
  } catch (const std::exception& error) {
    return report(kInternal, error.what());
  }
}
