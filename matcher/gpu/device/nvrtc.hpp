// NVIDIA's run-time compiler, opened at run time: a machine without it starts and says what is missing.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "matcher/gpu/device/kernel_source.hpp"
#include "matcher/model/error.hpp"

namespace matcher::gpu {

[[nodiscard]] std::vector<std::string> nvrtc_library_names();

// Needs neither a GPU nor a driver. Thread-safe as NVRTC is: compilations may run side by side.
class Nvrtc {
 public:
  // Errors: kBadInput if none of the libraries is there.
  [[nodiscard]] static Result<Nvrtc> open(const std::vector<std::string>& names = nvrtc_library_names());
  [[nodiscard]] int version() const;  // 13000 is 13.0
  // Errors: kBadInput with the compiler's first error line; kInternal.
  [[nodiscard]] Result<CompiledKernel> compile(const KernelSource& source) const;

  Nvrtc(Nvrtc&&) noexcept;
  ~Nvrtc();

 private:
  struct Functions;
  explicit Nvrtc(std::unique_ptr<Functions> functions);
  std::unique_ptr<Functions> functions_;
};

}  // namespace matcher::gpu
