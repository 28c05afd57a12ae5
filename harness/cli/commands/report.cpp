// assay report: what a finished run, or a measurement of a GPU, says, as a page.
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>

#include "harness/cli/commands.hpp"
#include "harness/cli/tools.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

// What gpu_ladder or gpu_axes wrote; the page's maker looks at the record's schema.
Result<fs::path> write_gpu_page(const Home& home, const fs::path& record, const std::string& output) {
  const fs::path page = output.empty() ? fs::path(record).replace_extension(".html") : fs::path(output);
  return write_page(home, "reports.gpu_record", record, page);
}

Result<int> report(const std::string& folder, const std::string& output) {
  ASSAY_TRY(const Home home, find_home());
  if (fs::is_regular_file(folder)) {
    ASSAY_TRY(const fs::path page, write_gpu_page(home, folder, output));
    fmt::print("{}\n", page.string());
    return 0;
  }
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
  return write_page(home, "reports", run_folder, output);
}

Result<fs::path> write_page(const Home& home, const std::string& module, const fs::path& input,
                            const fs::path& output) {
  ASSAY_TRY(const std::string python, find_python());
  const std::string command = "PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=" + shell_word(home.root.string()) + " " +
                              shell_word(python) + " -m " + module + " " + shell_word(fs::absolute(input).string()) +
                              " -o " + shell_word(fs::absolute(output).string()) + " >/dev/null";
  const int status = std::system(command.c_str());
  if (status == 0) return output;
  const bool bad_input = WIFEXITED(status) && WEXITSTATUS(status) == 2;
  return fail(bad_input ? ErrorKind::kUsage : ErrorKind::kInternal, "the report of '{}' could not be made (see above)",
              input.string());
}

void add_report(CLI::App& app, Invocation& invocation) {
  CLI::App* const command =
      app.add_subcommand("report", "Make one self-contained HTML page of a run, or of a record of a GPU");
  const auto folder = std::make_shared<std::string>();
  const auto output = std::make_shared<std::string>();
  command->add_option("run", *folder, "run folder, or the record that gpu_ladder or gpu_axes wrote (.json)")
      ->required();
  command->add_option("-o,--output", *output,
                      "HTML file; default: report.html in the run folder, or beside the record");
  command->footer(
      "example:\n  assay report .assay/runs/20261121-091011-quick\n"
      "  assay report reports/published/gpu-ladder.json");
  command->callback(
      [&invocation, folder, output] { invocation.action = [folder, output] { return report(*folder, *output); }; });
}

}  // namespace assay::cli
