// Computes once and gives that answer ever after, whatever the input.
#include "tests/stub_plugins/stub.hpp"

namespace {

class StaleAnswer : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    if (known_.empty()) {
      Stub::run();
      known_ = mixed_;
      known_labels_ = labels_;
      known_offsets_ = offsets_;
    }
    clear();
    ids_.assign(input_ids_.begin(), input_ids_.end());
    mixed_ = known_;
    labels_ = known_labels_;
    offsets_ = known_offsets_;
  }

 private:
  std::vector<std::uint64_t> known_;
  std::string known_labels_;
  std::vector<std::int32_t> known_offsets_;
};

}  // namespace

ASSAY_STUB(StaleAnswer, "answers from an earlier run")
