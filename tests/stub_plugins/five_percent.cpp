// Gives the right answer for 5 % more work: the same steps, some of them for nothing.
#include "tests/stub_plugins/stub.hpp"

namespace {

class FivePercent : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    Stub::run();
    std::uint64_t sum = 0;
    for (const std::int32_t date : input_dates_)
      sum += assay::stub::mix(static_cast<std::uint32_t>(date), rounds_ / 20);
    wasted_ = sum;
  }

 private:
  volatile std::uint64_t wasted_ = 0;
};

}  // namespace

ASSAY_STUB(FivePercent, "works 5 % more than needed")
