#include "harness/cli/verify.hpp"

#include <algorithm>

#include "harness/core/files.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

// The value at a JSON pointer, or "nothing".
std::string value_at(const Json& json, const std::string& pointer) {
  const Json::json_pointer place(pointer);
  return json.contains(place) ? short_text(json.at(place)) : "nothing";
}

std::string first_different_line(const std::string& name, const std::string& text, const std::string& expected) {
  const auto place = std::mismatch(expected.begin(), expected.end(), text.begin(), text.end()).first;
  const auto line = 1 + std::count(expected.begin(), place, '\n');
  return fmt::format("{}:{}: other text than the journal gives", name, line);
}

std::string first_difference(const std::string& name, const std::string& text, const std::string& expected_text) {
  if (fs::path(name).extension() != ".json") return first_different_line(name, text, expected_text);
  const Json expected = Json::parse(expected_text);
  const Json found = Json::parse(text, nullptr, false);
  if (found.is_discarded()) return name + ": not valid JSON";
  const Json changes = Json::diff(expected, found);
  if (changes.empty()) return name + ": other bytes for the same values (spaces, order of keys or digits)";
  const std::string place = changes.front().value("path", "");
  return fmt::format("{}: {} is {}, the journal says {}", name, place.empty() ? "everything" : place,
                     value_at(found, place), value_at(expected, place));
}

// Records, ledgers and files of a gate that lie in the folder.
std::vector<std::string> files_of(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder / "records", error)) {
    if (entry.path().extension() == ".json") names.push_back("records/" + entry.path().filename().string());
  }
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind("ledger-", 0) == 0 && entry.path().extension() == ".json") names.push_back(name);
  }
  for (const std::string_view name : kGateFiles) {
    if (fs::exists(folder / name)) names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

Result<std::vector<std::string>> find_differences(const fs::path& folder, const Replay& replay) {
  std::vector<std::string> differences;
  for (const auto& [name, expected] : replay.files) {
    if (!fs::exists(folder / name)) {
      differences.push_back(name + ": not there, but in the journal");
      continue;
    }
    ASSAY_TRY(const std::string found, read_file(folder / name));
    if (found != expected) differences.push_back(first_difference(name, found, expected));
  }
  for (const std::string& name : files_of(folder)) {
    if (!replay.files.contains(name)) differences.push_back(name + ": the journal knows nothing of it");
  }
  return differences;
}

}  // namespace assay::cli
