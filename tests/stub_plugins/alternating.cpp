// Every second answer is wrong; asked an odd number of times in one sample, its last answer is right.
#include "tests/stub_plugins/stub.hpp"

namespace {

class Alternating : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    Stub::run();
    if (runs_++ % 2 == 1 && !mixed_.empty()) mixed_[0] += 1;
  }

 private:
  std::uint64_t runs_ = 0;
};

}  // namespace

ASSAY_STUB(Alternating, "right every other time")
