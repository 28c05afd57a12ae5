// Claims more rows than any memory holds.
#include "tests/stub_plugins/stub.hpp"

namespace {

class AbsurdRows : public assay::stub::Stub {
 public:
  using Stub::Stub;
  const assay_table* collect() {
    Stub::collect();
    table_.row_count = std::uint64_t{1} << 60;
    return &table_;
  }
};

}  // namespace

ASSAY_STUB(AbsurdRows, "claims 2^60 rows")
