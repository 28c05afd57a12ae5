// Records what the GPU does, through NVIDIA's CUPTI library if it is there.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "matcher/gpu/device/activity.hpp"
#include "matcher/model/error.hpp"

// Records are read with the layouts of CUDA 13; an older header does not have them.
#define ASSAY_HAS_CUPTI 0
#if __has_include(<cupti_version.h>)
#include <cupti_version.h>
#if CUPTI_API_VERSION >= 130000
#undef ASSAY_HAS_CUPTI
#define ASSAY_HAS_CUPTI 1
#endif
#endif

namespace matcher::gpu {

[[nodiscard]] std::vector<std::string> cupti_library_names();

// One of CUPTI's records as an activity; empty for a record of another kind. record: a CUpti_Activity.
[[nodiscard]] std::optional<Activity> activity_of(const void* record);

// Recording slows a program down: never around a time that counts. CUPTI serves one recorder per process, and a
// second is refused. Call order: open (start stop)*.
class CuptiRecorder {
 public:
  // Errors: kBadInput if the library is missing or of another major version than the headers we were built with (the
  // layout of its records differs), if this build had no headers of it, or if there is a recorder already.
  [[nodiscard]] static Result<CuptiRecorder> open(const std::vector<std::string>& names = cupti_library_names());
  [[nodiscard]] std::uint32_t version() const;

  // Errors: kBadInput without a driver.
  [[nodiscard]] Status start();
  // What was recorded since start, by begin. REQUIRES: the device is idle.
  [[nodiscard]] Result<std::vector<Activity>> stop();

  CuptiRecorder(CuptiRecorder&&) noexcept;
  CuptiRecorder& operator=(CuptiRecorder&&) = delete;
  ~CuptiRecorder();

 private:
  struct State;
  explicit CuptiRecorder(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace matcher::gpu
