// Points in time as text, in UTC.
#pragma once

#include <chrono>
#include <string>

namespace assay::store {

// "2026-11-21T09:10:11Z"
[[nodiscard]] std::string utc_text(std::chrono::system_clock::time_point time);

// "20261121-091011", for names of folders
[[nodiscard]] std::string utc_stamp(std::chrono::system_clock::time_point time);

}  // namespace assay::store
