// assay: maps a subcommand to a function and an error to the documented exit code.
#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <system_error>

#include "harness/cli/commands.hpp"
#include "harness/core/exit_code.hpp"

namespace {

using assay::ExitCode;

int fail_with(const std::string& text, ExitCode code) {
  std::fprintf(stderr, "assay: %s\n", text.c_str());
  return static_cast<int>(code);
}

// Standard output may be a full disk or a closed pipe; what was printed and got lost is no success.
int flushed(int code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  if (errno == EPIPE) return static_cast<int>(ExitCode::kInternal);  // who closed the pipe wants no text
  return fail_with(std::string("cannot write standard output: ") + std::strerror(errno), ExitCode::kInternal);
}

}  // namespace

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
  cli::add_gate(app, invocation);
  cli::add_baseline(app, invocation);
  cli::add_report(app, invocation);
  cli::add_validate(app, invocation);
  cli::add_doctor(app, invocation);
  cli::add_export(app, invocation);
  cli::add_history(app, invocation);
  cli::add_bisect(app, invocation);
  cli::add_replay(app, invocation);
  cli::add_verify(app, invocation);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return flushed(app.exit(error));  // --help, --version
    return fail_with(cli::parse_error_text(app, error), ExitCode::kUsage);
  }
  cli::catch_interrupts();
  try {
    const Result<int> code = invocation.action();
    if (code) return flushed(*code);
    return fail_with(code.error().message, exit_code(code.error().kind));
  } catch (const std::system_error& error) {  // long texts reach the disk, and fail, while they are printed
    const bool printing = std::ferror(stdout) != 0;
    return fail_with(printing ? "cannot write standard output: " + error.code().message() : error.what(),
                     ExitCode::kInternal);
  } catch (const std::exception& error) {
    return fail_with(error.what(), ExitCode::kInternal);
  }
}
