// Calls abort in run, as a failed assertion would, after saying why.
#include "tests/stub_plugins/stub.hpp"

namespace {

class Abort : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    std::fputs("assertion failed: the sky is up\n", stderr);
    std::abort();
  }
};

}  // namespace

ASSAY_STUB(Abort, "aborts")
