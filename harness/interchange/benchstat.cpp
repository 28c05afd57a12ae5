// The Go benchmark data format.
#include <algorithm>

#include "harness/interchange/case_series.hpp"
#include "harness/interchange/writers.hpp"

namespace assay::interchange {
namespace {

// "/key=value" parts; a slash inside a value would begin another part.
std::string part(const std::string& key, std::string value) {
  std::replace(value.begin(), value.end(), '/', '|');
  return "/" + key + "=" + value;
}

// Equal for both arms, which is what makes them comparable. The end is what Go calls GOMAXPROCS: without it a data set
// "people-2000" would be read as one of 2000 threads.
std::string benchmark_name(const CaseSeries& series) {
  std::string name = "BenchmarkAssay" + part("workload", series.workload) + part("dataset", series.dataset);
  for (const auto& [key, value] : series.parameters) {
    if (key != "shell_start_ns") name += part(key, value);
  }
  name += part("pair", series.arms[0].variant + ".." + series.arms[1].variant);
  name += fmt::format("-{}", series.threads);
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return c <= ' ' || c == 0x7f; }, '_');
  return name;
}

// A value of a configuration line may hold anything but a line's end.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < ' '; }, ' ');
  return text;
}

void add_arm(std::string& text, const CaseSeries& series, const ArmSeries& arm) {
  text += fmt::format("\narm: {}\nvariant: {}\n", arm.arm, one_line(arm.variant));
  for (std::size_t i = 0; i < arm.wall_ns.size(); ++i) {
    text += fmt::format("{} {} {} ns/op {} cpu-ns/op", benchmark_name(series), series.iterations, arm.wall_ns[i],
                        arm.cpu_ns[i]);
    if (!arm.peak_rss_bytes.empty()) text += fmt::format(" {} peak-RSS-bytes", arm.peak_rss_bytes[i]);
    text += "\n";
  }
}

}  // namespace

Result<std::string> to_benchstat(const std::vector<Json>& records) {
  ASSAY_TRY(const std::vector<CaseSeries> all, read_series(records));
  std::string text = "# compare with: benchstat -col arm FILE\ngenerator: assay\n";
  for (const CaseSeries& series : all) {
    for (const ArmSeries& arm : series.arms) add_arm(text, series, arm);
  }
  return text;
}

}  // namespace assay::interchange
