// Gives the right answer with an AVX-512 instruction on the way, which valgrind does not know.
#include "tests/stub_plugins/stub.hpp"

namespace {

class Avx512 : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    asm volatile("vpxord %%zmm0, %%zmm0, %%zmm0" ::: "xmm0");
    Stub::run();
  }
};

}  // namespace

ASSAY_STUB(Avx512, "uses AVX-512 without asking whether it is there")
