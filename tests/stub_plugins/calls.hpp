// How stub.recording tells a test in the same process which of its functions is being called.
#pragma once

namespace assay::stub {

inline constexpr const char* kCallsExtension = "stub.calls/1";

struct Calls {
  void (*called)(void* context, const char* call) = nullptr;  // null: nobody listens
  void* context = nullptr;
};

}  // namespace assay::stub
