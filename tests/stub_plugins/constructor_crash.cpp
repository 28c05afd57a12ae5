// Crashes while it is loaded.
#include "tests/stub_plugins/stub.hpp"

namespace {

ASSAY_UNSANITIZED int crash() {
  volatile int* volatile nowhere = nullptr;
  *nowhere = 1;
  return 1;
}
const volatile int crashed = crash();

}  // namespace

using assay::stub::Stub;

ASSAY_STUB(Stub, "crashes while it is loaded")
