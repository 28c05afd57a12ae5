// Recurses in run until the stack is used up.
#include "tests/stub_plugins/stub.hpp"

namespace {

class StackOverflow : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() { descend(1); }

 private:
  ASSAY_UNSANITIZED __attribute__((noinline)) std::uint64_t descend(std::uint64_t depth) {
    volatile std::uint64_t frame[64] = {depth};
    return depth == 0 ? 0 : descend(depth + 1) + frame[depth % 64];
  }
};

}  // namespace

ASSAY_STUB(StackOverflow, "recurses without end")
