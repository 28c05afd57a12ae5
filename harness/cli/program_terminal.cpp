#include "harness/cli/program_terminal.hpp"

#include <algorithm>

#include "harness/cli/terminal.hpp"
#include "harness/stats/quantile.hpp"

namespace assay::cli {
namespace {

using store::CaseRecord;
using store::ComparisonRecord;

constexpr std::size_t kMostInSentence = 60;
constexpr std::size_t kMostInTable = 36;
constexpr double kShellShareToMind = 0.05;

const ComparisonRecord* find(const CaseRecord& record, const char* metric) {
  const auto found = std::find_if(record.comparisons.begin(), record.comparisons.end(),
                                  [&](const ComparisonRecord& c) { return c.metric == metric; });
  return found == record.comparisons.end() ? nullptr : &*found;
}

// "1.32 x [1.29, 1.35]" of a ratio above or below 1, turned so that it reads as a factor.
std::string factor_text(const ComparisonRecord& time) {
  const bool faster = *time.ratio < 1;
  const double factor = faster ? 1 / *time.ratio : *time.ratio;
  if (!time.interval) return fmt::format("{:.2f} x", factor);
  const double low = faster ? 1 / time.interval->high : time.interval->low;
  const double high = faster ? 1 / time.interval->low : time.interval->high;
  return fmt::format("{:.2f} x [{:.2f}, {:.2f}]", factor, low, high);
}

std::string interval_text(const ComparisonRecord& comparison) {
  std::string text = fmt::format("{:.3f}", *comparison.ratio);
  if (comparison.interval)
    text += fmt::format(" [{:.3f}, {:.3f}]", comparison.interval->low, comparison.interval->high);
  return text;
}

std::string margin_text(const std::optional<double>& margin) {
  return margin ? fmt::format("{:.1f} %", *margin * 100) : "unknown";
}

std::string reason_text(const ComparisonRecord& time) {
  const std::string reason = time.reason.value_or("");
  if (reason == "too_few_pairs") return "too few pairs; raise --budget or --pairs";
  if (reason == "margin_not_gateable")
    return "the control (the baseline against itself) differs from itself too much; the machine is too noisy";
  if (reason == "clocks_conflict") return "wall time and CPU time moved in opposite directions";
  std::string text = "the interval reaches both sides of the margin; raise --budget or --pairs";
  if (time.minimum_detectable_effect) {
    text += fmt::format(" (a slowdown of {:.1f} % would have been seen)", *time.minimum_detectable_effect * 100);
  }
  return text;
}

std::optional<double> median_of(const CaseRecord& record, const char* arm, store::Count store::SampleRecord::*member) {
  std::vector<double> values;
  for (const store::SampleRecord& sample : record.samples) {
    if (sample.arm == arm && sample.*member) values.push_back(static_cast<double>(*(sample.*member)));
  }
  return stats::median(values);
}

void add_part(std::vector<std::vector<std::string>>& rows, const CaseRecord& record, const char* name,
              store::Count store::SampleRecord::*member) {
  const auto baseline = median_of(record, "baseline", member);
  const auto candidate = median_of(record, "candidate", member);
  if (baseline && candidate) rows.push_back({name, duration_text(*baseline), duration_text(*candidate), "", ""});
}

std::string memory_text(const store::ArmRecord& arm) {
  const bool known = arm.memory && arm.memory->peak_rss_bytes;
  return known ? bytes_text(static_cast<double>(*arm.memory->peak_rss_bytes)) : "not known";
}

std::string control_line(const CaseRecord& record) {
  if (!record.control) return "";
  std::string text = fmt::format("control   baseline against itself {:.3f}", record.control->ratio);
  if (const auto& interval = record.control->interval)
    text += fmt::format(" [{:.3f}, {:.3f}]", interval->low, interval->high);
  return text + fmt::format("; margin {}; {} pairs\n", margin_text(record.control->margin), record.design.pairs);
}

std::string answer_line(const CaseRecord& record) {
  if (record.equivalence.status == "equal") return "answers   equal in every run\n";
  return "answers   not compared (--ignore-output)\n";
}

// What the shell takes of both, and why that matters: it makes any ratio look smaller.
std::string shell_line(const CaseRecord& record) {
  const auto found = record.parameters.find("shell_start_ns");
  if (found == record.parameters.end()) return "";
  const double start = std::stod(found->second);
  const double shortest = std::min(record.baseline.median->total_ns, record.candidate.median->total_ns);
  const double share = shortest > 0 ? start / shortest : 1;
  std::string text = fmt::format("shell     '{}' starts in {} ({:.0f} % of the shorter command), part of both times\n",
                                 record.parameters.at("shell"), duration_text(start), share * 100);
  if (share > kShellShareToMind)
    text += "          the ratio is nearer to 1 than that of the commands; --shell none, or more work, helps\n";
  return text;
}

}  // namespace

std::string disturbed_line(const CaseRecord& record) {
  if (!record.contamination || !record.contamination->contaminated) return "";
  std::string text = "disturbed ";
  for (const std::string& reason : record.contamination->reasons) text += reason + "; ";
  return text + "measure again when the machine is quiet\n";
}

std::string short_name(const std::string& command, std::size_t most) {
  std::string text = command;
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text.size() <= most ? text : text.substr(0, most - 3) + "...";
}

std::string summary_sentence(const CaseRecord& record) {
  const std::string a = "'" + short_name(record.baseline.variant, kMostInSentence) + "'";
  const std::string b = "'" + short_name(record.candidate.variant, kMostInSentence) + "'";
  const ComparisonRecord* const time = find(record, "time/total");
  if (record.outcome != store::Outcome::kOk || time == nullptr || !time->ratio) {
    return fmt::format("{} and {} have no time: {}", a, b, record.reason.value_or("no pair was measured"));
  }
  if (time->verdict == "IMPROVED") return fmt::format("{} is {} faster than {}", b, factor_text(*time), a);
  if (time->verdict == "REGRESSED") return fmt::format("{} is {} slower than {}", b, factor_text(*time), a);
  if (time->verdict == "EQUIVALENT") {
    return fmt::format("{} is as fast as {}: ratio {}, inside the margin of {}", b, a, interval_text(*time),
                       margin_text(time->margin));
  }
  if (time->verdict == "NOT_SLOWER") {
    return fmt::format("{} is not slower than {}: ratio {}, below the margin of {}", b, a, interval_text(*time),
                       margin_text(time->margin));
  }
  return fmt::format("no verdict on {} against {}, ratio {}: {}", b, a, interval_text(*time), reason_text(*time));
}

std::string program_text(const CaseRecord& record) {
  if (record.outcome != store::Outcome::kOk) return "";
  std::vector<std::vector<std::string>> rows{{"", short_name(record.baseline.variant, kMostInTable),
                                              short_name(record.candidate.variant, kMostInTable),
                                              "ratio [95 % interval]", "verdict"}};
  for (const auto& [metric, name] : {std::pair("time/total", "wall time"), {"time/cpu", "CPU time"}}) {
    const ComparisonRecord* const row = find(record, metric);
    if (row == nullptr || !row->ratio) continue;
    rows.push_back(
        {name, duration_text(*row->baseline), duration_text(*row->candidate), interval_text(*row), row->verdict});
  }
  add_part(rows, record, "  user", &store::SampleRecord::user_ns);
  add_part(rows, record, "  system", &store::SampleRecord::system_ns);
  const ComparisonRecord* const rss = find(record, "memory/peak_rss_bytes");
  const bool compared = rss != nullptr && rss->ratio;
  rows.push_back({"peak memory", memory_text(record.baseline), memory_text(record.candidate),
                  compared ? fmt::format("{:.3f}", *rss->ratio) : "", compared ? rss->verdict : ""});
  return table_text(rows) + "\n" + control_line(record) + answer_line(record) + shell_line(record) +
         disturbed_line(record);
}

}  // namespace assay::cli
