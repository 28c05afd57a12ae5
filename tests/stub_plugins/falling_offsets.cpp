// Delivers text offsets that go down.
#include "tests/stub_plugins/stub.hpp"

namespace {

class FallingOffsets : public assay::stub::Stub {
 public:
  using Stub::Stub;
  const assay_table* collect() {
    if (offsets_.size() > 3) offsets_[3] = 0;
    return Stub::collect();
  }
};

}  // namespace

ASSAY_STUB(FallingOffsets, "delivers offsets that go down")
