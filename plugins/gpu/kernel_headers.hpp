// The source text of the kernels, in the plugin: run-time compilation needs no folder of the build's, and a key of
// compiled kernels covers all that shapes them.
#pragma once

#include <map>
#include <string>

namespace assay::gpu {

// By the name in #include. Made by embed_headers.cmake.
[[nodiscard]] std::map<std::string, std::string> kernel_headers();

}  // namespace assay::gpu
