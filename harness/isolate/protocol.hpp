// What host and worker say to each other: one JSON packet with the task, then fixed-size commands and replies.
//
//   worker:  Ready | Failed          host:  (Sample -> Sample | Failed)*  (Finish -> Finished | Failed)
//
// Packets travel over a SOCK_SEQPACKET pair, so each arrives whole or not at all.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "assay/plugin.h"
#include "harness/core/json.hpp"

namespace assay::isolate {

// Descriptors the worker inherits.
inline constexpr int kChannelDescriptor = 3;
inline constexpr int kSharedStateDescriptor = 4;
inline constexpr int kResultDescriptor = 5;

// Where the worker is; kept in shared memory so that the host knows it even after the worker died.
enum class Phase : std::uint32_t {
  kStart,
  kLoad,
  kMap,
  kInit,
  kPrepare,
  kRun,
  kCollect,
  kReadResult,
  kReset,
  kTeardown,
  kIdle,
};
inline constexpr std::uint32_t kPhases = 11;
[[nodiscard]] const char* to_string(Phase phase);

struct SharedState {
  std::atomic<std::uint32_t> cancelled{0};
  std::atomic<Phase> phase{Phase::kStart};
};

// What one worker is to do; travels as JSON.
struct WorkerTask {
  std::string plugin;   // path of the module
  std::string variant;  // id
  std::string dataset;  // folder
  std::string workload_file;
  std::vector<std::pair<std::string, std::string>> parameters;
  std::uint32_t thread_budget = 1;
  std::uint64_t memory_limit_bytes = 0;  // of private writable memory; 0: no limit
  std::vector<int> cpus;                 // to pin to; empty: not pinned
  bool keep_freed_memory = true;         // timed runs: freed memory stays mapped, so later samples are warm; false: a
                                         // memory run, whose replies carry memory figures
  std::string label;                     // launch and arm, for a simulated clock
  bool count_syscalls = false;           // a counting run: replies to Command::count carry what was counted
  std::string callgrind_output;          // likewise, if the worker runs under callgrind with this output; else empty
  std::string cache_folder;              // ASSAY_EXTENSION_CACHE_FOLDER; empty: none
};
[[nodiscard]] std::string to_text(const WorkerTask& task);
[[nodiscard]] Result<WorkerTask> task_from_text(const std::string& text);

enum class CommandKind : std::uint32_t { kSample, kFinish };

enum class Input : std::uint32_t {
  kOriginal,
  kAltered,  // same addresses and row counts, other contents: the challenge
  kEmpty,    // the same tables without rows
};

struct Command {
  CommandKind kind = CommandKind::kSample;
  Input input = Input::kOriginal;
  std::uint32_t iterations = 1;   // fresh prepare + run this many times
  std::uint32_t runs = 1;         // run + collect this many times after each prepare; only the last is timed
  std::uint32_t keep_result = 0;  // 1: write the result to kResultDescriptor and watch that it stays unchanged
  std::uint32_t number = 0;       // of this command in the worker's life, for a simulated clock
  std::uint32_t count = 0;        // 1: prepare and run are counted (WorkerTask), not timed
};

enum class ReplyKind : std::uint32_t { kReady, kSample, kFinished, kFailed };

// Why a worker could not go on.
enum class Fault : std::uint32_t {
  kNone,
  kUnsupported,  // probe or init said that this machine or workload cannot be served
  kUsage,        // no such plugin, variant, data set or workload
  kCallFailed,   // a call returned a bad status
  kOutOfMemory,
  kCancelled,
  kSignal,         // segmentation fault, abort, ...
  kInputWritten,   // wrote to the read-only input
  kGarbageResult,  // the result breaks the contract's shape or points outside memory
  kResultChanged,  // the result changed after collect
  kThreadsLeft,    // threads still alive after teardown
  kMemoryLeft,     // memory of host.alloc not freed at teardown
  kOutputFlood,    // wrote too much to standard output or error
  kExited,         // ended the process by itself
  kTimeLimit,      // hung; killed by the host
};
inline constexpr std::uint32_t kFaults = 15;
[[nodiscard]] const char* to_string(Fault fault);

// A figure that may not be there.
struct MaybeCount {
  std::int64_t value = 0;
  std::uint64_t known = 0;  // 1: it is there
};
[[nodiscard]] constexpr MaybeCount maybe(const std::optional<std::int64_t>& value) {
  return {value.value_or(0), value ? 1ULL : 0ULL};
}
[[nodiscard]] constexpr std::optional<std::int64_t> optional_of(const MaybeCount& count) {
  return count.known != 0 ? std::optional(count.value) : std::nullopt;
}

// Times are sums over the iterations of a sample.
struct SampleReply {
  std::int64_t prepare_ns = 0;
  std::int64_t run_ns = 0;
  std::int64_t collect_ns = 0;
  std::int64_t cpu_ns = 0;
  std::int64_t run_queue_wait_ns = 0;
  std::uint32_t has_run_queue_wait = 0;
  std::uint32_t iterations = 0;
  std::int64_t involuntary_switches = 0;
  std::int64_t minor_faults = 0;
  std::int64_t major_faults = 0;
  std::int64_t window_ns = 0;  // wall time of all iterations with collect and reset
  // Read by the host around the exchange, and not by the worker:
  MaybeCount steal_ns;      // of the CPUs the worker may use
  MaybeCount cpu_stall_ns;  // of the whole machine, like the two after it (measure/machine_noise.hpp)
  MaybeCount memory_stall_ns;
  MaybeCount io_stall_ns;
  MaybeCount device_ns;  // that the plugin says its accelerator was busy
  std::uint64_t rows = 0;
  std::array<std::uint64_t, 2> digest{};
  std::uint32_t collected = 0;       // results that were digested, one per iteration
  std::uint32_t answers_differ = 0;  // 1: not all of them were the same
  std::uint32_t simulated = 0;       // 1: no clock was read, the times are made up (tests only)

  std::uint32_t has_malloc_counts = 0;
  std::uint32_t has_peak_rss = 0;
  std::uint32_t unused = 0;  // in the place of padding
  std::uint64_t allocations = 0;
  std::uint64_t allocated_bytes = 0;
  std::int64_t peak_live_bytes = 0;
  std::int64_t peak_rss_bytes = 0;  // growth over the resident set before prepare
  std::uint64_t host_allocations = 0;
  std::uint64_t host_allocated_bytes = 0;
  std::int64_t host_peak_bytes = 0;
  std::int64_t pinned_peak_bytes = 0;
  std::int64_t device_peak_bytes = 0;
  std::array<std::uint64_t, ASSAY_COUNTER_COUNT> counters{};

  MaybeCount instructions;              // of prepare and run, if the command said count
  MaybeCount syscalls;                  // likewise
  std::array<char, 200> not_counted{};  // why one that the task asks for is missing
};
static_assert(std::has_unique_object_representations_v<SampleReply>, "replies are compared byte by byte");

struct Reply {
  ReplyKind kind = ReplyKind::kFailed;
  Fault fault = Fault::kNone;
  Phase phase = Phase::kStart;
  std::int32_t signal = 0;
  SampleReply sample;
  char message[600] = {};
};

// A reply that says what went wrong; the message is cut to fit.
[[nodiscard]] Reply failed(Fault fault, Phase phase, const std::string& message);

}  // namespace assay::isolate
