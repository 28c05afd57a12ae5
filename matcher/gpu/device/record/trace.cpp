#include "matcher/gpu/device/record/trace.hpp"

#include "matcher/gpu/device/cupti_recorder.hpp"
#include "matcher/gpu/device/record/machine.hpp"

namespace matcher::gpu {

Status write_trace(const std::string& path, std::string_view process_name, const std::function<Status()>& work) {
  auto recorder = CuptiRecorder::open();
  if (!recorder) return hand_on(recorder);
  if (Status started = recorder->start(); !started) return started;
  const Status done = work();
  auto activities = recorder->stop();
  if (!done) return done;
  if (!activities) return hand_on(activities);
  return write_record(chrome_trace(*activities, process_name), path);
}

}  // namespace matcher::gpu
