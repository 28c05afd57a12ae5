// What the GPU did during some work, as a file for chrome://tracing and Perfetto.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "matcher/model/error.hpp"

namespace matcher::gpu {

// Never around work that is timed. Errors: kBadInput where CUPTI cannot record (no library, no driver), and then the
// work is not done; else those of the work and of the file.
[[nodiscard]] Status write_trace(const std::string& path, std::string_view process_name,
                                 const std::function<Status()>& work);

}  // namespace matcher::gpu
