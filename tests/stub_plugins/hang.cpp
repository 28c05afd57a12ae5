// Never returns from run and never asks whether it was cancelled.
#include "tests/stub_plugins/stub.hpp"

namespace {

class Hang : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    for (volatile std::uint64_t spins = 0;;) spins = spins + 1;
  }
};

}  // namespace

ASSAY_STUB(Hang, "never returns")
