#include "harness/measure/syscall_counter.hpp"

#include <linux/ptrace.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <new>

namespace assay::measure {
namespace {

// glibc's <sys/ptrace.h> and the kernel's <linux/ptrace.h> exclude each other; only the latter has the system call
// info.
template <class Data>
long trace(int request, pid_t pid, unsigned long address, Data data) {
  return ::syscall(SYS_ptrace, request, pid, address, data);
}

constexpr int kSystemCallStop = SIGTRAP | 0x80;  // PTRACE_O_TRACESYSGOOD
constexpr unsigned long kOptions =
    PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK;

bool is_stopping(int signal) {
  return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

// True at the entry of a system call, false at its return.
bool enters_call(pid_t thread) {
  ptrace_syscall_info info{};
  return trace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) > 0 && info.op == PTRACE_SYSCALL_INFO_ENTRY;
}

// Lets a stopped thread go on to its next system call.
void resume(pid_t thread, int status) {
  const int signal = WSTOPSIG(status);
  const int event = status >> 16;
  if (event == PTRACE_EVENT_STOP && is_stopping(signal)) {
    trace(PTRACE_LISTEN, thread, 0, 0L);  // stopped by job control: stays so until it is continued
    return;
  }
  const bool of_tracing = event != 0 || signal == kSystemCallStop;
  trace(PTRACE_SYSCALL, thread, 0, static_cast<long>(of_tracing ? 0 : signal));
}

void pause_briefly() {
  const timespec moment{0, 100'000};
  ::nanosleep(&moment, nullptr);
}

}  // namespace

struct SyscallCounter::Shared {
  enum State : int { kStarting, kMayTrace, kTracing, kRefused };
  std::atomic<std::int64_t> count{0};
  std::atomic<int> state{kStarting};
  std::atomic<int> error{0};

  // The child's life. Async-signal-safe calls only: it is a fork.
  [[noreturn]] void follow(pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::syscall(SYS_close_range, 3U, ~0U, 0U);  // the host must not take us for the worker
    while (state.load() == kStarting) pause_briefly();
    int status = 0;
    if (trace(PTRACE_SEIZE, parent, 0, kOptions) != 0) refuse(errno);
    if (trace(PTRACE_INTERRUPT, parent, 0, 0L) != 0 || ::waitpid(parent, &status, __WALL) != parent) refuse(errno);
    ptrace_syscall_info info{};
    if (trace(PTRACE_GET_SYSCALL_INFO, parent, sizeof info, &info) < 0) refuse(errno);
    state = kTracing;
    for (pid_t thread = parent;;) {
      if (WIFSTOPPED(status)) {
        if (WSTOPSIG(status) == kSystemCallStop && enters_call(thread)) count.fetch_add(1, std::memory_order_relaxed);
        resume(thread, status);
      }
      do thread = ::waitpid(-1, &status, __WALL);
      while (thread < 0 && errno == EINTR);
      if (thread < 0) ::_exit(0);  // all have ended
    }
  }

  [[noreturn]] void refuse(int reason) {
    error = reason;
    state = kRefused;
    ::_exit(1);
  }
};

Result<SyscallCounter> SyscallCounter::start() {
  void* const page = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return fail(ErrorKind::kInternal, "cannot map memory for the system call counter");
  auto* const shared = new (page) Shared;
  const pid_t parent = ::getpid();
  const pid_t tracer = ::fork();
  if (tracer == 0) shared->follow(parent);
  SyscallCounter counter(tracer, shared);
  if (tracer < 0) return fail(ErrorKind::kUsage, "cannot start a tracer: {}", std::strerror(errno));
  ::prctl(PR_SET_PTRACER, tracer, 0, 0, 0);  // where Yama restricts tracing to descendants
  shared->state = Shared::kMayTrace;
  while (shared->state == Shared::kMayTrace && counter.alive()) pause_briefly();
  if (shared->state == Shared::kTracing) return counter;
  const int reason = shared->error;
  return fail(ErrorKind::kUsage, "system calls cannot be counted here: tracing is refused ({})",
              reason == 0 ? "the tracer died" : std::strerror(reason));
}

SyscallCounter::~SyscallCounter() {
  if (tracer_ > 0) {
    ::kill(tracer_, SIGKILL);  // the kernel lets go of whom it traced
    ::waitpid(tracer_, nullptr, 0);
  }
  if (shared_ != nullptr) ::munmap(shared_, sizeof(Shared));
}

std::int64_t SyscallCounter::count() const {
  return shared_->count.load(std::memory_order_relaxed);
}

bool SyscallCounter::alive() const {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(tracer_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

}  // namespace assay::measure
