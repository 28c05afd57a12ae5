// Touches memory in run until there is no more; std::bad_alloc leaves it as the SDK means it.
#include "tests/stub_plugins/stub.hpp"

namespace {

class MemoryHog : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    constexpr std::size_t kPiece = 1 << 20;
    for (;;) pieces_.emplace_back(kPiece, char{1});
  }

 private:
  std::vector<std::vector<char>> pieces_;
};

}  // namespace

ASSAY_STUB(MemoryHog, "takes memory until there is no more")
