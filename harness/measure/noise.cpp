#include "harness/measure/noise.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>

namespace assay::measure {
namespace {

// Second number of schedstat: nanoseconds spent waiting on a run queue (Documentation/scheduler/sched-stats.rst).
std::optional<std::int64_t> run_queue_wait_ns() {
  static const int file = ::open("/proc/self/schedstat", O_RDONLY | O_CLOEXEC);
  char text[96];
  const ssize_t length = file < 0 ? -1 : ::pread(file, text, sizeof text - 1, 0);
  if (length <= 0) return std::nullopt;
  text[length] = '\0';
  long long on_cpu = 0;
  long long waiting = 0;
  if (std::sscanf(text, "%lld %lld", &on_cpu, &waiting) != 2) return std::nullopt;
  return waiting;
}

}  // namespace

Noise read_noise() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return {run_queue_wait_ns(), usage.ru_nivcsw, usage.ru_minflt, usage.ru_majflt};
}

Noise operator-(const Noise& later, const Noise& earlier) {
  Noise difference{std::nullopt, later.involuntary_switches - earlier.involuntary_switches,
                   later.minor_faults - earlier.minor_faults, later.major_faults - earlier.major_faults};
  if (later.run_queue_wait_ns && earlier.run_queue_wait_ns) {
    difference.run_queue_wait_ns = *later.run_queue_wait_ns - *earlier.run_queue_wait_ns;
  }
  return difference;
}

}  // namespace assay::measure
