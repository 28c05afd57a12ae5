// Counts every allocation of the process exactly: an interposed malloc family over glibc's own (__libc_*).
//
// Preloaded into memory runs only, so that timed runs carry no trace of it. operator new ends in malloc, so C++ is
// counted too. Memory a program maps by itself is not; peak RSS shows that.
#include <malloc.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "harness/measure/malloc_counts.h"

#define ASSAY_VISIBLE __attribute__((visibility("default")))

extern "C" {
void* __libc_malloc(std::size_t bytes);                           // NOLINT(bugprone-reserved-identifier)
void* __libc_calloc(std::size_t count, std::size_t bytes);        // NOLINT(bugprone-reserved-identifier)
void* __libc_realloc(void* old, std::size_t bytes);               // NOLINT(bugprone-reserved-identifier)
void* __libc_memalign(std::size_t alignment, std::size_t bytes);  // NOLINT(bugprone-reserved-identifier)
void __libc_free(void* pointer);                                  // NOLINT(bugprone-reserved-identifier)
}

namespace {

std::atomic<std::uint64_t> allocations{0};
std::atomic<std::uint64_t> allocated_bytes{0};
std::atomic<std::uint64_t> failures{0};
std::atomic<std::int64_t> live_bytes{0};
std::atomic<std::int64_t> peak_live_bytes{0};

void add_live(std::int64_t delta) {
  const std::int64_t live = live_bytes.fetch_add(delta, std::memory_order_relaxed) + delta;
  std::int64_t peak = peak_live_bytes.load(std::memory_order_relaxed);
  while (live > peak && !peak_live_bytes.compare_exchange_weak(peak, live, std::memory_order_relaxed)) {
  }
}

std::int64_t usable(void* pointer) {
  return static_cast<std::int64_t>(::malloc_usable_size(pointer));
}

void* counted(void* pointer, std::size_t bytes) {
  if (pointer == nullptr) {
    failures.fetch_add(1, std::memory_order_relaxed);
    return nullptr;
  }
  allocations.fetch_add(1, std::memory_order_relaxed);
  allocated_bytes.fetch_add(bytes, std::memory_order_relaxed);
  add_live(usable(pointer));
  return pointer;
}

}  // namespace

extern "C" {

ASSAY_VISIBLE void* malloc(std::size_t bytes) {
  return counted(__libc_malloc(bytes), bytes);
}

ASSAY_VISIBLE void* calloc(std::size_t count, std::size_t bytes) {
  return counted(__libc_calloc(count, bytes), count * bytes);  // an overflow has already made __libc_calloc fail
}

ASSAY_VISIBLE void* realloc(void* old, std::size_t bytes) {
  const std::int64_t before = old == nullptr ? 0 : usable(old);
  void* const pointer = __libc_realloc(old, bytes);
  if (pointer == nullptr) {
    if (bytes != 0) failures.fetch_add(1, std::memory_order_relaxed);
    if (bytes == 0) add_live(-before);
    return nullptr;
  }
  add_live(-before);
  return counted(pointer, bytes);
}

ASSAY_VISIBLE void free(void* pointer) {
  if (pointer == nullptr) return;
  add_live(-usable(pointer));
  __libc_free(pointer);
}

ASSAY_VISIBLE void* memalign(std::size_t alignment, std::size_t bytes) {
  return counted(__libc_memalign(alignment, bytes), bytes);
}

ASSAY_VISIBLE void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  return memalign(alignment, bytes);
}

ASSAY_VISIBLE void* valloc(std::size_t bytes) {
  return memalign(static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)), bytes);
}

ASSAY_VISIBLE void* pvalloc(std::size_t bytes) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return memalign(page, (bytes + page - 1) / page * page);
}

ASSAY_VISIBLE int posix_memalign(void** out, std::size_t alignment, std::size_t bytes) {
  if (alignment % sizeof(void*) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0) return EINVAL;
  void* const pointer = memalign(alignment, bytes);
  if (pointer == nullptr) return ENOMEM;
  *out = pointer;
  return 0;
}

ASSAY_VISIBLE void assay_malloc_counter_read(assay_malloc_counts* out) {
  out->allocations = allocations;
  out->allocated_bytes = allocated_bytes;
  out->live_bytes = live_bytes;
  out->peak_live_bytes = peak_live_bytes;
  out->failures = failures;
}

ASSAY_VISIBLE void assay_malloc_counter_reset(void) {
  allocations = 0;
  allocated_bytes = 0;
  failures = 0;
  live_bytes = 0;
  peak_live_bytes = 0;
}

}  // extern "C"
