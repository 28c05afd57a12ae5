// Sinks by name, summaries beside them.
#include "matcher/cli/output_flags.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "matcher/cli/names.hpp"
#include "matcher/io/output_file.hpp"
#include "matcher/mysql/endpoint.hpp"

namespace matcher {
namespace {

// matches.csv.gz -> matches.summary.json; nothing for pipes and devices.
std::string default_summary_path(const std::string& output) {
  const std::filesystem::path path(output);
  std::error_code ignored;
  const bool is_file = !std::filesystem::exists(path, ignored) || std::filesystem::is_regular_file(path, ignored);
  if (output == "-" || is_mysql_url(output) || !is_file) return {};
  return split_ending(output).first + ".summary.json";
}

}  // namespace

std::pair<std::string, std::string> split_ending(const std::string& output) {
  std::filesystem::path stem(output);
  if (stem.extension() == ".gz" || stem.extension() == ".zst") stem.replace_extension();
  stem.replace_extension();
  return {stem.string(), output.substr(stem.string().size())};
}

void OutputFlags::add_to(CLI::App& command, const std::string& what, bool with_layout) {
  const std::string group = "Results";
  command
      .add_option("-o,--output", output,
                  what +
                      ": a workbook if it ends in .xlsx, else CSV, compressed if it ends in .gz or .zst; -: standard "
                      "output; mysql://host/database/table")
      ->required()
      ->group(group);
  if (with_layout) {
    command
        .add_option("--layout", layout, "pairs: ids, score, case, decision; peer: both persons, as the audited program")
        ->check(one_of(kMatchLayoutNames))
        ->group(group)
        ->capture_default_str();
  }
  command
      .add_option("--summary", summary,
                  "JSON file that says what was done and found; default: beside the output (matches.csv: "
                  "matches.summary.json); none: no such file")
      ->group(group);
  command.add_flag("--replace", replace, "a database table that is there already gives way to the new one")
      ->group(group);
  command.add_flag("-q,--quiet", quiet, "no summary line, no progress")->group(group);
  command.add_flag("--progress", progress, "progress lines also where standard error is no terminal")->group(group);
}

std::string summary_path(const OutputFlags& flags) {
  if (flags.summary == "none") return {};
  return flags.summary.empty() ? default_summary_path(flags.output) : flags.summary;
}

Status check_distinct(const std::vector<std::string>& inputs, const std::vector<std::string>& outputs) {
  std::vector<std::filesystem::path> seen;
  const auto resolved = [](const std::string& path) {
    std::error_code ignored;
    const bool counts = !path.empty() && path != "-" && !is_mysql_url(path) &&
                        (!std::filesystem::exists(path, ignored) || std::filesystem::is_regular_file(path, ignored));
    return counts ? std::filesystem::weakly_canonical(path, ignored) : std::filesystem::path();
  };
  for (const std::string& input : inputs) seen.push_back(resolved(input));
  for (const std::string& output : outputs) {
    const std::filesystem::path path = resolved(output);
    if (!path.empty() && std::find(seen.begin(), seen.end(), path) != seen.end()) {
      return fail(ErrorKind::kBadInput,
                  "{}: would be written over, as it is also an input or another output; name another file", output);
    }
    seen.push_back(path);
  }
  return {};
}

Status write_summary(const OutputFlags& flags, const nlohmann::ordered_json& summary, Publication& outputs) {
  const std::string path = summary_path(flags);
  if (path.empty()) return {};
  // Damaged UTF-8 in a file name must not end in an exception.
  const std::string text = summary.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  return write_output(
      path, [&](const ByteSink& sink) { sink(text); }, &outputs);
}

}  // namespace matcher
