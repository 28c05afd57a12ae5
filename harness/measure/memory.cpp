#include "harness/measure/memory.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace assay::measure {
namespace {

std::optional<std::int64_t> kibibytes_after(const char* text, const char* key) {
  const char* const found = std::strstr(text, key);
  long long value = 0;
  if (found == nullptr || std::sscanf(found + std::strlen(key), "%lld", &value) != 1) return std::nullopt;
  return value * 1024;
}

// A malloc linked into the program itself (sanitizers, jemalloc) comes before a preloaded one, whose counts stay 0.
bool sees_an_allocation(assay_malloc_counter_read_fn read) {
  assay_malloc_counts before{};
  assay_malloc_counts after{};
  read(&before);
  void* volatile const pointer = std::malloc(1);
  std::free(pointer);
  read(&after);
  return after.allocations > before.allocations;
}

}  // namespace

std::optional<ResidentMemory> read_resident() {
  char text[4096];
  const int file = ::open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  const ssize_t length = ::read(file, text, sizeof text - 1);
  ::close(file);
  if (length <= 0) return std::nullopt;
  text[length] = '\0';
  const auto now = kibibytes_after(text, "VmRSS:");
  const auto peak = kibibytes_after(text, "VmHWM:");
  if (!now || !peak) return std::nullopt;
  return ResidentMemory{*now, *peak};
}

bool reset_resident_peak() {
  const int file = ::open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool written = ::write(file, "5", 1) == 1;
  ::close(file);
  return written;
}

std::optional<assay_malloc_counts> read_malloc_counts() {
  static const auto read =
      reinterpret_cast<assay_malloc_counter_read_fn>(::dlsym(RTLD_DEFAULT, ASSAY_MALLOC_COUNTER_READ));
  if (read == nullptr) return std::nullopt;
  assay_malloc_counts counts{};
  read(&counts);
  static const bool in_charge = sees_an_allocation(read);  // after the counts were taken: it makes one
  return in_charge ? std::optional(counts) : std::nullopt;
}

void reset_malloc_counts() {
  static const auto reset =
      reinterpret_cast<assay_malloc_counter_reset_fn>(::dlsym(RTLD_DEFAULT, ASSAY_MALLOC_COUNTER_RESET));
  if (reset != nullptr) reset();
}

}  // namespace assay::measure
