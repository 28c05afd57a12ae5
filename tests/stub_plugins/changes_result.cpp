// Edits its result after collect has returned it.
#include <atomic>
#include <thread>

#include "tests/stub_plugins/stub.hpp"

namespace {

class ChangesResult : public assay::stub::Stub {
 public:
  using Stub::Stub;
  const assay_table* collect() {
    stop();
    editor_ = std::thread([this] {
      while (!stopping_ && !mixed_.empty()) std::atomic_ref(mixed_[0]).fetch_add(1);
    });
    return Stub::collect();
  }

  void run() {
    stop();
    Stub::run();
  }

  void reset() noexcept {
    stop();
    clear();
  }

 private:
  void stop() noexcept {
    stopping_ = true;
    if (editor_.joinable()) editor_.join();
    stopping_ = false;
  }

  std::atomic<bool> stopping_{false};
  std::thread editor_;
};

}  // namespace

ASSAY_STUB(ChangesResult, "edits its result after collect")
