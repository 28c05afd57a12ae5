#include <algorithm>

#include "harness/gate/outputs.hpp"

namespace assay::gate {
namespace {

constexpr std::size_t kMostBytes = 60000;
constexpr std::size_t kMostAnnotations = 10;

// A cell of a Markdown table.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '|' || c == '`' || c == '<' || c == '*' || c == '_') result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result;
}

std::vector<Cell> gravest_first(const std::vector<Cell>& cells) {
  std::vector<Cell> sorted = cells;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Cell& a, const Cell& b) { return a.verdict < b.verdict; });
  return sorted;
}

// Source: actions/toolkit, packages/core/src/command.ts.
std::string escaped_for_command(const std::string& text, bool is_property) {
  std::string result;
  for (const char c : text) {
    if (c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ','))) {
      result += fmt::format("%{:02X}", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  return result;
}

// Source: OpenMetrics 1.0, "Escaping".
std::string escaped_label(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result;
}

}  // namespace

std::string to_markdown(const GateReport& report) {
  std::string text = fmt::format("{}\n**Assay gate: {}.**\n\n", kCommentMarker, summary_sentence(report));
  text += "| verdict | cell | candidate / baseline | why |\n|---|---|---|---|\n";
  std::string tail = "\n";
  if (report.worst_control) {
    tail += fmt::format("Identical code differed from itself by up to {:.1f} % in this run. ",
                        100.0 * *report.worst_control);
  }
  if (report.stored) {
    tail += fmt::format("Stored records of different times: base {} at {}, head {} at {}. ",
                        report.stored->baseline.created_utc, report.stored->baseline.commit_text(),
                        report.stored->candidate.created_utc, report.stored->candidate.commit_text());
  }
  tail += fmt::format("Base `{}`, head `{}`, {:.0f} s.\n", report.baseline, report.candidate, report.seconds);
  std::size_t left_out = 0;
  for (const Cell& cell : gravest_first(report.cells)) {
    const std::string row = fmt::format("| {} | {} | {} | {} |\n", to_string(cell.verdict), escaped(cell.id),
                                        figures_text(cell), escaped(explanation(cell)));
    if (text.size() + row.size() + tail.size() + 100 > kMostBytes) {
      ++left_out;
    } else {
      text += row;
    }
  }
  if (left_out > 0) text += fmt::format("\n{} more cells, none of them graver than these.\n", left_out);
  return text + tail;
}

std::string to_github_annotations(const GateReport& report) {
  std::string text;
  std::size_t errors = 0;
  std::size_t warnings = 0;
  if (report.contaminated) {
    text += "::warning title=Assay gate::" + escaped_for_command(summary_sentence(report), false) + "\n";
    ++warnings;
  }
  for (const Cell& cell : gravest_first(report.cells)) {
    if (cell.verdict > CellVerdict::kInconclusive) continue;
    const bool contaminated = report.contaminated && cell.verdict == CellVerdict::kRegressed;
    const bool is_error = cell.verdict < CellVerdict::kSeemsSlower && !contaminated;
    std::size_t& count = is_error ? errors : warnings;
    if (++count > kMostAnnotations) continue;
    text += fmt::format("::{} title={}::{}\n", is_error ? "error" : "warning",
                        escaped_for_command(fmt::format("{} {}", to_string(cell.verdict), cell.variant), true),
                        escaped_for_command(cell.id + ": " + explanation(cell), false));
  }
  return text;
}

std::string to_gitlab_metrics(const GateReport& report) {
  std::string text = "# TYPE assay_ratio gauge\n# HELP assay_ratio candidate over baseline, prepare + run\n";
  for (const Cell& cell : report.cells) {
    if (!cell.ratio) continue;
    const std::string label = escaped_label(cell.id);
    text += fmt::format("assay_ratio{{cell=\"{}\",bound=\"estimate\"}} {:.6g}\n", label, *cell.ratio);
    if (!cell.low) continue;
    text += fmt::format("assay_ratio{{cell=\"{}\",bound=\"low\"}} {:.6g}\n", label, *cell.low);
    text += fmt::format("assay_ratio{{cell=\"{}\",bound=\"high\"}} {:.6g}\n", label, *cell.high);
  }
  return text + "# EOF\n";
}

}  // namespace assay::gate
