// Google Benchmark's JSON.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "harness/interchange/writers.hpp"

namespace assay::interchange {
namespace {

struct Times {
  std::vector<double> real_ns;
  std::vector<double> cpu_ns;
};

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

// Sample standard deviation, as the library computes it; needs two values.
double standard_deviation(const std::vector<double>& values) {
  const double center = mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - center) * (value - center);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

// All values are 0 where their mean is: runs shorter than the clock's tick.
double relative(double deviation, double center) {
  return center == 0 ? 0 : deviation / center;
}

Json row(const std::string& name, std::size_t family, std::size_t repetitions) {
  return {{"family_index", family},
          {"per_family_instance_index", 0},
          {"run_name", name},
          {"repetitions", repetitions},
          {"threads", 1}};
}

void add_aggregate(Json& rows, const std::string& name, std::size_t family, std::size_t repetitions,
                   const char* aggregate, const char* unit, double real, double cpu) {
  Json entry = row(name, family, repetitions);
  entry["name"] = name + "_" + aggregate;
  entry["run_type"] = "aggregate";
  entry["aggregate_name"] = aggregate;
  entry["aggregate_unit"] = unit;
  entry["iterations"] = repetitions;
  entry["real_time"] = real;
  entry["cpu_time"] = cpu;
  entry["time_unit"] = "ns";
  rows.push_back(std::move(entry));
}

void add_arm(Json& rows, const std::string& name, std::size_t family, const Times& times, const Json& iterations) {
  const std::size_t count = times.real_ns.size();
  for (std::size_t i = 0; i < count; ++i) {
    Json entry = row(name, family, count);
    entry["name"] = name;
    entry["run_type"] = "iteration";
    entry["repetition_index"] = i;
    entry["iterations"] = iterations;
    entry["real_time"] = times.real_ns[i];
    entry["cpu_time"] = times.cpu_ns[i];
    entry["time_unit"] = "ns";
    rows.push_back(std::move(entry));
  }
  if (count < 2) return;
  const double real_deviation = standard_deviation(times.real_ns);
  const double cpu_deviation = standard_deviation(times.cpu_ns);
  add_aggregate(rows, name, family, count, "mean", "time", mean(times.real_ns), mean(times.cpu_ns));
  add_aggregate(rows, name, family, count, "median", "time", median(times.real_ns), median(times.cpu_ns));
  add_aggregate(rows, name, family, count, "stddev", "time", real_deviation, cpu_deviation);
  add_aggregate(rows, name, family, count, "cv", "percentage", relative(real_deviation, mean(times.real_ns)),
                relative(cpu_deviation, mean(times.cpu_ns)));
}

Times times_of(const Json& record, const char* arm) {
  Times times;
  for (const Json& sample : record.at("samples")) {
    if (sample.at("arm") != arm) continue;
    times.real_ns.push_back(sample.at("prepare_ns").get<double>() + sample.at("run_ns").get<double>());
    times.cpu_ns.push_back(sample.at("cpu_ns").get<double>());
  }
  return times;
}

std::string name_of(const Json& record, const char* arm, const char* other) {
  std::string name =
      record.at(arm).at("variant").get<std::string>() + "/" + record.at("dataset").at("name").get<std::string>() + "/";
  for (const auto& parameter : record.at("workload").at("parameters").items()) {
    name += parameter.key() + ":" + parameter.value().get<std::string>() + "/";
  }
  return name + arm + "_of:" + record.at(other).at("variant").get<std::string>();
}

Json context(const std::vector<Json>& records) {
  const Json environment = records.empty() ? Json::object() : records.front().at("environment");
  const Json cores = environment.value("cores", Json());
  Json json;
  json["date"] = records.empty() ? Json("") : records.front().at("created_utc");
  json["host_name"] = "";
  json["executable"] = "assay";
  json["num_cpus"] = cores.is_number() ? cores : Json(1);
  json["mhz_per_cpu"] = 0;
  json["cpu_scaling_enabled"] = false;
  json["caches"] = Json::array();
  json["load_avg"] = Json::array();
  json["library_build_type"] = "release";
  return json;
}

void add_case(Json& rows, const Json& record, std::size_t& family) {
  if (record.at("outcome") != "ok") return;
  const Json& iterations = record.at("design").at("iterations");
  add_arm(rows, name_of(record, "baseline", "candidate"), family++, times_of(record, "baseline"), iterations);
  add_arm(rows, name_of(record, "candidate", "baseline"), family++, times_of(record, "candidate"), iterations);
}

}  // namespace

Result<Json> to_google_benchmark(const std::vector<Json>& records) {
  try {
    Json json;
    json["context"] = context(records);
    json["benchmarks"] = Json::array();
    std::size_t family = 0;
    for (const Json& record : records) add_case(json["benchmarks"], record, family);
    return json;
  } catch (const Json::exception& error) {
    const std::string_view reason = error.what();
    return fail(ErrorKind::kUsage, "a record is damaged: {}", reason.substr(reason.find(']') + 2));
  }
}

}  // namespace assay::interchange
