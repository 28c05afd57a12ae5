// The host's end of one worker: start it, ask it for samples, and classify every way it can go wrong.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "harness/core/result.hpp"
#include "harness/isolate/protocol.hpp"
#include "harness/isolate/subprocess.hpp"

namespace assay::isolate {

struct WorkerLimits {
  std::chrono::milliseconds time{60'000};   // for one command
  std::chrono::milliseconds grace{500};     // between the request to stop and the kill
  std::uint64_t memory_bytes = 8ULL << 30;  // private memory of the worker
  std::uint64_t output_bytes = 4ULL << 20;  // standard output and error together
};

struct LaunchOptions {
  std::filesystem::path program;   // assay-worker
  std::filesystem::path preload;   // malloc counter, or empty
  std::vector<std::string> under;  // a program and its options that the worker runs under (valgrind), or empty
  WorkerLimits limits;
  const std::atomic<bool>* interrupted;  // set by Ctrl-C; must outlive the handle
};

// Everything the host knows about a worker that could not go on.
struct WorkerFailure {
  Fault fault = Fault::kNone;
  Phase phase = Phase::kStart;
  std::string message;  // one line, with the phase and what the plugin said
};

template <class T>
using WorkerResult = tl::expected<T, WorkerFailure>;

class WorkerHandle {
 public:
  // Returns when the worker has loaded the plugin, mapped the data set and made the instance.
  [[nodiscard]] static WorkerResult<WorkerHandle> launch(const WorkerTask& task, const LaunchOptions& options);

  // One sample; blocks until it is there. After a failure the worker is dead.
  [[nodiscard]] WorkerResult<SampleReply> sample(const Command& command);

  // Tears the instance down and ends the process in order.
  [[nodiscard]] WorkerResult<void> finish();

  // Sets the flag that host.is_cancelled reads; the next or present call should return soon.
  void cancel() { shared_->cancelled = 1; }

  // The bytes of the result that the last sample with keep_result left; the file belongs to this handle.
  [[nodiscard]] int result_descriptor() const { return result_.get(); }
  [[nodiscard]] const std::string& variant() const { return variant_; }

 private:
  WorkerHandle() = default;
  [[nodiscard]] WorkerResult<Reply> exchange(const Command& command);
  [[nodiscard]] WorkerResult<Reply> await_reply();
  [[nodiscard]] WorkerFailure ended_without_reply();
  [[nodiscard]] WorkerFailure stop(Fault fault, const std::string& message);
  [[nodiscard]] bool output_exceeded() const;
  [[nodiscard]] std::string last_output() const;

  std::string variant_;
  WorkerLimits limits_;
  const std::atomic<bool>* interrupted_ = nullptr;
  Descriptor channel_;
  Descriptor result_;
  Descriptor output_;
  std::shared_ptr<SharedState> shared_;
  std::unique_ptr<Subprocess> process_;
};

}  // namespace assay::isolate
