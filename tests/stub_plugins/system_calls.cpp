// Gives the right answer and asks the kernel `rounds` times for something it does not need.
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/stub_plugins/stub.hpp"

namespace {

class SystemCalls : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    mix_rows(1);
    for (std::uint64_t i = 0; i < rounds_; ++i) ::syscall(SYS_getppid);
  }
};

}  // namespace

ASSAY_STUB(SystemCalls, "makes one system call per round")
