// Delivers a column whose data pointer points nowhere.
#include "tests/stub_plugins/stub.hpp"

namespace {

class WildPointer : public assay::stub::Stub {
 public:
  using Stub::Stub;
  const assay_table* collect() {
    Stub::collect();
    columns_[1].data = reinterpret_cast<const void*>(std::uintptr_t{4096});
    return &table_;
  }
};

}  // namespace

ASSAY_STUB(WildPointer, "delivers a pointer to nowhere")
