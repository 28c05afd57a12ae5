// Writes to its read-only input in run.
#include "tests/stub_plugins/stub.hpp"

namespace {

class WritesInput : public assay::stub::Stub {
 public:
  using Stub::Stub;
  ASSAY_UNSANITIZED void run() { const_cast<std::int32_t&>(input_dates_[0]) = 0; }
};

}  // namespace

ASSAY_STUB(WritesInput, "writes to its input")
