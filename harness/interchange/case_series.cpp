#include "harness/interchange/case_series.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay::interchange {
namespace {

std::string without_blanks(std::string text) {
  const auto is_blank = [](unsigned char c) { return c <= ' ' || c == 0x7f; };
  std::replace_if(text.begin(), text.end(), is_blank, '_');
  return text;
}

// All samples know the member, or none counts.
template <class T>
std::vector<T> member_of(const std::vector<const Json*>& samples, const char* key) {
  std::vector<T> values;
  for (const Json* sample : samples) {
    const auto found = sample->find(key);
    if (found == sample->end() || found->is_null()) return {};
    values.push_back(found->get<T>());
  }
  return values;
}

ArmSeries arm_of(const Json& record, const char* name) {
  const Json& json = record.at(name);
  ArmSeries arm;
  arm.arm = name;
  arm.variant = json.at("variant").get<std::string>();
  arm.command = record.value("kind", "plugin") == "program" ? json.at("summary").get<std::string>() : arm.variant;
  std::vector<const Json*> samples;
  for (const Json& sample : record.at("samples")) {
    if (sample.at("arm") != name) continue;
    samples.push_back(&sample);
    arm.wall_ns.push_back(sample.at("prepare_ns").get<double>() + sample.at("run_ns").get<double>());
    arm.cpu_ns.push_back(sample.at("cpu_ns").get<double>());
  }
  arm.user_ns = member_of<double>(samples, "user_ns");
  arm.system_ns = member_of<double>(samples, "system_ns");
  arm.peak_rss_bytes = member_of<double>(samples, "peak_rss_bytes");
  arm.exit_codes = member_of<int>(samples, "exit_code");
  return arm;
}

std::optional<RatioOfArms> ratio_of(const Json& record) {
  for (const Json& comparison : record.at("comparisons")) {
    if (comparison.at("metric") != "time/total" || comparison.at("ratio").is_null()) continue;
    RatioOfArms ratio{comparison.at("ratio").get<double>(), std::nullopt, std::nullopt,
                      comparison.at("verdict").get<std::string>()};
    if (const Json& interval = comparison.at("interval"); !interval.is_null()) {
      ratio.low = interval.at("low").get<double>();
      ratio.high = interval.at("high").get<double>();
    }
    return ratio;
  }
  return std::nullopt;
}

CaseSeries series_of(const Json& record) {
  CaseSeries series;
  series.workload = record.at("workload").at("id").get<std::string>();
  series.dataset = record.at("dataset").at("name").get<std::string>();
  for (const auto& item : record.at("workload").at("parameters").items()) {
    series.parameters[item.key()] = item.value().get<std::string>();
  }
  series.iterations = record.at("design").at("iterations").get<std::uint64_t>();
  series.threads = record.at("design").at("thread_budget").get<std::uint64_t>();
  series.arms = {arm_of(record, "baseline"), arm_of(record, "candidate")};
  series.ratio = ratio_of(record);
  return series;
}

}  // namespace

Result<std::vector<CaseSeries>> read_series(const std::vector<Json>& records) {
  std::vector<CaseSeries> all;
  for (const Json& record : records) {
    try {
      if (record.at("outcome") != "ok") continue;
      all.push_back(series_of(record));
    } catch (const Json::exception& error) {
      const std::string_view reason = error.what();
      return fail(ErrorKind::kUsage, "a record is damaged: {}", reason.substr(reason.find(']') + 2));
    }
    for (const ArmSeries& arm : all.back().arms) {
      if (arm.wall_ns.empty()) return fail(ErrorKind::kUsage, "a record is damaged: it is ok but has no samples");
    }
  }
  return all;
}

std::string name_of(const CaseSeries& series) {
  std::string name = series.workload + "/" + series.dataset;
  for (const auto& [key, value] : series.parameters) {
    if (key != "shell_start_ns") name += "/" + key + "=" + value;  // measured anew in each run
  }
  return without_blanks(name + "/" + series.arms[0].variant + ".." + series.arms[1].variant);
}

std::string name_of(const CaseSeries& series, const ArmSeries& arm) {
  return name_of(series) + without_blanks("/" + arm.arm + ":" + arm.variant);
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double standard_deviation_of(const std::vector<double>& values) {
  const double center = mean_of(values);
  double squares = 0;
  for (const double value : values) squares += (value - center) * (value - center);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

}  // namespace assay::interchange
