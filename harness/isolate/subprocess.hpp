// A child process in its own group: inherited descriptors, clean environment, captured output, sure death.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/result.hpp"

namespace assay::isolate {

// Owns a file descriptor. Move-only.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();
  [[nodiscard]] int get() const { return fd_; }
  void close();

 private:
  int fd_ = -1;
};

// A file that exists in memory only. Errors: kInternal.
[[nodiscard]] Result<Descriptor> make_memory_file(const char* name);

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
