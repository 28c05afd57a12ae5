// assay export: a finished run in a format that other tools read.
#include <fmt/ranges.h>

#include <cstdio>

#include "harness/cli/commands.hpp"
#include "harness/core/files.hpp"
#include "harness/core/json.hpp"
#include "harness/interchange/writers.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

using Records = std::vector<Json>;

template <Result<Json> (*write)(const Records&)>
Result<std::string> as_text(const Records& records) {
  ASSAY_TRY(const Json json, write(records));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

struct Format {
  const char* name;
  Result<std::string> (*write)(const Records&);
};
constexpr Format kFormats[] = {{"google-benchmark", as_text<interchange::to_google_benchmark>},
                               {"benchstat", interchange::to_benchstat},
                               {"bencher-bmf", as_text<interchange::to_bencher>},
                               {"github-action-benchmark", as_text<interchange::to_github_action_benchmark>},
                               {"hyperfine", as_text<interchange::to_hyperfine>}};

std::string format_names() {
  std::vector<std::string> names;
  for (const Format& format : kFormats) names.emplace_back(format.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

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

Result<int> export_records(const std::string& folder, const std::string& name, const std::string& output) {
  const Format* chosen = nullptr;
  for (const Format& format : kFormats) {
    if (name == format.name) chosen = &format;
  }
  if (chosen == nullptr) return fail(ErrorKind::kUsage, "unknown format '{}'; known: {}", name, format_names());
  ASSAY_TRY(const Records records, read_records(folder));
  const auto text = chosen->write(records);
  if (!text) return fail(text.error().kind, "'{}/records': {}", folder, text.error().message);
  if (output != "-") {
    ASSAY_CHECK(write_file_atomically(output, *text));
    return 0;
  }
  fmt::print("{}", *text);
  return 0;
}

}  // namespace

void add_export(CLI::App& app, Invocation& invocation) {
  CLI::App* const command = app.add_subcommand("export", "Write a run in a format that other tools read");
  const auto folder = std::make_shared<std::string>();
  const auto format = std::make_shared<std::string>("google-benchmark");
  const auto output = std::make_shared<std::string>("-");
  command->add_option("run", *folder, "run folder")->required();
  command->add_option("--to", *format, format_names())->capture_default_str();
  command->add_option("-o,--output", *output, "file, or - for standard output")->capture_default_str();
  command->footer(
      "example:\n  assay export .assay/runs/20261121-091011-quick --to google-benchmark -o quick.json\n"
      "  assay export .assay/runs/20261121-091011-quick --to benchstat | benchstat -col arm -");
  command->callback([&invocation, folder, format, output] {
    invocation.action = [folder, format, output] { return export_records(*folder, *format, *output); };
  });
}

}  // namespace assay::cli
