// Answers, but the second value is off by one.
#include "tests/stub_plugins/stub.hpp"

namespace {

class WrongResult : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    Stub::run();
    if (mixed_.size() > 1) mixed_[1] += 1;
  }
};

}  // namespace

ASSAY_STUB(WrongResult, "gets one value wrong")
