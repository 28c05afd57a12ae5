// Ends the process in run as if all were well.
#include "tests/stub_plugins/stub.hpp"

namespace {

class Exit : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() { std::exit(0); }
};

}  // namespace

ASSAY_STUB(Exit, "calls exit(0)")
