// The command line as typed, and the interrupt flag that all commands share.
#include <csignal>

#include "harness/cli/commands.hpp"

namespace assay::cli {
namespace {

std::atomic<bool> interrupted_flag{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

// The first signal asks for an orderly end, the second ends at once.
void on_interrupt(int signal) {
  if (interrupted_flag.exchange(true)) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

}  // namespace

Invocation::Invocation(int argc, char** argv) : command("assay") {
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const bool plain = argument.find_first_of(" \"'$\\*?") == std::string::npos && !argument.empty();
    command += plain ? " " + argument : " '" + argument + "'";
  }
}

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file beyond `ulimit -f` is a failed write with a text, not a death
}

const std::atomic<bool>& interrupted() {
  return interrupted_flag;
}

}  // namespace assay::cli
