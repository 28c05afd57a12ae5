// Programs that a bisection runs for its user: with the user's environment, output in a log, ended by an interrupt.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/result.hpp"

namespace assay::bisect {

struct Program {
  std::vector<std::string> arguments;                            // the program first; found by PATH
  std::filesystem::path folder;                                  // where it runs
  std::vector<std::pair<std::string, std::string>> environment;  // on top of ours
  std::filesystem::path log;                                     // its output is appended here; its folder exists
};

// The user's own command line.
[[nodiscard]] inline std::vector<std::string> shell(const std::string& command) {
  return {"/bin/sh", "-c", command};
}

// How a program ended.
struct ProgramEnd {
  bool signalled = false;
  int code = 0;  // exit status, or signal number
  [[nodiscard]] bool succeeded() const { return !signalled && code == 0; }
};

// Runs it to its end. When `interrupted` becomes true, ends it and all it started: SIGTERM, after 5 s SIGKILL.
// Errors: kInternal if it cannot be started or its log not be written; kInterrupted.
[[nodiscard]] Result<ProgramEnd> run_program(const Program& program, const std::atomic<bool>& interrupted);

// Last line of a log that is not empty, to say in a message why a program failed; "" if there is none.
[[nodiscard]] std::string last_line(const std::filesystem::path& log);

}  // namespace assay::bisect
