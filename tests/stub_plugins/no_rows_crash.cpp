// Divides by the number of rows, as if there always were some.
#include "tests/stub_plugins/stub.hpp"

namespace {

class NoRowsCrash : public assay::stub::Stub {
 public:
  using Stub::Stub;
  ASSAY_UNSANITIZED void run() {
    Stub::run();
    const volatile std::size_t rows = input_ids_.size();
    per_row_ = labels_.size() / rows;
  }

 private:
  volatile std::size_t per_row_ = 0;
};

}  // namespace

ASSAY_STUB(NoRowsCrash, "crashes on empty input")
