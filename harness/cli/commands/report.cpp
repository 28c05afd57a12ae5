// assay report: what a finished run says, as a page.
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>

#include "harness/cli/commands.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

// The default python3 often lacks matplotlib while the system's has it (Debian beside pyenv).
Result<std::string> find_python() {
  std::vector<std::string> candidates{"python3", "/usr/bin/python3"};
  if (const char* given = std::getenv("PYTHON"); given != nullptr && *given != '\0') candidates = {given};
  for (const std::string& python : candidates) {
    const std::string test = quoted(python) + " -c 'import matplotlib, jinja2, jsonschema' >/dev/null 2>&1";
    if (std::system(test.c_str()) == 0) return python;
  }
  return fail(ErrorKind::kUsage,
              "no python3 with matplotlib, jinja2 and jsonschema; install python3-matplotlib python3-jinja2 "
              "python3-jsonschema or set PYTHON");
}

Result<int> report(const std::string& folder, const std::string& output) {
  ASSAY_TRY(const Home home, find_home());
  if (!fs::exists(fs::path(folder) / "run.json")) {
    return fail(ErrorKind::kUsage, "'{}' holds no run (no run.json); give the folder that 'assay run' printed", folder);
  }
  ASSAY_TRY(const fs::path page,
            write_report(home, folder, output.empty() ? fs::path(folder) / "report.html" : fs::path(output)));
  fmt::print("{}\n", page.string());
  return 0;
}

}  // namespace

Result<fs::path> write_report(const Home& home, const fs::path& run_folder, const fs::path& output) {
  ASSAY_TRY(const std::string python, find_python());
  const std::string command = "PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=" + quoted(home.root.string()) + " " +
                              quoted(python) + " -m reports " + quoted(fs::absolute(run_folder).string()) + " -o " +
                              quoted(fs::absolute(output).string()) + " >/dev/null";
  const int status = std::system(command.c_str());
  if (status == 0) return output;
  const bool bad_run = WIFEXITED(status) && WEXITSTATUS(status) == 2;
  return fail(bad_run ? ErrorKind::kUsage : ErrorKind::kInternal, "the report of '{}' could not be made (see above)",
              run_folder.string());
}

void add_report(CLI::App& app, Invocation& invocation) {
  CLI::App* const command = app.add_subcommand("report", "Make one self-contained HTML page of a run");
  const auto folder = std::make_shared<std::string>();
  const auto output = std::make_shared<std::string>();
  command->add_option("run", *folder, "run folder")->required();
  command->add_option("-o,--output", *output, "HTML file; default: report.html in the run folder");
  command->footer("example:\n  assay report .assay/runs/20261121-091011-quick");
  command->callback(
      [&invocation, folder, output] { invocation.action = [folder, output] { return report(*folder, *output); }; });
}

}  // namespace assay::cli
