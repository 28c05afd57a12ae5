// What a counting run counts: system calls, or instructions where the worker runs under callgrind.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/isolate/protocol.hpp"
#include "harness/measure/instruction_counter.hpp"
#include "harness/measure/syscall_counter.hpp"

namespace assay::worker {

// Legal calls: (begin end?)*
class ExactCounters {
 public:
  // Starts what the task asks for; what cannot be had is told by every end. REQUIRES: one thread only.
  explicit ExactCounters(const isolate::WorkerTask& task);

  void begin();
  // Fills instructions, syscalls and not_counted.
  void end(isolate::SampleReply& reply);

 private:
  std::optional<measure::SyscallCounter> syscalls_;
  std::optional<measure::InstructionCounter> instructions_;
  std::int64_t syscalls_before_ = 0;
  std::string reason_;
};

}  // namespace assay::worker
