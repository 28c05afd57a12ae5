#include "harness/core/machine_class.hpp"

#include <optional>
#include <sstream>
#include <vector>

namespace assay {
namespace {

std::string text_of(const Json& environment, const char* key) {
  const bool told = environment.is_object() && environment.contains(key) && environment[key].is_string();
  return told ? environment[key].get<std::string>() : std::string("unknown");
}

// "Linux 6.1.0-18-amd64 x86_64" -> "Linux 6.1 x86_64"
std::string without_patch_level(const std::string& kernel) {
  std::istringstream words(kernel);
  std::string line;
  for (std::string word; words >> word;) {
    const std::size_t dot = word.find('.');
    if (dot != std::string::npos) word = word.substr(0, word.find_first_not_of("0123456789", dot + 1));
    line += (line.empty() ? "" : " ") + word;
  }
  return line;
}

std::string cores_of(const Json& environment) {
  if (!environment.is_object() || !environment.contains("cores")) return "unknown cores";
  const Json& cores = environment["cores"];
  return cores.is_number_integer() ? cores.dump() + (cores == 1 ? " core" : " cores") : "unknown cores";
}

}  // namespace

std::string machine_class(const Json& environment) {
  return text_of(environment, "cpu_model") + ", " + cores_of(environment) + ", " +
         without_patch_level(text_of(environment, "kernel")) + ", " + text_of(environment, "libc") + ", compiler " +
         text_of(environment, "compiler");
}

}  // namespace assay
