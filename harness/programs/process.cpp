#include "harness/programs/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "harness/core/descriptor.hpp"
#include "harness/core/sha256.hpp"

extern char** environ;

namespace assay::programs {
namespace {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;

constexpr auto kOutputCheck = std::chrono::milliseconds(250);  // how often the size of the output is looked at

// The header that declares pidfd_open is not fit for C++ in glibc 2.36.
int open_pidfd(pid_t pid) {
  return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

std::int64_t nanoseconds_of(const timeval& time) {
  return (static_cast<std::int64_t>(time.tv_sec) * 1'000'000 + time.tv_usec) * 1000;
}

std::uint64_t size_of(int fd) {
  struct stat info {};
  return ::fstat(fd, &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
}

std::string bytes_at(int fd, std::uint64_t offset, std::size_t count) {
  std::string text(count, '\0');
  const ssize_t got = ::pread(fd, text.data(), count, static_cast<off_t>(offset));
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

std::string last_line(int fd) {
  constexpr std::size_t kMost = 200;
  const std::uint64_t size = size_of(fd);
  const std::uint64_t tail = std::min<std::uint64_t>(size, 4096);
  std::string text = bytes_at(fd, size - tail, static_cast<std::size_t>(tail));
  text.erase(text.find_last_not_of(" \t\r\n") + 1);
  text.erase(0, text.rfind('\n') + 1);
  for (char& c : text) {
    if (c < ' ' || c > '~') c = '?';
  }
  return text.substr(0, kMost);
}

// SIGINT and SIGTERM stay blocked while a process runs and arrive only inside ppoll, so none falls between the look at
// the flag and the wait.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t blocked;
    ::sigemptyset(&blocked);
    ::sigaddset(&blocked, SIGINT);
    ::sigaddset(&blocked, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &blocked, &before_);
  }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;
  ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  [[nodiscard]] const sigset_t& before() const { return before_; }

 private:
  sigset_t before_{};
};

struct Files {
  Descriptor output;
  Descriptor errors;
};

class Spawn {
 public:
  Spawn(const ProcessSpec& spec, const Files& files) : spec_(spec), padding_("ASSAY_PADDING=") {
    padding_.append(spec.padding_bytes, 'x');
    for (char** variable = environ; *variable != nullptr; ++variable) environment_.push_back(*variable);
    if (spec.padding_bytes > 0) environment_.push_back(padding_.data());
    environment_.push_back(nullptr);
    for (const std::string& argument : spec.arguments) arguments_.push_back(const_cast<char*>(argument.c_str()));
    arguments_.push_back(nullptr);
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, spec.input.c_str(), O_RDONLY, 0);
    if (spec.keep_output) {
      ::posix_spawn_file_actions_adddup2(&actions_, files.output.get(), STDOUT_FILENO);
    } else {
      ::posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    }
    ::posix_spawn_file_actions_adddup2(&actions_, files.errors.get(), STDERR_FILENO);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    sigset_t set;
    ::sigemptyset(&set);
    ::posix_spawnattr_setsigmask(&attributes_, &set);
    ::sigfillset(&set);
    ::posix_spawnattr_setsigdefault(&attributes_, &set);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;
  ~Spawn() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  // 0 or the error number.
  int operator()(pid_t& pid) {
    return ::posix_spawn(&pid, spec_.program.c_str(), &actions_, &attributes_, arguments_.data(), environment_.data());
  }

 private:
  const ProcessSpec& spec_;
  std::string padding_;
  std::vector<char*> environment_;
  std::vector<char*> arguments_;
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// Waits for the end, the limit, too much output or an interrupt; kExited stands for any end of its own.
ProcessEnd wait_for_end(int pidfd, const ProcessSpec& spec, const Files& files, steady_clock::time_point began,
                        const sigset_t& signals, const std::atomic<bool>& interrupted) {
  for (;;) {
    if (interrupted.load()) return ProcessEnd::kInterrupted;
    const nanoseconds left = spec.limit - (steady_clock::now() - began);
    if (left <= nanoseconds(0)) return ProcessEnd::kTimedOut;
    const auto patience = std::min<nanoseconds>(left, kOutputCheck);
    const timespec timeout{static_cast<time_t>(patience.count() / 1'000'000'000),
                           static_cast<long>(patience.count() % 1'000'000'000)};
    pollfd polled{pidfd, POLLIN, 0};
    if (::ppoll(&polled, 1, &timeout, &signals) == 1) return ProcessEnd::kExited;
    if (std::max(size_of(files.output.get()), size_of(files.errors.get())) > spec.most_output_bytes) {
      return ProcessEnd::kTooMuchOutput;
    }
  }
}

// Until it executes the program, a spawned process shares our memory, and the kernel takes our peak for its own. Its
// count of our pages lags behind by up to a batch of max(32, 2 * CPUs) on each CPU (lib/percpu_counter.c).
std::int64_t unknown_below_kilobytes() {
  rusage own{};
  ::getrusage(RUSAGE_SELF, &own);
  const std::int64_t cpus = std::max(::sysconf(_SC_NPROCESSORS_CONF), 1L);
  const std::int64_t lag_pages = cpus * std::max<std::int64_t>(32, 2 * cpus);
  return own.ru_maxrss + 1024 + lag_pages * (::sysconf(_SC_PAGESIZE) / 1024);
}

void fill_usage(ProcessResult& result, const rusage& usage, std::int64_t unknown_below) {
  result.user_ns = nanoseconds_of(usage.ru_utime);
  result.system_ns = nanoseconds_of(usage.ru_stime);
  result.involuntary_switches = usage.ru_nivcsw;
  result.minor_faults = usage.ru_minflt;
  result.major_faults = usage.ru_majflt;
  if (usage.ru_maxrss > unknown_below) result.peak_rss_bytes = std::int64_t{usage.ru_maxrss} * 1024;
}

Status fill_output(ProcessResult& result, const ProcessSpec& spec, const Files& files) {
  result.last_error_line = last_line(files.errors.get());
  if (!spec.keep_output) return {};
  ASSAY_TRY(result.output_sha256, sha256_descriptor(files.output.get()));
  result.output_bytes = size_of(files.output.get());
  result.output_head = bytes_at(files.output.get(), 0, spec.head_bytes);
  return {};
}

}  // namespace

Result<std::filesystem::path> find_program(const std::string& name) {
  const auto runs = [](const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
  };
  if (name.find('/') != std::string::npos) {
    if (runs(name)) return std::filesystem::absolute(name);
    return fail(ErrorKind::kUsage, "'{}' is no file that can be executed", name);
  }
  const char* const path = std::getenv("PATH");
  for (std::string_view rest = path == nullptr ? "" : path; !rest.empty();) {
    const std::size_t colon = std::min(rest.find(':'), rest.size());
    const auto candidate = std::filesystem::path(rest.substr(0, colon)) / name;
    if (runs(candidate)) return candidate;
    rest.remove_prefix(std::min(colon + 1, rest.size()));
  }
  return fail(ErrorKind::kUsage, "no program '{}' on the PATH; if the shell knows it, give --shell sh", name);
}

Result<ProcessResult> run_process(const ProcessSpec& spec, const std::atomic<bool>& interrupted) {
  Files files;
  ASSAY_TRY(files.output, make_memory_file("assay-program-output"));
  ASSAY_TRY(files.errors, make_memory_file("assay-program-errors"));
  const BlockedSignals signals;
  Spawn spawn(spec, files);
  const std::int64_t unknown_below = unknown_below_kilobytes();
  ProcessResult result;
  pid_t pid = -1;

  const auto began = steady_clock::now();
  const int error = spawn(pid);
  if (error != 0) return fail(ErrorKind::kUsage, "cannot start '{}': {}", spec.program.string(), std::strerror(error));
  const Descriptor pidfd(open_pidfd(pid));
  const int pidfd_error = errno;
  if (pidfd.get() >= 0) {
    result.end = wait_for_end(pidfd.get(), spec, files, began, signals.before(), interrupted);
  }
  result.wall_ns = std::chrono::duration_cast<nanoseconds>(steady_clock::now() - began).count();
  const bool on_its_own = pidfd.get() >= 0 && result.end == ProcessEnd::kExited;
  if (!on_its_own || !spec.leave_group) end_group(pid);  // before it is reaped: until then its number is not given anew
  int status = 0;
  rusage usage{};
  while (::wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  if (pidfd.get() < 0) {
    return fail(ErrorKind::kInternal, "cannot watch a process (pidfd_open, Linux 5.3): {}", std::strerror(pidfd_error));
  }
  result.group = pid;
  if (on_its_own && WIFSIGNALED(status)) result.end = ProcessEnd::kSignalled;
  result.code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  fill_usage(result, usage, unknown_below);
  ASSAY_CHECK(fill_output(result, spec, files));
  return result;
}

void end_group(int group) {
  if (group > 0) ::kill(-group, SIGKILL);
}

std::string end_text(const ProcessResult& result, const ProcessSpec& spec) {
  switch (result.end) {
    case ProcessEnd::kExited:
      return fmt::format("exited with {}", result.code);
    case ProcessEnd::kSignalled:
      return fmt::format("was killed by signal {} ({})", result.code, ::strsignal(result.code));
    case ProcessEnd::kTimedOut:
      return fmt::format("took longer than {:g} s and was killed", std::chrono::duration<double>(spec.limit).count());
    case ProcessEnd::kTooMuchOutput:
      return fmt::format("wrote more than {} MiB and was killed", spec.most_output_bytes >> 20);
    case ProcessEnd::kInterrupted:
      break;
  }
  return "was interrupted";
}

}  // namespace assay::programs
