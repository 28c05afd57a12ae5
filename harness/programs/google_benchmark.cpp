#include "harness/programs/google_benchmark.hpp"

#include <cmath>
#include <sstream>

#include "harness/core/json.hpp"

namespace assay::programs {
namespace {

constexpr std::size_t kMostOutput = std::size_t{16} << 20;  // of one case, or of the list

double nanoseconds_per(const std::string& unit) {
  if (unit == "us") return 1e3;
  if (unit == "ms") return 1e6;
  return unit == "s" ? 1e9 : 1;
}

BenchmarkSample failed(std::string why) {
  BenchmarkSample sample;
  sample.failure = std::move(why);
  return sample;
}

BenchmarkSample mean_of_repetitions(const Json& rows) {
  BenchmarkSample sample;
  std::uint64_t repetitions = 0;
  for (const Json& row : rows) {
    if (row.value("error_occurred", false))
      return failed("it reports: " + row.value("error_message", std::string("an error")));
    if (row.contains("skipped"))
      return failed("it is skipped: " + row.value("skip_message", std::string("without a reason")));
    if (row.value("run_type", "iteration") != "iteration") continue;
    const double unit = nanoseconds_per(row.value("time_unit", "ns"));
    sample.real_ns += row.at("real_time").get<double>() * unit;
    sample.cpu_ns += row.at("cpu_time").get<double>() * unit;
    sample.iterations = row.at("iterations").get<std::uint64_t>();
    ++repetitions;
  }
  if (repetitions == 0) return failed("it printed no time");
  sample.real_ns /= static_cast<double>(repetitions);
  sample.cpu_ns /= static_cast<double>(repetitions);
  if (!std::isfinite(sample.real_ns) || sample.real_ns <= 0) return failed("it printed a time that is not positive");
  return sample;
}

std::string min_time(const BenchmarkLength& length) {
  if (length.iterations) return fmt::format("--benchmark_min_time={}x", *length.iterations);
  return fmt::format("--benchmark_min_time={}{}", length.seconds, length.seconds_with_suffix ? "s" : "");
}

}  // namespace

std::string filter_of(const std::string& name) {
  std::string filter = "^";
  for (const char c : name) {
    if (std::string_view(".[]{}()*+?^$|\\").find(c) != std::string_view::npos) filter += '\\';
    filter += c;
  }
  return filter + "$";
}

BenchmarkSample read_sample(const std::string& output) {
  // Programs print lines of their own before the document.
  const std::size_t begin = output.rfind("{\n", 0) == 0 ? 0 : output.find("\n{") + 1;
  const Json json = Json::parse(output.begin() + static_cast<std::ptrdiff_t>(begin), output.end(), nullptr, false);
  if (json.is_discarded() || !json.is_object() || !json.contains("benchmarks")) {
    return failed("it did not print the JSON of Google Benchmark");
  }
  try {
    return mean_of_repetitions(json.at("benchmarks"));
  } catch (const Json::exception& error) {
    const std::string_view reason = error.what();
    return failed(fmt::format("its JSON is damaged: {}", reason.substr(reason.find(']') + 2)));
  }
}

Result<BenchmarkProgram> BenchmarkProgram::open(const std::string& path, std::chrono::nanoseconds limit) {
  // A plain name is a file of this folder, as in a shell's completion, before it is a program of the PATH.
  std::error_code ignored;
  const bool here = std::filesystem::is_regular_file(path, ignored);
  ASSAY_TRY(std::filesystem::path program,
            find_program(here && path.find('/') == std::string::npos ? "./" + path : path));
  return BenchmarkProgram(std::move(program), limit);
}

Result<ProcessResult> BenchmarkProgram::call(const std::vector<std::string>& options, std::size_t padding_bytes,
                                             const std::atomic<bool>& interrupted) const {
  ProcessSpec spec;
  spec.program = path_;
  spec.arguments = {path_.string()};
  spec.arguments.insert(spec.arguments.end(), options.begin(), options.end());
  spec.limit = limit_;
  spec.head_bytes = kMostOutput;
  spec.padding_bytes = padding_bytes;
  ASSAY_TRY(ProcessResult result, run_process(spec, interrupted));
  if (result.end == ProcessEnd::kInterrupted) return fail(ErrorKind::kInterrupted, "interrupted");
  if (result.end != ProcessEnd::kExited || result.code != 0) {
    result.last_error_line =
        end_text(result, spec) + (result.last_error_line.empty() ? "" : ": " + result.last_error_line);
  }
  return result;
}

Result<std::vector<std::string>> BenchmarkProgram::list(const std::string& filter,
                                                        const std::atomic<bool>& interrupted) const {
  std::vector<std::string> options{"--benchmark_list_tests=true"};
  if (!filter.empty()) options.push_back("--benchmark_filter=" + filter);
  ASSAY_TRY(const ProcessResult result, call(options, 0, interrupted));
  if (result.end != ProcessEnd::kExited || result.code != 0) {
    return fail(ErrorKind::kUsage, "'{} --benchmark_list_tests' {}", path_.string(), result.last_error_line);
  }
  std::vector<std::string> names;
  std::istringstream lines(result.output_head);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.find(' ') == std::string::npos) names.push_back(line);
  }
  if (names.empty()) {
    return fail(ErrorKind::kUsage, "'{}' lists no benchmark{}", path_.string(),
                filter.empty() ? "; is it built with Google Benchmark?" : " that fits --filter '" + filter + "'");
  }
  return names;
}

Result<BenchmarkSample> BenchmarkProgram::run(const std::string& name, const BenchmarkLength& length,
                                              std::size_t padding_bytes, const std::atomic<bool>& interrupted) const {
  ASSAY_TRY(ProcessResult result,
            call({"--benchmark_filter=" + filter_of(name), "--benchmark_format=json", min_time(length)}, padding_bytes,
                 interrupted));
  const bool fine = result.end == ProcessEnd::kExited && result.code == 0;
  BenchmarkSample sample = fine ? read_sample(result.output_head) : failed(result.last_error_line);
  result.output_head.clear();
  sample.process = std::move(result);
  return sample;
}

Result<bool> BenchmarkProgram::takes_iterations(const std::string& name, const std::atomic<bool>& interrupted) const {
  ASSAY_TRY(const BenchmarkSample sample, run(name, {1, 0, false}, 0, interrupted));
  return sample.failure.empty() && sample.iterations == 1;
}

}  // namespace assay::programs
