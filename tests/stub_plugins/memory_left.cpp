// Never gives back what it took from host.alloc.
#include "tests/stub_plugins/stub.hpp"

namespace {

class MemoryLeft : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    Stub::run();
    static_cast<void>(host_.raw()->alloc(host_.raw()->context, 1000, 0));
  }
};

}  // namespace

ASSAY_STUB(MemoryLeft, "keeps memory of host.alloc")
