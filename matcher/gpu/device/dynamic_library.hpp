// A shared library that may be missing, opened at run time.
#pragma once

#include <span>
#include <string>

#include "matcher/model/error.hpp"

namespace matcher::gpu {

// Once opened, a library stays until the process ends: NVIDIA's keep threads, callbacks and memory of their own.
class DynamicLibrary {
 public:
  // The first of the names that can be opened; a name without a slash is looked for as the system's linker does.
  // Errors: kBadInput, with the linker's words about the first name.
  [[nodiscard]] static Result<DynamicLibrary> open(std::span<const std::string> names);

  // Errors: kBadInput if the library has no such function: it is too old or another one.
  template <class Function>
  [[nodiscard]] Status find(const char* name, Function*& function) const {
    void* address = nullptr;
    if (Status found = find_address(name, address); !found) return found;
    function = reinterpret_cast<Function*>(address);
    return {};
  }

 private:
  DynamicLibrary(void* handle, std::string name);
  [[nodiscard]] Status find_address(const char* name, void*& address) const;

  void* handle_;
  std::string name_;
};

}  // namespace matcher::gpu
