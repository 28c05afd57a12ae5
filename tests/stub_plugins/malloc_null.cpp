// Touches memory in run until malloc returns null, and writes through that.
#include "tests/stub_plugins/stub.hpp"

namespace {

class MallocNull : public assay::stub::Stub {
 public:
  using Stub::Stub;
  ASSAY_UNSANITIZED void run() {
    constexpr std::size_t kPiece = 1 << 20;
    for (;;) {
      volatile char* volatile piece = static_cast<volatile char*>(std::malloc(kPiece));
      for (std::size_t i = 0; i < kPiece; i += 4096) piece[i] = 1;
    }
  }
};

}  // namespace

ASSAY_STUB(MallocNull, "writes through the null of malloc")
