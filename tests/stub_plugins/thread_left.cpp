// Leaves a thread behind after teardown.
#include <unistd.h>

#include <thread>

#include "tests/stub_plugins/stub.hpp"

namespace {

class ThreadLeft : public assay::stub::Stub {
 public:
  using Stub::Stub;
  void run() {
    Stub::run();
    std::thread([] {
      for (;;) ::pause();
    }).detach();
  }
};

}  // namespace

ASSAY_STUB(ThreadLeft, "leaves a thread behind")
