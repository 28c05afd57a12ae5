// Says that collect went well, but delivers no table.
#include "tests/stub_plugins/stub.hpp"

namespace {

class NullTable : public assay::stub::Stub {
 public:
  using Stub::Stub;
  const assay_table* collect() { return nullptr; }
};

}  // namespace

ASSAY_STUB(NullTable, "delivers no table")
