#include "harness/measure/clock.hpp"

#include <ctime>

namespace assay::measure {
namespace {

std::int64_t read(clockid_t id) {
  timespec time{};
  ::clock_gettime(id, &time);
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

std::int64_t SystemClock::wall_ns() {
  return read(CLOCK_MONOTONIC);
}
std::int64_t SystemClock::cpu_ns() {
  return read(CLOCK_PROCESS_CPUTIME_ID);
}

}  // namespace assay::measure
