// A call stack of its own: one CUDA thread of the emulator runs on each.
#pragma once

#include <ucontext.h>

#include <cstddef>
#include <exception>
#include <functional>

namespace matcher::gpu::emulator {

// Legal calls: (start (resume suspend)* resume)*. A fiber may be started anew before it has finished: what was on its
// stack is then forgotten without its destructors. One thread only.
class Fiber {
 public:
  Fiber();
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // The next resume() enters `body`, which must outlive the fiber's run.
  void start(const std::function<void()>& body);

  // Runs the fiber until it suspends or its body ends; rethrows what the body threw.
  void resume();

  // Called on the fiber: goes back to whoever called resume().
  void suspend();

  [[nodiscard]] bool finished() const { return finished_; }

 private:
  static void enter();
  void run();

  char* memory_;  // the lowest page is closed, so a stack that overflows is a crash and not a riddle
  ucontext_t own_{};
  ucontext_t caller_{};
  const std::function<void()>* body_ = nullptr;
  std::exception_ptr failure_;
  bool finished_ = true;
  void* own_fake_stack_ = nullptr;  // these four: what AddressSanitizer wants to know
  void* caller_fake_stack_ = nullptr;
  const void* caller_stack_ = nullptr;
  std::size_t caller_stack_bytes_ = 0;
};

}  // namespace matcher::gpu::emulator
