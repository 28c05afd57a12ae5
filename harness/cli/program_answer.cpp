#include "harness/cli/program_answer.hpp"

#include <algorithm>

namespace assay::cli {
namespace {

using programs::ProcessEnd;
using store::CaseRecord;
using store::Outcome;

void stop(CaseRecord& record, std::size_t arm, Outcome outcome, const std::string& reason) {
  store::ArmRecord& failed = arm == 0 ? record.baseline : record.candidate;
  record.outcome = outcome;
  record.reason = reason;
  if (outcome == Outcome::kNotEquivalent) return;
  failed.outcome = outcome;
  failed.reason = reason;
}

Outcome outcome_of(ProcessEnd end) {
  switch (end) {
    case ProcessEnd::kSignalled:
      return Outcome::kCrashed;
    case ProcessEnd::kTimedOut:
      return Outcome::kTimedOut;
    case ProcessEnd::kInterrupted:
      return Outcome::kCancelled;
    case ProcessEnd::kExited:
    case ProcessEnd::kTooMuchOutput:
      break;
  }
  return Outcome::kFailed;
}

// One line that a terminal and JSON can show.
std::string printable(std::string_view line) {
  constexpr std::size_t kMost = 120;
  std::string text;
  for (const char c : line.substr(0, kMost)) {
    if (c >= ' ' && c <= '~') {
      text += c;
    } else {
      text += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return text + (line.size() > kMost ? "..." : "");
}

std::string_view line_at(const std::string& text, std::size_t begin) {
  return std::string_view(text).substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

// The first line in which two outputs differ, as far as their beginnings tell.
std::optional<store::Difference> first_differing_line(const std::string& expected, const std::string& found) {
  const auto [e, f] = std::mismatch(expected.begin(), expected.end(), found.begin(), found.end());
  if (e == expected.end() && f == found.end()) return std::nullopt;
  const auto lines = std::count(expected.begin(), e, '\n');
  const auto at = static_cast<std::size_t>(e - expected.begin());
  const std::size_t begin = at == 0 ? 0 : expected.rfind('\n', at - 1) + 1;
  return store::Difference{"differing", fmt::format("standard output, line {}", lines + 1), std::nullopt,
                           printable(line_at(expected, begin)), printable(line_at(found, begin))};
}

}  // namespace

Result<ProgramAnswers::Answer> ProgramAnswers::read_answer(const programs::ProcessResult& result) const {
  Answer answer{result.code, result.output_sha256, result.output_bytes, result.output_head, {}};
  for (const std::string& file : request_.compare_output) {
    ASSAY_TRY(auto digest, programs::written_since_mark(file));
    answer.files.push_back(std::move(digest));
  }
  return answer;
}

std::string ProgramAnswers::difference(const Answer& expected, const Answer& found,
                                       std::vector<store::Difference>& details) const {
  if (expected.code != found.code) {
    details.push_back(
        {"differing", "exit code", std::nullopt, std::to_string(expected.code), std::to_string(found.code)});
    return fmt::format("exit code {} instead of {}", found.code, expected.code);
  }
  if (expected.output_sha256 != found.output_sha256) {
    auto line = first_differing_line(expected.head, found.head);
    details.push_back(line ? *line
                           : store::Difference{"differing", "standard output", std::nullopt,
                                               fmt::format("{} bytes", expected.output_bytes),
                                               fmt::format("{} bytes", found.output_bytes)});
    const std::string where =
        line ? fmt::format(": {} is '{}' instead of '{}'", line->key.substr(line->key.find("line")), *line->candidate,
                           *line->baseline)
             : fmt::format(" ({} bytes, {} expected)", found.output_bytes, expected.output_bytes);
    return "another standard output" + where + "; --ignore-output if that is meant";
  }
  for (std::size_t i = 0; i < found.files.size(); ++i) {
    if (expected.files[i]->sha256 == found.files[i]->sha256) continue;
    const auto bytes = [](const auto& file) { return fmt::format("{} bytes, sha256:{}", file->bytes, file->sha256); };
    details.push_back(
        {"differing", request_.compare_output[i], std::nullopt, bytes(expected.files[i]), bytes(found.files[i])});
    return fmt::format("another file '{}' ({} bytes, {} expected)", request_.compare_output[i], found.files[i]->bytes,
                       expected.files[i]->bytes);
  }
  return "";
}

void ProgramAnswers::compare(std::size_t arm, const ProgramArm& program, const Answer& answer, CaseRecord& record) {
  store::EquivalenceRecord& equivalence = record.equivalence;
  std::vector<store::Difference> details;
  if (first_[arm]) {
    const std::string differs = difference(*first_[arm], answer, details);
    if (differs.empty()) return;
    stop(record, arm, Outcome::kNotEquivalent, fmt::format("'{}' does not repeat itself: {}", program.name, differs));
  } else {
    first_[arm] = answer;
    if (arm == 0) {
      baseline_name_ = program.name;
      equivalence.digest = request_.ignore_output ? std::nullopt : std::optional("sha256:" + answer.output_sha256);
      return;
    }
    const std::string differs = difference(*first_[0], answer, details);
    if (!request_.ignore_output || !request_.compare_output.empty()) equivalence.status = "equal";
    if (differs.empty()) return;
    stop(record, arm, Outcome::kNotEquivalent,
         fmt::format("'{}' gave, compared with '{}', {}", program.name, baseline_name_, differs));
  }
  equivalence.status = "different";
  equivalence.differences = details;
  equivalence.counts = store::DifferenceCounts{0, 0, details.size(), 0};
}

Status ProgramAnswers::check(std::size_t arm, const ProgramArm& program, const programs::ProcessSpec& spec,
                             const programs::ProcessResult& result, CaseRecord& record) {
  if (result.end != ProcessEnd::kExited || (result.code != 0 && !request_.ignore_failure)) {
    const char* const advice = result.end == ProcessEnd::kExited     ? "; --ignore-failure if that is meant"
                               : result.end == ProcessEnd::kTimedOut ? "; --limit allows more"
                                                                     : "";
    const std::string last = result.last_error_line.empty() ? "" : ": " + result.last_error_line;
    stop(record, arm, outcome_of(result.end),
         fmt::format("'{}' {}{}{}", program.name, programs::end_text(result, spec), last, advice));
    return {};
  }
  ASSAY_TRY(const Answer answer, read_answer(result));
  for (std::size_t i = 0; i < answer.files.size(); ++i) {
    if (answer.files[i]) continue;
    stop(record, arm, Outcome::kNotEquivalent,
         fmt::format("'{}' did not write '{}' (--compare-output)", program.name, request_.compare_output[i]));
    record.equivalence.status = "different";
    return {};
  }
  compare(arm, program, answer, record);
  return {};
}

}  // namespace assay::cli
