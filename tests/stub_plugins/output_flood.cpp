// Prints without end.
#include <unistd.h>

#include "tests/stub_plugins/stub.hpp"

namespace {

class OutputFlood : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    const std::string line(4096, 'x');
    for (;;) static_cast<void>(!::write(STDOUT_FILENO, line.data(), line.size()));
  }
};

}  // namespace

ASSAY_STUB(OutputFlood, "prints without end")
