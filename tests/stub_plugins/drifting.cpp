// Answers right once, then another way each time it is asked.
#include "tests/stub_plugins/stub.hpp"

namespace {

class Drifting : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    Stub::run();
    if (!mixed_.empty()) mixed_[0] += runs_++;
  }

 private:
  std::uint64_t runs_ = 0;
};

}  // namespace

ASSAY_STUB(Drifting, "answers right once only")
