// Counts the system calls of this process exactly, by a child process that traces it (ptrace).
//
// For untimed runs only: each call costs two stops, some 10 microseconds. perf and seccomp count too, but need rights
// that containers seldom give; ptrace of one's own parent is allowed in most.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <utility>

#include "harness/core/result.hpp"

namespace assay::measure {

class SyscallCounter {
 public:
  // Counts from now on: all threads there are now and later, and processes they start. Errors: kUsage if tracing is
  // not allowed here (a debugger or strace is attached, Yama, seccomp) or the kernel is older than 5.3.
  // REQUIRES: one thread only, like every fork.
  [[nodiscard]] static Result<SyscallCounter> start();

  SyscallCounter(SyscallCounter&& other) noexcept
      : tracer_(std::exchange(other.tracer_, -1)), shared_(std::exchange(other.shared_, nullptr)) {}
  SyscallCounter& operator=(SyscallCounter&&) = delete;
  SyscallCounter(const SyscallCounter&) = delete;
  SyscallCounter& operator=(const SyscallCounter&) = delete;
  ~SyscallCounter();

  // System calls begun so far. Costs none itself, so the difference of two readings is what lay between them. Calls
  // that the C library answers without the kernel (clock_gettime) are none. Past ones only once the tracer is gone.
  [[nodiscard]] std::int64_t count() const;
  // False if the tracer has died: the count stands still then.
  [[nodiscard]] bool alive() const;

 private:
  struct Shared;
  SyscallCounter(pid_t tracer, Shared* shared) : tracer_(tracer), shared_(shared) {}

  pid_t tracer_ = -1;
  Shared* shared_ = nullptr;
};

}  // namespace assay::measure
