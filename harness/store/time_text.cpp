#include "harness/store/time_text.hpp"

#include <ctime>

namespace assay::store {
namespace {

std::string format(std::chrono::system_clock::time_point time, const char* pattern) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, pattern, &parts);
  return text;
}

}  // namespace

std::string utc_text(std::chrono::system_clock::time_point time) {
  return format(time, "%Y-%m-%dT%H:%M:%SZ");
}
std::string utc_stamp(std::chrono::system_clock::time_point time) {
  return format(time, "%Y%m%d-%H%M%S");
}

}  // namespace assay::store
