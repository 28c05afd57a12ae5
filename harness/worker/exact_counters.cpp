#include "harness/worker/exact_counters.hpp"

#include <cstdio>

namespace assay::worker {

ExactCounters::ExactCounters(const isolate::WorkerTask& task) {
  if (task.count_syscalls) {
    auto started = measure::SyscallCounter::start();
    if (started) syscalls_.emplace(std::move(*started));
    if (!started) reason_ = started.error().message;
  }
  if (!task.callgrind_output.empty()) {
    auto started = measure::InstructionCounter::start(task.callgrind_output);
    if (started) instructions_.emplace(std::move(*started));
    if (!started) reason_ = started.error().message;
  }
}

void ExactCounters::begin() {
  if (syscalls_) syscalls_before_ = syscalls_->count();
  if (instructions_) instructions_->begin();
}

void ExactCounters::end(isolate::SampleReply& reply) {
  if (instructions_) {
    const auto counted = instructions_->end();
    if (counted) reply.instructions = {*counted, 1};
    if (!counted) reason_ = counted.error().message;
  }
  if (syscalls_) {
    const std::int64_t counted = syscalls_->count() - syscalls_before_;
    if (syscalls_->alive()) reply.syscalls = {counted, 1};
    if (!syscalls_->alive()) reason_ = "the tracer that counts system calls died";
  }
  std::snprintf(reply.not_counted.data(), reply.not_counted.size(), "%s", reason_.c_str());
}

}  // namespace assay::worker
