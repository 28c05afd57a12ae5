// assay report and export: what a finished run says, as a page or in a format other tools read.
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>

#include "harness/cli/commands.hpp"
#include "harness/cli/tools.hpp"
#include "harness/core/files.hpp"
#include "harness/core/json.hpp"
#include "harness/store/google_benchmark.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

Result<std::vector<Json>> read_records(const fs::path& folder) {
  ASSAY_TRY(const Json run, read_json(folder / "run.json"));
  ASSAY_TRY(const auto files, member<std::vector<std::string>>(run, (folder / "run.json").string(), "records"));
  std::vector<Json> records;
  for (const std::string& file : files) {
    const fs::path path = folder / "records" / file;
    ASSAY_TRY(Json record, read_json(path));
    const auto schema = member<std::string>(record, path.string(), "schema");
    if (!schema || *schema != "assay-result/1") {
      return fail(ErrorKind::kUsage, "'{}' is no assay-result/1 record", path.string());
    }
    records.push_back(std::move(record));
  }
  return records;
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

Result<int> export_records(const std::string& folder, const std::string& format, const std::string& output) {
  if (format != "google-benchmark") {
    return fail(ErrorKind::kUsage, "unknown format '{}'; known: google-benchmark", format);
  }
  ASSAY_TRY(const std::vector<Json> records, read_records(folder));
  const auto converted = store::to_google_benchmark(records);
  if (!converted) return fail(converted.error().kind, "'{}/records': {}", folder, converted.error().message);
  const Json& exported = *converted;
  if (output == "-") {
    fmt::print("{}\n", exported.dump(1));
    return 0;
  }
  ASSAY_CHECK(write_json(output, exported));
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
  CLI::App* const command = app.add_subcommand("report", "Make one self-contained HTML page of a run");
  const auto folder = std::make_shared<std::string>();
  const auto output = std::make_shared<std::string>();
  command->add_option("run", *folder, "run folder")->required();
  command->add_option("-o,--output", *output, "HTML file; default: report.html in the run folder");
  command->footer("example:\n  assay report .assay/runs/20261121-091011-quick");
  command->callback(
      [&invocation, folder, output] { invocation.action = [folder, output] { return report(*folder, *output); }; });
}

void add_export(CLI::App& app, Invocation& invocation) {
  CLI::App* const command = app.add_subcommand("export", "Write a run in a format that other tools read");
  const auto folder = std::make_shared<std::string>();
  const auto format = std::make_shared<std::string>("google-benchmark");
  const auto output = std::make_shared<std::string>("-");
  command->add_option("run", *folder, "run folder")->required();
  command->add_option("--to", *format, "google-benchmark")->capture_default_str();
  command->add_option("-o,--output", *output, "file, or - for standard output")->capture_default_str();
  command->footer("example:\n  assay export .assay/runs/20261121-091011-quick --to google-benchmark -o quick.json");
  command->callback([&invocation, folder, format, output] {
    invocation.action = [folder, format, output] { return export_records(*folder, *format, *output); };
  });
}

}  // namespace assay::cli
