// The program `matcher`: command line in, exit code out (0 fine, 1 internal, 2 usage or bad input, 130 interrupted).
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>

#include "matcher/cli/match_command.hpp"

namespace {

enum ExitCode : int { kFine = 0, kInternal = 1, kUsage = 2, kInterrupted = 130 };

std::atomic<bool> interrupted = false;  // set by the signal handler
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may touch lock-free atomics only");

int exit_code(matcher::ErrorKind kind) {
  switch (kind) {
    case matcher::ErrorKind::kBadInput:
      return kUsage;
    case matcher::ErrorKind::kCancelled:
      return kInterrupted;
    case matcher::ErrorKind::kInternal:
      break;
  }
  return kInternal;
}

int report(int code, const std::string& message) {
  fmt::print(stderr, "matcher: {}\n", message);
  return code;
}

void stop_on_signals() {
  std::signal(SIGINT, [](int) { interrupted = true; });
  std::signal(SIGTERM, [](int) { interrupted = true; });
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is a failed write, reported like any other
}

int run_match_command(matcher::MatchRequest request, const std::string& algorithm, bool quiet) {
  request.options.algorithm = *matcher::parse_algorithm(algorithm);
  request.options.is_cancelled = [] { return interrupted.load(std::memory_order_relaxed); };
  stop_on_signals();
  const auto start = std::chrono::steady_clock::now();
  const auto summary = matcher::run_match(request);
  if (!summary) return report(exit_code(summary.error().kind), summary.error().message);
  if (quiet) return kFine;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  return report(kFine, fmt::format("{}: {} x {} rows, {} pairs, {:.3f} s", algorithm, summary->left_rows,
                                   summary->right_rows, summary->pairs, seconds.count()));
}

int run(int argc, char** argv) {
  CLI::App app("Finds the same person in two tables.", "matcher");
  app.set_version_flag("--version", "matcher " MATCHER_VERSION);
  app.require_subcommand(1);

  matcher::MatchRequest request;
  std::string algorithm = "A3";
  std::string output;
  bool quiet = false;
  CLI::App* match = app.add_subcommand("match", "Match the persons of two CSV files");
  match
      ->add_option("left", request.left,
                   "CSV file with id, first_name, last_name, birthdate (yyyy-mm-dd), and "
                   "optionally middle_name, uuid, hh_id; an empty field is missing")
      ->required();
  match->add_option("right", request.right, "the other table, likewise")->required();
  match
      ->add_option("-a,--algorithm", algorithm,
                   "A1: birthdate, first and last name equal; A2: also the middle name; A3: birthdate equal and full "
                   "names alike; A4: as A3 without the middle name")
      ->check(CLI::IsMember(std::vector<std::string>{"A1", "A2", "A3", "A4"}))
      ->capture_default_str();
  match->add_option("-t,--threshold", request.options.threshold_percent, "least score in percent, for A3 and A4")
      ->check(CLI::Range(0.0, 100.0))
      ->capture_default_str();
  match->add_option("--threads", request.options.threads, "most threads to use; 0: all cores")
      ->check(CLI::Range(0U, 1024U))
      ->capture_default_str();
  match->add_option("-o,--output", output, "CSV file to write (left_id,right_id,score,case); -: standard output")
      ->required();
  match->add_flag("-q,--quiet", quiet, "no summary line");
  match->footer("Example:\n  matcher match left.csv right.csv --algorithm A3 --threshold 95 -o matches.csv");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    return report(kUsage, fmt::format("{}; run 'matcher match --help'", error.what()));
  }
  request.output = output;
  return run_match_command(std::move(request), algorithm, quiet);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    return report(kInternal, error.what());
  }
}
