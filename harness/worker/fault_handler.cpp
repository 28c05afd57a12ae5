#include "harness/worker/fault_handler.hpp"

#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace assay::worker {
namespace {

using isolate::Fault;
using isolate::Phase;

constexpr std::array kSignals{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constexpr std::size_t kMaxRanges = 16;

// A signal handler may touch only what was set up before; hence statics.
const isolate::SharedState* shared_state = nullptr;
std::array<std::span<const std::byte>, kMaxRanges> input_ranges;
std::size_t input_range_count = 0;

const char* name_of(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "segmentation fault";
    case SIGBUS:
      return "bus error";
    case SIGFPE:
      return "arithmetic exception";
    case SIGILL:
      return "illegal instruction";
    case SIGABRT:
      return "abort";
    default:
      return "signal";
  }
}

bool inside_input(const void* address) {
  const auto* const byte = static_cast<const std::byte*>(address);
  for (std::size_t i = 0; i < input_range_count; ++i) {
    if (byte >= input_ranges[i].data() && byte < input_ranges[i].data() + input_ranges[i].size()) return true;
  }
  return false;
}

// A plugin that dereferences malloc's null, or aborts on std::bad_alloc, dies of exhaustion, not of a bug of its own.
bool memory_is_exhausted() {
  constexpr std::size_t kProbe = 16 << 20;
  void* const probe = ::mmap(nullptr, kProbe, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (probe == MAP_FAILED) return true;
  ::munmap(probe, kProbe);
  return false;
}

Fault classify(int signal, const void* address, Phase phase) {
  if (signal == SIGSEGV && inside_input(address)) return Fault::kInputWritten;
  if (memory_is_exhausted()) return Fault::kOutOfMemory;
  if (phase == Phase::kReadResult) return Fault::kGarbageResult;
  return Fault::kSignal;
}

const char* explain(Fault fault) {
  switch (fault) {
    case Fault::kInputWritten:
      return ": wrote to its read-only input in ";
    case Fault::kOutOfMemory:
      return ": out of memory in ";
    case Fault::kGarbageResult:
      return ": a result column points outside memory, found in ";
    default:
      return " in ";
  }
}

void append(char* text, std::size_t size, const char* more) {
  const std::size_t used = std::strlen(text);
  std::strncat(text, more, size - used - 1);
}

void on_fatal_signal(int signal, siginfo_t* info, void*) {
  const Phase phase = shared_state->phase.load();
  isolate::Reply reply;
  reply.kind = isolate::ReplyKind::kFailed;
  reply.signal = signal;
  reply.phase = phase;
  reply.fault = classify(signal, info->si_addr, phase);
  append(reply.message, sizeof reply.message, name_of(signal));
  append(reply.message, sizeof reply.message, explain(reply.fault));
  append(reply.message, sizeof reply.message, to_string(phase));
  static_cast<void>(::send(isolate::kChannelDescriptor, &reply, sizeof reply, MSG_NOSIGNAL));
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

}  // namespace

void install_fault_handlers(const isolate::SharedState& state) {
  shared_state = &state;
  // A stack of its own, so that an overflow of the plugin's stack is reported too.
  static std::array<std::byte, 64 * 1024> stack;
  const stack_t alternative{stack.data(), 0, stack.size()};
  ::sigaltstack(&alternative, nullptr);
  struct sigaction action {};
  action.sa_sigaction = on_fatal_signal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (const int signal : kSignals) ::sigaction(signal, &action, nullptr);
}

void set_input_ranges(const std::vector<std::span<const std::byte>>& ranges) {
  input_range_count = 0;
  for (const auto& range : ranges) {
    if (input_range_count < kMaxRanges) input_ranges[input_range_count++] = range;
  }
}

}  // namespace assay::worker
