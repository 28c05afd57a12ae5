// dlopen and dlsym.
#include "matcher/gpu/device/dynamic_library.hpp"

#include <dlfcn.h>

#include <utility>

namespace matcher::gpu {

DynamicLibrary::DynamicLibrary(void* handle, std::string name) : handle_(handle), name_(std::move(name)) {}

Result<DynamicLibrary> DynamicLibrary::open(std::span<const std::string> names) {
  std::string first_reason = "no name was given";
  for (const std::string& name : names) {
    void* handle = ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle != nullptr) return DynamicLibrary(handle, name);
    const char* reason = ::dlerror();
    if (&name == names.data() && reason != nullptr) first_reason = reason;
  }
  return fail(ErrorKind::kBadInput, "cannot open a library: {}; install it or set LD_LIBRARY_PATH", first_reason);
}

Status DynamicLibrary::find_address(const char* name, void*& address) const {
  address = ::dlsym(handle_, name);
  if (address != nullptr) return {};
  return fail(ErrorKind::kBadInput, "{} has no function '{}'; another version of the library is needed", name_, name);
}

}  // namespace matcher::gpu
