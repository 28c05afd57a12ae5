// hyperfine's --export-json.
#include "harness/interchange/measurements.hpp"

namespace assay::interchange {
namespace {

// Commands made of a parameter have it in their name already; what --command-name hid is told apart by the parameters.
std::string name_of(const Json& result) {
  std::string name = result.at("command").get<std::string>();
  const auto parameters = result.find("parameters");
  if (parameters == result.end() || !parameters->is_object()) return name;
  for (const auto& item : parameters->items()) {
    name += " " + item.key() + "=" + (item.value().is_string() ? item.value().get<std::string>() : item.value().dump());
  }
  return name;
}

Status add_result(Measurements& measurements, const Json& result, const std::string& where) {
  Series series{name_of(result), {}, ""};
  for (const Series& other : measurements.series) {
    if (other.name == series.name)
      return fail(ErrorKind::kUsage, "{}: command '{}' is there twice", where, series.name);
  }
  if (!result.contains("times") || result.at("times").is_null()) {
    series.note = "the file holds no single times";
  } else {
    ASSAY_TRY(const auto times, member<std::vector<double>>(result, where + ": '" + series.name + "'", "times"));
    for (const double time : times) series.samples_ns.push_back(time * 1e9);
  }
  measurements.series.push_back(std::move(series));
  return {};
}

}  // namespace

Result<Measurements> read_hyperfine(const Json& json, const std::filesystem::path& file) {
  Measurements measurements{"hyperfine", {}};
  const std::string where = "'" + file.string() + "'";
  try {
    for (const Json& result : json.at("results")) ASSAY_CHECK(add_result(measurements, result, where));
  } catch (const Json::exception& error) {
    const std::string_view reason = error.what();
    return fail(ErrorKind::kUsage, "{}: {}", where, reason.substr(reason.find(']') + 2));
  }
  return measurements;
}

}  // namespace assay::interchange
