// Fibers by ucontext. AddressSanitizer is told of every switch, since it keeps bounds of the stack it believes to be
// on.
#include "matcher/gpu/emulator/fiber.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <new>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ASSAY_FIBER_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ASSAY_FIBER_ASAN 1
#endif
#if defined(ASSAY_FIBER_ASAN)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace matcher::gpu::emulator {
namespace {

constexpr std::size_t kStackBytes = 128 * 1024;  // without optimization and with red zones a kernel's frames take 20 KB

std::size_t page_bytes() {
  return static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

// makecontext passes int arguments only, so a fiber that is entered for the first time finds itself here.
constinit thread_local Fiber* entering = nullptr;

void about_to_switch([[maybe_unused]] void** fake_stack, [[maybe_unused]] const void* stack,
                     [[maybe_unused]] std::size_t bytes) {
#if defined(ASSAY_FIBER_ASAN)
  __sanitizer_start_switch_fiber(fake_stack, stack, bytes);
#endif
}

void have_switched([[maybe_unused]] void* fake_stack, [[maybe_unused]] const void** from,
                   [[maybe_unused]] std::size_t* from_bytes) {
#if defined(ASSAY_FIBER_ASAN)
  __sanitizer_finish_switch_fiber(fake_stack, from, from_bytes);
#endif
}

// Frames of a fiber that never came to its end are still marked as red zones.
void forget_marks([[maybe_unused]] const char* stack) {
#if defined(ASSAY_FIBER_ASAN)
  __asan_unpoison_memory_region(stack, kStackBytes);
#endif
}

}  // namespace

Fiber::Fiber() {
  void* memory = mmap(nullptr, page_bytes() + kStackBytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  memory_ = static_cast<char*>(memory);
  mprotect(memory_, page_bytes(), PROT_NONE);
}

Fiber::~Fiber() {
  forget_marks(memory_ + page_bytes());
  munmap(memory_, page_bytes() + kStackBytes);
}

void Fiber::start(const std::function<void()>& body) {
  forget_marks(memory_ + page_bytes());
  body_ = &body;
  failure_ = nullptr;
  finished_ = false;
  own_fake_stack_ = nullptr;
  getcontext(&own_);
  own_.uc_stack.ss_sp = memory_ + page_bytes();
  own_.uc_stack.ss_size = kStackBytes;
  own_.uc_link = nullptr;
  makecontext(&own_, &Fiber::enter, 0);
}

void Fiber::resume() {
  entering = this;
  about_to_switch(&caller_fake_stack_, memory_ + page_bytes(), kStackBytes);
  swapcontext(&caller_, &own_);
  have_switched(caller_fake_stack_, nullptr, nullptr);
  if (failure_) std::rethrow_exception(failure_);
}

void Fiber::suspend() {
  about_to_switch(&own_fake_stack_, caller_stack_, caller_stack_bytes_);
  swapcontext(&own_, &caller_);
  have_switched(own_fake_stack_, &caller_stack_, &caller_stack_bytes_);
}

void Fiber::enter() {
  entering->run();
}

void Fiber::run() {
  have_switched(nullptr, &caller_stack_, &caller_stack_bytes_);
  try {
    (*body_)();
  } catch (...) {
    failure_ = std::current_exception();
  }
  finished_ = true;
  about_to_switch(nullptr, caller_stack_, caller_stack_bytes_);  // null: this stack is not coming back
  setcontext(&caller_);
}

}  // namespace matcher::gpu::emulator
