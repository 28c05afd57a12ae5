// A child process in its own group: inherited descriptors, clean environment, captured output, sure death.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/descriptor.hpp"
#include "harness/core/result.hpp"

namespace assay::isolate {

using assay::Descriptor;
using assay::make_memory_file;

struct SubprocessSpec {
  std::filesystem::path program;
  std::vector<std::string> arguments;  // without the program itself
  std::vector<std::pair<std::string, std::string>> extra_environment;
  std::vector<std::pair<int, int>> descriptors;  // ours -> number in the child
  int output = -1;                               // takes the child's standard output and error
};

// How a child ended.
struct Ending {
  bool signalled = false;
  bool killed = false;  // by us, because patience ran out
  int code = 0;         // exit status or signal number
};

// Kills the whole process group on destruction. Move-only.
class Subprocess {
 public:
  // Errors: kInternal, naming the program.
  [[nodiscard]] static Result<Subprocess> start(const SubprocessSpec& spec);

  Subprocess(Subprocess&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
  Subprocess& operator=(Subprocess&& other) noexcept;
  Subprocess(const Subprocess&) = delete;
  Subprocess& operator=(const Subprocess&) = delete;
  ~Subprocess();

  [[nodiscard]] pid_t pid() const { return pid_; }
  // True once the process itself has ended, whatever became of processes it started. Leaves it to wait().
  [[nodiscard]] bool has_ended() const;
  // Waits at most that long for the end, then kills the whole group. Call once.
  [[nodiscard]] Ending wait(std::chrono::milliseconds patience);

 private:
  explicit Subprocess(pid_t pid) : pid_(pid) {}
  pid_t pid_ = -1;
};

}  // namespace assay::isolate
