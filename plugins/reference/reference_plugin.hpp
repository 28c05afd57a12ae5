// What the oracles behind the plugin door share; nothing of it is used by a fast path.
#pragma once

#include <unicode/uclean.h>

#include <charconv>
#include <string>
#include <string_view>

#include "plugins/sdk/plugin.hpp"

namespace assay::reference_plugin {

// What ICU keeps for itself goes when the module goes; the host looks for what is left over. One object per module.
struct IcuCleanup {
  IcuCleanup() = default;
  IcuCleanup(const IcuCleanup&) = delete;
  IcuCleanup& operator=(const IcuCleanup&) = delete;
  ~IcuCleanup() { u_cleanup(); }
};

// Throws Failure unless it is a number from 0 to 100.
[[nodiscard]] inline double parse_threshold(std::string_view text) {
  double percent = 0.0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, percent);
  if (error != std::errc() || stop != end || !(percent >= 0.0 && percent <= 100.0)) {
    throw sdk::Failure(ASSAY_E_INVALID,
                       "parameter 'threshold' is '" + std::string(text) + "'; use a number from 0 to 100 (percent)");
  }
  return percent;
}

}  // namespace assay::reference_plugin
