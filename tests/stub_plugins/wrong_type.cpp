// Delivers a column of another type than the contract says.
#include "tests/stub_plugins/stub.hpp"

namespace {

class WrongType : public assay::stub::Stub {
 public:
  using Stub::Stub;
  const assay_table* collect() {
    Stub::collect();
    columns_[1].type = ASSAY_TYPE_FLOAT64;
    return &table_;
  }
};

}  // namespace

ASSAY_STUB(WrongType, "delivers a column of the wrong type")
