// Never finishes loading.
#include <unistd.h>

#include "tests/stub_plugins/stub.hpp"

namespace {

int hang() {
  for (;;) ::pause();
}
const volatile int hung = hang();

}  // namespace

using assay::stub::Stub;

ASSAY_STUB(Stub, "never finishes loading")
