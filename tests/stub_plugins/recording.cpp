// Right, and tells whoever listens of each call as it comes in.
#include <cstring>

#include "tests/stub_plugins/calls.hpp"
#include "tests/stub_plugins/stub.hpp"

namespace {

assay::stub::Calls listener;
assay_plugin inner;

void tell(const char* call) {
  if (listener.called != nullptr) listener.called(listener.context, call);
}

void record(assay_plugin& plugin) {
  inner = plugin;
  plugin.prepare = [](assay_instance* instance, const assay_dataset* dataset, assay_error* error) {
    tell("prepare");
    return inner.prepare(instance, dataset, error);
  };
  plugin.run = [](assay_instance* instance, assay_error* error) {
    tell("run");
    return inner.run(instance, error);
  };
  plugin.collect = [](assay_instance* instance, const assay_table** out, assay_error* error) {
    tell("collect");
    return inner.collect(instance, out, error);
  };
  plugin.reset = [](assay_instance* instance) {
    tell("reset");
    inner.reset(instance);
  };
  plugin.teardown = [](assay_instance* instance) {
    tell("teardown");
    inner.teardown(instance);
  };
  plugin.extension = [](const char* id) -> const void* {
    return std::strcmp(id, assay::stub::kCallsExtension) == 0 ? &listener : nullptr;
  };
}

}  // namespace

ASSAY_STUB_TABLE(record)
