// Writes through a null pointer in teardown.
#include "tests/stub_plugins/stub.hpp"

namespace {

class TeardownCrash : public assay::stub::Stub {
 public:
  using Stub::Stub;
  ASSAY_UNSANITIZED ~TeardownCrash() {
    volatile int* volatile nowhere = nullptr;
    *nowhere = 1;
  }
};

}  // namespace

ASSAY_STUB(TeardownCrash, "crashes in teardown")
