// What a variant may ask of the host, and how it reports failure: plain C++ over assay_host and assay_params.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "assay/plugin.h"

namespace assay::sdk {

// Thrown by a variant; becomes the status and message of the ABI call it left.
class Failure {
 public:
  Failure(assay_status status, std::string message, std::int64_t native_code = 0)
      : status_(status), native_code_(native_code), message_(std::move(message)) {}
  [[nodiscard]] assay_status status() const { return status_; }
  [[nodiscard]] std::int64_t native_code() const { return native_code_; }
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  assay_status status_;
  std::int64_t native_code_;
  std::string message_;
};

// A view of the host's services; copyable, valid from init to teardown.
class Host {
 public:
  explicit Host(const assay_host* host) : host_(host) {}

  [[nodiscard]] unsigned thread_budget() const { return host_->thread_budget == 0 ? 1 : host_->thread_budget; }
  [[nodiscard]] bool is_cancelled() const {
    return ASSAY_HAS(host_, is_cancelled) && host_->is_cancelled != nullptr && host_->is_cancelled(host_->context) != 0;
  }
  // Call at least every 10 ms of work.
  void throw_if_cancelled() const {
    if (is_cancelled()) throw Failure(ASSAY_E_CANCELLED, "cancelled");
  }
  void log(assay_severity severity, const std::string& text) const {
    if (ASSAY_HAS(host_, log) && host_->log != nullptr) host_->log(host_->context, severity, text.c_str());
  }
  void count(assay_counter counter, std::uint64_t delta) const {
    if (ASSAY_HAS(host_, count) && host_->count != nullptr) host_->count(host_->context, counter, delta);
  }
  // Memory that the host cannot see; freed memory with a negative sign.
  void note_memory(assay_space space, std::int64_t delta_bytes) const {
    if (ASSAY_HAS(host_, note_memory) && host_->note_memory != nullptr) {
      host_->note_memory(host_->context, space, delta_bytes);
    }
  }
  // In prepare and run only. "device": time that an accelerator was busy by its own clock.
  void phase(const char* name, std::uint64_t nanoseconds) const {
    if (ASSAY_HAS(host_, phase) && host_->phase != nullptr) host_->phase(host_->context, name, nanoseconds);
  }
  // Where files may be kept for later processes of the run; empty: nowhere.
  [[nodiscard]] std::string cache_folder() const {
    const bool can_ask = ASSAY_HAS(host_, extension) && host_->extension != nullptr;
    const void* const folder = can_ask ? host_->extension(host_->context, ASSAY_EXTENSION_CACHE_FOLDER) : nullptr;
    return folder == nullptr ? "" : static_cast<const char*>(folder);
  }
  [[nodiscard]] const assay_host* raw() const { return host_; }

 private:
  const assay_host* host_;
};

// The parameters of the case; valid during construction of the variant only.
class Params {
 public:
  explicit Params(const assay_params* params) : params_(params) {}

  [[nodiscard]] std::string_view workload() const { return params_->workload == nullptr ? "" : params_->workload; }
  [[nodiscard]] std::string_view get(std::string_view key, std::string_view otherwise) const {
    for (std::uint32_t i = 0; i < params_->count; ++i) {
      if (key == params_->items[i].key) return params_->items[i].value;
    }
    return otherwise;
  }

 private:
  const assay_params* params_;
};

}  // namespace assay::sdk
