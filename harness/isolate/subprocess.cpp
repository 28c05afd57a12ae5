#include "harness/isolate/subprocess.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace assay::isolate {
namespace {

// What a child may see of our environment; nothing else (no credentials) reaches a plugin.
constexpr const char* kPassedOn[] = {"PATH",         "HOME",          "TMPDIR",       "LD_LIBRARY_PATH",
                                     "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "CUDA_VISIBLE_DEVICES"};

std::vector<std::string> child_environment(const SubprocessSpec& spec) {
  std::vector<std::string> environment{"LC_ALL=C.UTF-8"};
  for (const char* name : kPassedOn) {
    if (const char* value = std::getenv(name); value != nullptr) environment.push_back(std::string(name) + "=" + value);
  }
  for (const auto& [name, value] : spec.extra_environment) environment.push_back(name + "=" + value);
  return environment;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

// Our descriptors are close-on-exec and may carry any number, so each is lifted above the targets first; posix_spawn's
// dup2 then clears the flag on the copy.
Result<std::vector<Descriptor>> lift(const SubprocessSpec& spec) {
  std::vector<Descriptor> lifted;
  for (const auto& [ours, theirs] : spec.descriptors) {
    lifted.emplace_back(::fcntl(ours, F_DUPFD_CLOEXEC, 64));
    if (lifted.back().get() < 0)
      return fail(ErrorKind::kInternal, "cannot duplicate a descriptor: {}", std::strerror(errno));
  }
  return lifted;
}

}  // namespace

Result<Subprocess> Subprocess::start(const SubprocessSpec& spec) {
  std::vector<std::string> arguments{spec.program.string()};
  arguments.insert(arguments.end(), spec.arguments.begin(), spec.arguments.end());
  std::vector<std::string> environment = child_environment(spec);
  ASSAY_TRY(const std::vector<Descriptor> lifted, lift(spec));

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  if (spec.output >= 0) {
    ::posix_spawn_file_actions_adddup2(&actions, spec.output, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, spec.output, STDERR_FILENO);
  }
  for (std::size_t i = 0; i < lifted.size(); ++i) {
    ::posix_spawn_file_actions_adddup2(&actions, lifted[i].get(), spec.descriptors[i].second);
  }
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  // Its own group: Ctrl-C at the terminal reaches the host only, and the host ends the child in order.
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  sigset_t none;
  sigset_t all;
  ::sigemptyset(&none);
  ::sigfillset(&all);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &all);
  ::posix_spawnattr_setpgroup(&attributes, 0);

  pid_t pid = -1;
  const int error = ::posix_spawn(&pid, spec.program.c_str(), &actions, &attributes, pointers(arguments).data(),
                                  pointers(environment).data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  if (error != 0) {
    return fail(ErrorKind::kInternal, "cannot start '{}': {}", spec.program.string(), std::strerror(error));
  }
  return Subprocess(pid);
}

Subprocess& Subprocess::operator=(Subprocess&& other) noexcept {
  std::swap(pid_, other.pid_);
  return *this;
}

Subprocess::~Subprocess() {
  if (pid_ > 0) static_cast<void>(wait(std::chrono::milliseconds(0)));
}

bool Subprocess::has_ended() const {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid_;
}

Ending Subprocess::wait(std::chrono::milliseconds patience) {
  const pid_t pid = std::exchange(pid_, -1);
  if (pid <= 0) return {};
  const auto deadline = std::chrono::steady_clock::now() + patience;
  Ending ending;
  int status = 0;
  for (;;) {
    const pid_t ended = ::waitpid(pid, &status, WNOHANG);
    if (ended == pid) break;
    if (ended < 0 && errno != EINTR) return ending;
    if (std::chrono::steady_clock::now() >= deadline) {
      ending.killed = true;
      ::kill(-pid, SIGKILL);
      while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
      }
      break;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  ::kill(-pid, SIGKILL);  // whatever the child started and left behind
  ending.signalled = WIFSIGNALED(status);
  ending.code = ending.signalled ? WTERMSIG(status) : WEXITSTATUS(status);
  return ending;
}

}  // namespace assay::isolate
