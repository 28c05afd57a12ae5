// One instance of a variant: calls it in the legal order and turns every bad status into a CallFailure.
//
//   create (prepare (run collect)+ reset)*          teardown happens on destruction
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "assay/plugin.h"
#include "harness/core/result.hpp"
#include "harness/plugin_host/library.hpp"
#include "harness/plugin_host/services.hpp"

namespace assay::plugin_host {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// What a call returned when it was not ASSAY_OK.
struct CallFailure {
  std::string call;  // "prepare"
  assay_status status = ASSAY_E_INTERNAL;
  std::string message;
};
using CallResult = tl::expected<void, CallFailure>;

class Instance {
 public:
  // library and services must outlive the instance.
  [[nodiscard]] static tl::expected<Instance, CallFailure> create(const Library& library, const VariantInfo& variant,
                                                                  const Services& services, const std::string& workload,
                                                                  const Parameters& parameters);
  Instance(Instance&& other) noexcept;
  Instance& operator=(Instance&&) = delete;
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  ~Instance();  // reset if needed, then teardown

  [[nodiscard]] CallResult prepare(const assay_dataset* dataset);
  [[nodiscard]] CallResult run();
  // The view is valid until the next run or reset.
  [[nodiscard]] tl::expected<const assay_table*, CallFailure> collect();
  void reset();
  // Teardown now instead of on destruction, so that leftovers can be counted.
  void close();

 private:
  Instance(const Library& library, assay_instance* raw) : plugin_(&library.plugin()), raw_(raw) {}
  assay_error& no_error();

  const assay_plugin* plugin_;
  assay_instance* raw_;
  bool needs_reset_ = false;
  assay_error error_{};  // of the last call
};

}  // namespace assay::plugin_host
