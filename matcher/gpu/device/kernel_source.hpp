// The text of a kernel, what it is compiled to, and what decides whether two compilations give the same.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace matcher::gpu {

struct KernelSource {
  std::string name;  // as messages and the compiler's log show it
  std::string text;
  std::map<std::string, std::string> headers;  // by the name in #include
  std::vector<std::string> expressions;        // the kernels wanted: "matcher::block<12, true>"
  std::vector<std::string> options;            // "--fmad=false"; of -I only folders of the toolkit, whose content the
                                               // compiler's version stands for
  std::string architecture = "sm_90";          // sm_: machine code; compute_: PTX, compiled again by the driver
};

struct CompiledKernel {
  std::string image;                                 // cubin or PTX
  std::map<std::string, std::string> lowered_names;  // expression -> name in the image
  bool operator==(const CompiledKernel&) const = default;
};

// Everything that shapes the image, unambiguously: equal texts mean equal images.
[[nodiscard]] std::string cache_key(const KernelSource& source, int compiler_version);

}  // namespace matcher::gpu
