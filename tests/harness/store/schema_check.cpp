#include "tests/harness/store/schema_check.hpp"

#include <cstdio>
#include <memory>

#include "tests/harness/core/temporary_folder.hpp"

namespace assay::testing {

bool has_schema_checker() {
  return !std::string(ASSAY_SCHEMA_PYTHON).empty();
}

std::string schema_errors(const std::string& schema, const Json& value) {
  const TemporaryFolder folder;
  const auto file = folder.write("value.json", value.dump(1, ' ', false, Json::error_handler_t::replace));
  const std::string command = std::string("'" ASSAY_SCHEMA_PYTHON "' '" ASSAY_SOURCE_DIR) +
                              "/tests/harness/store/validate_json.py' '" ASSAY_SOURCE_DIR "/reports/schema/" + schema +
                              "' '" + file.string() + "' 2>&1";
  FILE* const pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return "cannot start python";
  std::string errors;
  char buffer[512];
  while (std::fgets(buffer, sizeof buffer, pipe) != nullptr) errors += buffer;
  const int status = ::pclose(pipe);
  return status != 0 && errors.empty() ? "the checker failed without a word" : errors;
}

}  // namespace assay::testing
