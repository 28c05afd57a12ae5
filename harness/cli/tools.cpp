#include "harness/cli/tools.hpp"

#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <vector>

namespace assay::cli {

namespace fs = std::filesystem;

std::string shell_word(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

fs::path find_program(const std::string& name) {
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "/usr/bin:/bin" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path program = fs::path(folder) / name;
    std::error_code ignored;
    if (fs::is_regular_file(program, ignored) && ::access(program.c_str(), X_OK) == 0) return program;
  }
  return {};
}

// The default python3 often lacks matplotlib while the system's has it (Debian beside pyenv).
Result<std::string> find_python() {
  std::vector<std::string> candidates{"python3", "/usr/bin/python3"};
  if (const char* given = std::getenv("PYTHON"); given != nullptr && *given != '\0') candidates = {given};
  for (const std::string& python : candidates) {
    // Only looked for: importing them would take as long as a small report.
    const std::string test =
        shell_word(python) +
        " -c 'import sys; from importlib.util import find_spec; "
        "sys.exit(not all(map(find_spec, sys.argv[1:])))' matplotlib jinja2 jsonschema >/dev/null 2>&1";
    if (std::system(test.c_str()) == 0) return python;
  }
  return fail(ErrorKind::kUsage,
              "no python3 with matplotlib, jinja2 and jsonschema; install python3-matplotlib python3-jinja2 "
              "python3-jsonschema or set PYTHON");
}

}  // namespace assay::cli
