// assay: maps a subcommand to a function and an error to the documented exit code.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "harness/cli/commands.hpp"
#include "harness/core/exit_code.hpp"

int main(int argc, char** argv) {
  using namespace assay;
  CLI::App app("assay: puts performance claims to the test", "assay");
  app.set_version_flag("--version", "assay " ASSAY_VERSION);
  app.require_subcommand(1);
  app.footer(cli::kFooter);

  cli::Invocation invocation(argc, argv);
  cli::add_list(app, invocation);
  cli::add_dataset(app, invocation);
  cli::add_run(app, invocation);
  cli::add_compare(app, invocation);
  cli::add_audit(app, invocation);
  cli::add_report(app, invocation);
  cli::add_validate(app, invocation);
  cli::add_export(app, invocation);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : static_cast<int>(ExitCode::kUsage);
  }
  cli::catch_interrupts();
  const Result<int> code = invocation.action();
  if (code) return *code;
  std::fprintf(stderr, "assay: %s\n", code.error().message.c_str());
  return static_cast<int>(exit_code(code.error().kind));
}
