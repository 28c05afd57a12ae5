// Works for a third of a second without asking whether it was cancelled.
#include <chrono>

#include "tests/stub_plugins/stub.hpp"

namespace {

class Deaf : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(333);
    while (std::chrono::steady_clock::now() < end) mix_rows(rounds_);
  }

 private:
  // As the base, without the question.
  void mix_rows(std::uint64_t rounds) {
    clear();
    for (std::size_t row = 0; row < input_ids_.size(); ++row) {
      ids_.push_back(input_ids_[row]);
      mixed_.push_back(assay::stub::mix(static_cast<std::uint32_t>(input_dates_[row]), rounds));
      labels_ += std::to_string(mixed_.back() % 1000);
      offsets_.push_back(static_cast<std::int32_t>(labels_.size()));
    }
  }
};

}  // namespace

ASSAY_STUB(Deaf, "does not poll is_cancelled")
