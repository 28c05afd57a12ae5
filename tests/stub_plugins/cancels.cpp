// Says that it was cancelled although nobody cancelled it.
#include "tests/stub_plugins/stub.hpp"

namespace {

class Cancels : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() { throw assay::sdk::Failure(ASSAY_E_CANCELLED, "had enough"); }
};

}  // namespace

ASSAY_STUB(Cancels, "cancels itself")
