// Makes an exactly known series of allocations and prints what the preloaded counter saw; run by malloc_counter_test.
//
// Usage: allocation_series NAME. Prints "allocations bytes live peak failures expected_peak", or "absent" if no counter
// is preloaded. expected_peak is the largest sum of usable sizes that the series held at once.
#include <malloc.h>
#include <pthread.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>

#include "harness/measure/memory.hpp"

namespace {

std::int64_t held = 0;
std::int64_t expected_peak = 0;

void* take(void* pointer) {
  held += static_cast<std::int64_t>(::malloc_usable_size(pointer));
  expected_peak = std::max(expected_peak, held);
  return pointer;
}

void give(void* pointer) {
  held -= static_cast<std::int64_t>(::malloc_usable_size(pointer));
  std::free(pointer);
}

void plain() {
  void* const first = take(std::malloc(100));
  void* const second = take(std::malloc(5000));
  give(first);
  void* const third = take(std::malloc(1));
  give(second);
  give(third);
}

void zeroed() {
  give(take(std::calloc(7, 13)));
}

void resized() {
  void* pointer = take(std::realloc(nullptr, 50));
  held -= static_cast<std::int64_t>(::malloc_usable_size(pointer));
  pointer = take(std::realloc(pointer, 3000));
  held -= static_cast<std::int64_t>(::malloc_usable_size(pointer));
  pointer = take(std::realloc(pointer, 10));
  give(pointer);
}

void resized_to_nothing() {
  void* const pointer = take(std::malloc(64));
  held -= static_cast<std::int64_t>(::malloc_usable_size(pointer));
  static_cast<void>(!std::realloc(pointer, 0));
}

void aligned() {
  void* other = nullptr;
  if (::posix_memalign(&other, 64, 300) != 0) std::abort();
  take(other);
  void* const first = take(std::aligned_alloc(128, 256));
  void* const second = take(::memalign(32, 70));
  void* const third = take(::valloc(40));
  give(first);
  give(other);
  give(second);
  give(third);
}

void objects() {
  auto* const one = new std::uint64_t(1);
  take(one);
  auto* const many = new char[1000];
  take(many);
  auto* const line = static_cast<char*>(::operator new(256, std::align_val_t(64)));
  take(line);
  delete one;
  delete[] many;
  ::operator delete(line, std::align_val_t(64));
}

void copied_text() {
  give(take(::strdup("twelve bytes")));  // 13 with the end
}

void refused() {
  volatile std::size_t too_much = std::numeric_limits<std::ptrdiff_t>::max();
  void* volatile pointer = std::malloc(too_much - 4096);
  if (pointer != nullptr) std::abort();
  pointer = std::calloc(too_much, 16);
  if (pointer != nullptr) std::abort();
}

void* kept = nullptr;  // still reachable, so no leak to a checker

void leaked() {
  kept = take(std::malloc(777));
}

void* allocate_many(void*) {
  for (int i = 0; i < 100000; ++i) {
    void* volatile pointer = std::malloc(32);
    std::free(pointer);
  }
  return nullptr;
}

// The four threads start before the counting does, so that their stacks are not counted; see main.
pthread_barrier_t all_ready;
void* allocate_when_ready(void* nothing) {
  ::pthread_barrier_wait(&all_ready);  // counter reset
  ::pthread_barrier_wait(&all_ready);
  allocate_many(nothing);
  ::pthread_barrier_wait(&all_ready);  // counts read
  ::pthread_barrier_wait(&all_ready);
  return nothing;
}

struct Series {
  const char* name;
  void (*run)();
};
constexpr Series kSeries[] = {
    {"plain", plain},     {"zeroed", zeroed},   {"resized", resized},  {"nothing", resized_to_nothing},
    {"aligned", aligned}, {"objects", objects}, {"text", copied_text}, {"refused", refused},
    {"leaked", leaked}};

void print(const assay_malloc_counts& counts) {
  std::printf("%llu %llu %lld %lld %llu %lld\n", static_cast<unsigned long long>(counts.allocations),
              static_cast<unsigned long long>(counts.allocated_bytes), static_cast<long long>(counts.live_bytes),
              static_cast<long long>(counts.peak_live_bytes), static_cast<unsigned long long>(counts.failures),
              static_cast<long long>(expected_peak));
}

int run_threads() {
  constexpr int kThreads = 4;
  pthread_t threads[kThreads];
  ::pthread_barrier_init(&all_ready, nullptr, kThreads + 1);
  for (pthread_t& thread : threads) ::pthread_create(&thread, nullptr, allocate_when_ready, nullptr);
  ::pthread_barrier_wait(&all_ready);
  assay::measure::reset_malloc_counts();
  ::pthread_barrier_wait(&all_ready);
  ::pthread_barrier_wait(&all_ready);
  const auto counts = assay::measure::read_malloc_counts();
  ::pthread_barrier_wait(&all_ready);
  for (const pthread_t thread : threads) ::pthread_join(thread, nullptr);
  print(*counts);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::setvbuf(stdout, nullptr, _IONBF, 0);  // its buffer would be one more allocation
  if (!assay::measure::read_malloc_counts()) {
    std::puts("absent");
    return 0;
  }
  if (std::strcmp(argv[1], "threads") == 0) return run_threads();
  for (const Series& series : kSeries) {
    if (std::strcmp(argv[1], series.name) != 0) continue;
    assay::measure::reset_malloc_counts();
    series.run();
    const auto counts = assay::measure::read_malloc_counts();
    print(*counts);
    return 0;
  }
  return 2;
}
