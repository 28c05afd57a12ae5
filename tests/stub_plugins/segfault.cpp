// Writes through a null pointer in run.
#include "tests/stub_plugins/stub.hpp"

namespace {

class Segfault : public assay::stub::Stub {
 public:
  using Stub::Stub;
  ASSAY_UNSANITIZED void run() {
    volatile int* volatile nowhere = nullptr;
    *nowhere = 1;
  }
};

}  // namespace

ASSAY_STUB(Segfault, "writes through a null pointer")
