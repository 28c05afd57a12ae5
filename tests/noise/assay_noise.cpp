// assay-noise: keeps processors or memory busy in seeded bursts, so that error rates under noise can be measured.
//
// For our own tests and calibration, not installed. Ends by itself after --seconds, and with its parent.
#include <sched.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "harness/measure/machine_noise.hpp"
#include "tests/noise/regime.hpp"

namespace {

using namespace assay::noise;
using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

constexpr std::size_t kBufferWords = (std::size_t{64} << 20) / sizeof(std::uint64_t);  // beyond any cache of a core

struct Options {
  std::string regime = "cpu";
  std::uint64_t seed = 1;
  double seconds = 10;
  unsigned threads = 0;
  double duty = 1;
  double burst_ms = 20;
};

void pin_to(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<unsigned>(cpu), &set);
  ::sched_setaffinity(0, sizeof set, &set);
}

volatile std::uint64_t sink = 0;

void use_cpu(Clock::time_point until) {
  Random random(static_cast<std::uint64_t>(until.time_since_epoch().count()));
  std::uint64_t sum = 0;
  while (Clock::now() < until) {
    for (int i = 0; i < 1000; ++i) sum += random.next();
  }
  sink = sum;
}

// Walks through the buffer line by line, reading and writing.
void use_memory(Clock::time_point until, std::vector<std::uint64_t>& buffer, std::size_t& at) {
  while (Clock::now() < until) {
    for (int i = 0; i < 4096; ++i) {
      buffer[at] += at;
      at += 8;
      if (at >= buffer.size()) at = 0;
    }
  }
}

void make_noise(const Options& options, unsigned thread, int cpu, Clock::time_point end) {
  if (cpu >= 0) pin_to(cpu);
  Random random(options.seed * 1000 + thread);
  const bool memory = options.regime == "memory";
  std::vector<std::uint64_t> buffer(memory ? kBufferWords : 0);
  std::size_t at = 0;
  while (Clock::now() < end) {
    const Burst burst = next_burst(random, options.duty, static_cast<std::int64_t>(options.burst_ms * 1e6));
    const Clock::time_point until = std::min(end, Clock::now() + nanoseconds(burst.work_ns));
    if (memory) use_memory(until, buffer, at);
    if (!memory) use_cpu(until);
    std::this_thread::sleep_until(std::min(end, Clock::now() + nanoseconds(burst.rest_ns)));
  }
}

int run(const Options& options) {
  const Clock::time_point end =
      Clock::now() + std::chrono::duration_cast<nanoseconds>(std::chrono::duration<double>(options.seconds));
  if (options.regime == "idle") {
    std::this_thread::sleep_until(end);
    return 0;
  }
  const std::vector<int> cpus = assay::measure::allowed_cpus();
  const auto count =
      options.threads > 0 ? options.threads : static_cast<unsigned>(std::max<std::size_t>(1, cpus.size()));
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < count; ++i) {
    threads.emplace_back(make_noise, options, i, cpus.empty() ? -1 : cpus[i % cpus.size()], end);
  }
  for (std::thread& thread : threads) thread.join();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const pid_t parent = ::getppid();
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) return 1;  // it ended before we asked
  Options options;
  CLI::App app("assay-noise: busy processors or memory in seeded bursts, for measuring under noise", "assay-noise");
  app.add_option("--regime", options.regime, "idle, cpu or memory")
      ->check(CLI::IsMember({"idle", "cpu", "memory"}))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "seed of the bursts")->capture_default_str();
  app.add_option("--seconds", options.seconds, "how long")->check(CLI::Range(0.001, 86400.0))->capture_default_str();
  app.add_option("--threads", options.threads, "busy threads, each on a CPU of its own; default: one per CPU")
      ->check(CLI::Range(1U, 1024U));
  app.add_option("--duty", options.duty, "share of the time that is busy; 1: no rest")
      ->check(CLI::Range(0.001, 1.0))
      ->capture_default_str();
  app.add_option("--burst-ms", options.burst_ms, "mean length of a burst")
      ->check(CLI::Range(0.01, 60000.0))
      ->capture_default_str();
  app.footer("example:\n  assay-noise --regime cpu --seed 7 --seconds 30 --duty 0.3");
  CLI11_PARSE(app, argc, argv);
  return run(options);
}
