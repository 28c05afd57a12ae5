#include "harness/cli/terminal.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>

namespace assay::cli {
namespace {

using store::CaseRecord;
using store::ComparisonRecord;

// Characters shown, not bytes: continuation bytes of UTF-8 take no column. Wide scripts do not occur in these tables.
std::size_t display_width(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

const ComparisonRecord* find_metric(const CaseRecord& record, const char* metric) {
  for (const ComparisonRecord& comparison : record.comparisons) {
    if (comparison.metric == metric) return &comparison;
  }
  return nullptr;
}

std::string interval_text(std::optional<double> low, std::optional<double> high) {
  return low && high ? fmt::format(" [{:.3f}, {:.3f}]", *low, *high) : std::string();
}

std::string memory_text(const CaseRecord& record) {
  const ComparisonRecord* const peak = find_metric(record, "memory/peak_live_bytes");
  if (peak == nullptr || !peak->baseline || !peak->candidate) return "not measured";
  return bytes_text(*peak->baseline) + " -> " + bytes_text(*peak->candidate);
}

std::vector<std::string> verdict_row(const CaseRecord& record) {
  const std::string pair = record.baseline.variant + " -> " + record.candidate.variant;
  const ComparisonRecord* const time = find_metric(record, "time/total");
  if (record.outcome != store::Outcome::kOk || time == nullptr || !time->ratio) {
    return {record.dataset.name, pair, "-", "-", "-", store::to_string(record.outcome)};
  }
  std::string ratio = fmt::format("{:.3f}", *time->ratio);
  if (time->interval) ratio += interval_text(time->interval->low, time->interval->high);
  return {record.dataset.name,
          pair,
          duration_text(*time->baseline) + " -> " + duration_text(*time->candidate),
          ratio,
          memory_text(record),
          time->verdict};
}

std::string measured_text(const LedgerRow& row) {
  for (const LedgerResult& result : row.results) {
    if (!result.claimed.headline || !result.ratio) continue;
    const bool time = result.claimed.metric.rfind("time/", 0) == 0;
    return change_text(*result.ratio, time) + " " + fmt::format("{:.3f}", *result.ratio) +
           interval_text(result.low, result.high);
  }
  return "-";
}

// The ledger and the report have the whole text.
std::string shortened(const std::string& text) {
  constexpr std::size_t kMost = 44;
  if (text.size() <= kMost) return text;
  std::size_t end = text.rfind(' ', kMost - 3);
  if (end == std::string::npos) end = kMost - 3;
  return text.substr(0, end) + "...";
}

std::string claimed_text(const LedgerRow& row) {
  for (const LedgerResult& result : row.results) {
    if (result.claimed.headline) return result.claimed.text;
  }
  return "-";
}

}  // namespace

std::string table_text(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      line += rows[r][i];
      if (i + 1 < rows[r].size()) line += std::string(widths[i] - display_width(rows[r][i]) + 2, ' ');
    }
    text += line + "\n";
    if (r > 0) continue;
    std::size_t total = 0;
    for (const std::size_t width : widths) total += width + 2;
    text += std::string(total - 2, '-') + "\n";
  }
  return text;
}

std::string duration_text(double nanoseconds) {
  static constexpr std::array kUnits{"ns", "us", "ms", "s"};
  std::size_t unit = 0;
  while (nanoseconds >= 999.5 && unit + 1 < kUnits.size()) {  // 999.5 would be rounded to 1000
    nanoseconds /= 1000;
    ++unit;
  }
  if (unit == 0 || nanoseconds >= 999.5) return fmt::format("{:.0f} {}", nanoseconds, kUnits[unit]);
  return fmt::format("{:.3g} {}", nanoseconds, kUnits[unit]);
}

std::string bytes_text(double bytes) {
  static constexpr std::array kUnits{"B", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  while (bytes >= 1024 && unit + 1 < kUnits.size()) {
    bytes /= 1024;
    ++unit;
  }
  return fmt::format("{:.4g} {}", bytes, kUnits[unit]);
}

std::string change_text(double ratio, bool of_time) {
  if (ratio <= 0) return "gone";
  const double change = ratio < 1 ? 1 / ratio - 1 : ratio - 1;
  if (change < 0.0005) return "no change";
  if (of_time) {
    const char* const word = ratio < 1 ? "faster" : "slower";
    return change >= 1 ? fmt::format("{:.2f}x {}", change + 1, word) : fmt::format("{:.1f} % {}", change * 100, word);
  }
  return fmt::format("{:+.1f} %", (ratio - 1) * 100);
}

std::string verdict_table(const std::vector<CaseRecord>& records) {
  std::vector<std::vector<std::string>> rows{
      {"data set", "baseline -> candidate", "time (median)", "ratio [95 % interval]", "peak memory", "verdict"}};
  std::string reasons;
  bool simulated = false;
  for (const CaseRecord& record : records) {
    simulated |= record.simulated;
    rows.push_back(verdict_row(record));
    if (record.reason) reasons += "  " + record.id + ": " + *record.reason + "\n";
  }
  return (simulated ? "SIMULATED: nothing was measured, the times were made up by a test\n\n" : "") + table_text(rows) +
         (reasons.empty() ? "" : "\nwithout a time:\n" + reasons);
}

std::string counts_table(const std::vector<CaseRecord>& records) {
  std::vector<std::vector<std::string>> rows{{"data set", "baseline -> candidate", "counted", "counts", "verdict"}};
  const auto text = [](const std::optional<double>& count) { return count ? fmt::format("{:.0f}", *count) : "-"; };
  for (const CaseRecord& record : records) {
    for (const store::ComparisonRecord& comparison : record.comparisons) {
      if (comparison.metric.rfind("count/", 0) != 0) continue;
      const bool counted = comparison.verdict != "NOT_MEASURED";
      rows.push_back({record.dataset.name, record.baseline.variant + " -> " + record.candidate.variant,
                      comparison.metric.substr(6), text(comparison.baseline) + " -> " + text(comparison.candidate),
                      counted ? comparison.verdict : "not counted: " + comparison.reason.value_or("")});
    }
  }
  return rows.size() > 1 ? table_text(rows) : "";
}

std::string ledger_table(const plan::Audit& audit, const std::vector<LedgerRow>& rows) {
  std::vector<std::vector<std::string>> table{{"claim", "what", "claimed", "measured", "verdict"}};
  std::map<std::string, std::size_t> counts;
  for (const LedgerRow& row : rows) {
    ++counts[row.verdict];
    const bool no_figure = row.verdict == "UNTESTABLE" || row.verdict == "NOT_EQUIVALENT";
    table.push_back({row.claim->id, shortened(row.claim->title), shortened(claimed_text(row)),
                     no_figure ? shortened(row.reason.value_or("-")) : measured_text(row), row.verdict});
  }
  std::string sentence =
      fmt::format("{}: {} of {} claims tested", audit.title, rows.size() - counts["UNTESTABLE"], rows.size());
  for (const auto& [verdict, count] : counts) {
    if (count > 0) sentence += fmt::format(", {} {}", count, verdict);
  }
  return table_text(table) + "\n" + sentence + "\n";
}

ProgressLine::ProgressLine(std::FILE* stream, bool quiet)
    : stream_(stream), quiet_(quiet), terminal_(::isatty(::fileno(stream)) != 0 && std::getenv("CI") == nullptr) {}

void ProgressLine::begin(const std::string& step, std::size_t index, std::size_t count) {
  step_ = step;
  index_ = index;
  count_ = count;
  began_ = std::chrono::steady_clock::now();
  drawn_ = {};
}

void ProgressLine::advance(double done) {
  const auto now = std::chrono::steady_clock::now();
  if (quiet_ || !terminal_ || now - drawn_ < std::chrono::milliseconds(200)) return;
  drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - began_).count();
  const double left = done > 0.01 ? seconds * (1 - done) / done : 0;
  draw(fmt::format("{:3.0f} %  {:.0f} s left", done * 100, left));
}

void ProgressLine::end(const std::string& outcome) {
  if (quiet_) return;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  if (terminal_) std::fputs("\r\033[K", stream_);
  std::fprintf(stream_, "[%s] %s  %s  (%.1f s)\n", place().c_str(), step_.c_str(), outcome.c_str(), seconds);
  std::fflush(stream_);
}

std::string ProgressLine::place() const {
  return count_ == 0 ? std::to_string(index_) : fmt::format("{}/{}", index_, count_);
}

void ProgressLine::draw(const std::string& tail) {
  std::fprintf(stream_, "\r\033[K[%s] %s  %s", place().c_str(), step_.c_str(), tail.c_str());
  std::fflush(stream_);
}

}  // namespace assay::cli
