#include "harness/store/journal_reader.hpp"

#include <optional>

#include "harness/core/files.hpp"
#include "harness/store/journal_line.hpp"

namespace assay::store {
namespace {

// What is wrong with a line, empty if nothing is.
std::string fault_of(std::string_view line, const std::string& previous) {
  const auto stated = stated_digest(line);
  if (!stated) return "it has no digest at its end";
  if (*stated != digest_of_line(line, previous)) return "its digest does not fit it and the line before";
  return "";
}

std::optional<Json> parse_line(std::string_view line, std::size_t number) {
  Json event = Json::parse(line, nullptr, false);
  const bool whole = event.is_object() && event.contains("n") && event["n"] == number && event.contains("event") &&
                     event["event"].is_string();
  if (!whole) return std::nullopt;
  event.erase("chain");
  return event;
}

// Blocks that a file system had not written when the machine lost power read as zeros; our lines never hold one.
bool was_never_written(std::string_view line) {
  return line.find('\0') != std::string_view::npos;
}

}  // namespace

Result<JournalContent> parse_journal(std::string_view bytes, const std::string& where) {
  JournalContent content;
  while (content.bytes < bytes.size()) {
    const std::string_view rest = bytes.substr(content.bytes);
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) break;
    const std::string_view line = rest.substr(0, end);
    std::string fault = fault_of(line, content.digest);
    auto event = fault.empty() ? parse_line(line, content.events.size()) : std::nullopt;
    if (fault.empty() && !event) fault = "it is not the event that belongs there";
    if (!fault.empty()) {
      if (was_never_written(line)) break;
      return fail(ErrorKind::kResultsDiffer, "{}:{}: the journal was changed here: {}", where,
                  content.events.size() + 1, fault);
    }
    content.events.push_back(std::move(*event));
    content.digest = *stated_digest(line);
    content.bytes += end + 1;
  }
  content.torn_bytes = bytes.size() - content.bytes;
  const auto& events = content.events;
  if (!events.empty() && (events.front()["event"] != "run_started" || !events.front().contains("format") ||
                          events.front()["format"] != kJournalFormat)) {
    return fail(ErrorKind::kUsage, "{}:1: no {} journal", where, kJournalFormat);
  }
  return content;
}

Result<JournalContent> read_journal(const std::filesystem::path& path) {
  ASSAY_TRY(const std::string bytes, read_file(path));
  return parse_journal(bytes, path.string());
}

}  // namespace assay::store
