// Turns a C++ class into the C ABI: call-order checks, exceptions into status codes, one exported symbol.
//
//   class CountRows {                                     // satisfies Variant
//    public:
//     CountRows(Host host, const Params& params);         // may throw Failure
//     void prepare(const DatasetView& dataset);           // timed
//     void run();                                         // timed
//     const assay_table* collect();                       // view, valid until the next run or reset
//     void reset();                                       // must not throw
//   };
//   ASSAY_PLUGIN(CountRows, "counts the rows of both tables", ASSAY_LIST("persons.count"), ASSAY_LIST())
#pragma once

#include <concepts>
#include <cstdio>
#include <exception>
#include <memory>
#include <new>

#include "assay/plugin.h"
#include "plugins/sdk/dataset_view.hpp"
#include "plugins/sdk/host.hpp"
#include "plugins/sdk/result_table.hpp"

#define ASSAY_LIST(...) \
  { __VA_ARGS__ __VA_OPT__(, ) nullptr }

namespace assay::sdk {

template <class V>
concept Variant = std::constructible_from<V, Host, const Params&> && requires(V variant, const DatasetView& dataset) {
  variant.prepare(dataset);
  variant.run();
  { variant.collect() } -> std::same_as<const assay_table*>;
  { variant.reset() }
  noexcept;
};

inline assay_status report(assay_error* error, assay_status code, const char* message, std::int64_t native_code = 0) {
  if (error != nullptr && ASSAY_HAS(error, message)) {
    error->code = code;
    error->native_code = native_code;
    std::snprintf(error->message, sizeof error->message, "%s", message);
  }
  return code;
}

// Runs body; whatever it throws becomes a status and a message.
template <class Body>
assay_status guarded(assay_error* error, Body&& body) noexcept {
  try {
    body();
    return ASSAY_OK;
  } catch (const Failure& failure) {
    return report(error, failure.status(), failure.message().c_str(), failure.native_code());
  } catch (const std::bad_alloc&) {
    return report(error, ASSAY_E_NO_MEMORY, "out of host memory");
  } catch (const std::exception& exception) {
    return report(error, ASSAY_E_INTERNAL, exception.what());
  } catch (...) {
    return report(error, ASSAY_E_INTERNAL, "unknown exception");
  }
}

// Holds the variant and the state of the call order created -> prepared -> ran -> created.
template <Variant V>
class Adapter {
 public:
  static assay_status init(std::uint32_t index, const assay_host* host, const assay_params* params,
                           assay_instance** out, assay_error* error) noexcept {
    if (index != 0) return report(error, ASSAY_E_INVALID, "no variant with this index");
    return guarded(error, [&] { *out = reinterpret_cast<assay_instance*>(new Adapter(Host(host), Params(params))); });
  }
  static assay_status prepare(assay_instance* instance, const assay_dataset* dataset, assay_error* error) noexcept {
    Adapter& self = from(instance);
    if (self.state_ != State::kCreated) return report(error, ASSAY_E_STATE, "prepare: reset was not called");
    self.state_ = State::kFailed;
    const assay_status status = guarded(error, [&] { self.variant_.prepare(DatasetView(dataset)); });
    if (status == ASSAY_OK) self.state_ = State::kPrepared;
    return status;
  }
  static assay_status run(assay_instance* instance, assay_error* error) noexcept {
    Adapter& self = from(instance);
    if (self.state_ != State::kPrepared && self.state_ != State::kRan) {
      return report(error, ASSAY_E_STATE, "run: prepare was not called");
    }
    self.state_ = State::kFailed;
    const assay_status status = guarded(error, [&] { self.variant_.run(); });
    if (status == ASSAY_OK) self.state_ = State::kRan;
    return status;
  }
  static assay_status collect(assay_instance* instance, const assay_table** out, assay_error* error) noexcept {
    Adapter& self = from(instance);
    if (self.state_ != State::kRan) return report(error, ASSAY_E_STATE, "collect: run was not called");
    return guarded(error, [&] { *out = self.variant_.collect(); });
  }
  static void reset(assay_instance* instance) noexcept {
    Adapter& self = from(instance);
    self.variant_.reset();
    self.state_ = State::kCreated;
  }
  static void teardown(assay_instance* instance) noexcept { delete &from(instance); }

 private:
  enum class State { kCreated, kPrepared, kRan, kFailed };
  Adapter(Host host, const Params& params) : variant_(host, params) {}
  static Adapter& from(assay_instance* instance) { return *reinterpret_cast<Adapter*>(instance); }

  State state_ = State::kCreated;
  V variant_;
};

// A class may offer `static void probe()` that throws Failure (ASSAY_E_UNSUPPORTED) if this machine cannot run it.
template <class V>
assay_status probe(std::uint32_t index, assay_error* error) noexcept {
  if (index != 0) return report(error, ASSAY_E_INVALID, "no variant with this index");
  if constexpr (requires { V::probe(); }) {
    return guarded(error, [] { V::probe(); });
  } else {
    return ASSAY_OK;
  }
}

}  // namespace assay::sdk

// ASSAY_VARIANT_ID and ASSAY_BUILD_TEXT come from assay_add_plugin.
#define ASSAY_PLUGIN(Class, summary_text, workload_list, need_list)                                                \
  extern "C" ASSAY_EXPORT const assay_plugin* assay_plugin_v1(void) {                                              \
    static const char* const workloads[] = workload_list;                                                          \
    static const char* const needs[] = need_list;                                                                  \
    static const assay_variant variant{sizeof(assay_variant), 0, ASSAY_VARIANT_ID, summary_text, workloads, needs, \
                                       ASSAY_BUILD_TEXT};                                                          \
    using Adapter = ::assay::sdk::Adapter<Class>;                                                                  \
    static const assay_plugin plugin{                                                                              \
        sizeof(assay_plugin),                                                                                      \
        ASSAY_ABI_MAJOR,                                                                                           \
        ASSAY_ABI_MINOR,                                                                                           \
        1,                                                                                                         \
        [](std::uint32_t index) -> const assay_variant* { return index == 0 ? &variant : nullptr; },               \
        &::assay::sdk::probe<Class>,                                                                               \
        &Adapter::init,                                                                                            \
        &Adapter::prepare,                                                                                         \
        &Adapter::run,                                                                                             \
        &Adapter::collect,                                                                                         \
        &Adapter::reset,                                                                                           \
        &Adapter::teardown,                                                                                        \
        [](const char*) -> const void* { return nullptr; }};                                                       \
    return &plugin;                                                                                                \
  }
