// Claims more rows than its buffers hold.
#include "tests/stub_plugins/stub.hpp"

namespace {

class MissingRows : public assay::stub::Stub {
 public:
  using Stub::Stub;
  const assay_table* collect() {
    Stub::collect();
    table_.row_count = std::uint64_t{1} << 32;
    return &table_;
  }
};

}  // namespace

ASSAY_STUB(MissingRows, "claims more rows than it has")
