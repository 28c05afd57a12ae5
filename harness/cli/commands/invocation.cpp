// The command line as typed, and the interrupt flag that all commands share.
#include <fmt/ranges.h>

#include <cctype>
#include <charconv>
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

// The innermost command that was understood: "assay dataset".
const CLI::App* innermost(const CLI::App* app, std::string& path) {
  path = app->get_name();
  while (!app->get_subcommands().empty()) {
    app = app->get_subcommands().front();
    path += " " + app->get_name();
  }
  return app;
}

std::vector<std::string> names_of_commands(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

}  // namespace

CLI::Validator finite_between(double low, double high) {
  const std::string range = fmt::format("{:g} to {:g}", low, high);
  return {[low, high, range](const std::string& text) -> std::string {
            double number = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            const bool whole = error == std::errc() && end == text.data() + text.size();
            return whole && number >= low && number <= high ? ""
                                                            : fmt::format("{} is not a number from {}", text, range);
          },
          "from " + range};
}

std::string parse_error_text(const CLI::App& app, const CLI::ParseError& error) {
  std::string path;
  const CLI::App* const command = innermost(&app, path);
  const std::vector<std::string> rest = app.remaining(true);
  const std::vector<std::string> known = names_of_commands(*command);
  std::string text;
  if (!known.empty() && !rest.empty() && rest.front().rfind('-', 0) != 0) {
    text = fmt::format("no command '{}'; known: {}", rest.front(), fmt::join(known, ", "));
  } else if (!known.empty() && rest.empty()) {
    text = fmt::format("give a command: {}", fmt::join(known, ", "));
  } else {
    text = error.what();
    if (text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0) {
      text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    }
  }
  return text + "; see '" + path + " --help'";
}

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
