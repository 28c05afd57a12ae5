// Never returns from run unless it is cancelled.
#include "tests/stub_plugins/stub.hpp"

namespace {

class HangUntilCancelled : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    for (;;) host_.throw_if_cancelled();
  }
};

}  // namespace

ASSAY_STUB(HangUntilCancelled, "returns when cancelled only")
