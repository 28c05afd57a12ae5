// Says that this machine cannot run it.
#include "tests/stub_plugins/stub.hpp"

namespace {

class Unsupported : public assay::stub::Stub {
 public:
  using Stub::Stub;
  static void probe() { throw assay::stub::Failure(ASSAY_E_UNSUPPORTED, "needs a machine of another kind"); }
};

}  // namespace

ASSAY_STUB(Unsupported, "is not for this machine")
