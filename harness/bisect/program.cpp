#include "harness/bisect/program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <sstream>
#include <thread>

#include "harness/core/files.hpp"

namespace assay::bisect {
namespace {

constexpr std::chrono::seconds kGrace{5};

// Ours, with the additions in front: of two values getenv takes the first.
std::vector<std::string> environment_of(const Program& program) {
  std::vector<std::string> environment;
  for (const auto& [name, value] : program.environment) environment.push_back(name + "=" + value);
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::string name = text.substr(0, text.find('='));
    bool replaced = false;
    for (const auto& addition : program.environment) replaced = replaced || addition.first == name;
    if (!replaced) environment.push_back(text);
  }
  return environment;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

Result<pid_t> spawn(const Program& program) {
  std::vector<std::string> arguments = program.arguments;
  std::vector<std::string> environment = environment_of(program);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, program.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  ::posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  ::posix_spawn_file_actions_addchdir_np(&actions, program.folder.c_str());
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  // Its own group, so that an interrupt reaches us and we end it with everything it started.
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  sigset_t all;
  ::sigfillset(&all);
  ::posix_spawnattr_setsigdefault(&attributes, &all);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  pid_t pid = -1;
  const int error = ::posix_spawnp(&pid, arguments.front().c_str(), &actions, &attributes, pointers(arguments).data(),
                                   pointers(environment).data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  if (error == 0) return pid;
  return fail(ErrorKind::kInternal, "cannot start '{}' in '{}' with its output in '{}': {}", arguments.front(),
              program.folder.string(), program.log.string(), std::strerror(error));
}

// True once it has ended; then `status` says how.
bool has_ended(pid_t pid, int& status) {
  return ::waitpid(pid, &status, WNOHANG) == pid;
}

// Ends the whole group.
void end_group(pid_t pid) {
  ::kill(-pid, SIGTERM);
  int status = 0;
  const auto deadline = std::chrono::steady_clock::now() + kGrace;
  while (!has_ended(pid, status) && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  ::kill(-pid, SIGKILL);
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace

Result<ProgramEnd> run_program(const Program& program, const std::atomic<bool>& interrupted) {
  ASSAY_TRY(const pid_t pid, spawn(program));
  int status = 0;
  while (!has_ended(pid, status)) {
    if (interrupted) {
      end_group(pid);
      return fail(ErrorKind::kInterrupted, "interrupted while '{}' ran", program.arguments.back());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ProgramEnd end;
  end.signalled = WIFSIGNALED(status);
  end.code = end.signalled ? WTERMSIG(status) : WEXITSTATUS(status);
  return end;
}

std::string last_line(const std::filesystem::path& log) {
  const auto text = read_file(log);
  if (!text) return "";
  std::istringstream lines(*text);
  std::string last;
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of(" \t\r") != std::string::npos) last = line;
  }
  return last;
}

}  // namespace assay::bisect
