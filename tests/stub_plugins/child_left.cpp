// Starts a process that stays, with all descriptors, and ends itself.
#include <unistd.h>

#include "tests/stub_plugins/stub.hpp"

namespace {

class ChildLeft : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    if (::fork() == 0) {
      for (;;) ::pause();
    }
    std::_Exit(3);
  }
};

}  // namespace

ASSAY_STUB(ChildLeft, "leaves a process behind and exits")
