#include "harness/plugin_host/instance.hpp"

namespace assay::plugin_host {
namespace {

tl::unexpected<CallFailure> failure(const char* call, assay_status status, assay_error& error) {
  error.message[sizeof error.message - 1] = '\0';
  const std::string message =
      error.message[0] != '\0' ? error.message : fmt::format("status {} without a message", status);
  return tl::unexpected(CallFailure{call, status, message});
}

CallResult checked(const char* call, assay_status status, assay_error& error) {
  if (status == ASSAY_OK) return {};
  return failure(call, status, error);
}

}  // namespace

tl::expected<Instance, CallFailure> Instance::create(const Library& library, const VariantInfo& variant,
                                                     const Services& services, const std::string& workload,
                                                     const Parameters& parameters) {
  std::vector<assay_param> items;
  for (const auto& [key, value] : parameters) items.push_back({key.c_str(), value.c_str()});
  const assay_params params{sizeof(assay_params), static_cast<std::uint32_t>(items.size()), workload.c_str(),
                            items.data()};
  assay_error error{};
  error.struct_size = sizeof error;
  assay_instance* raw = nullptr;
  const assay_status status = library.plugin().init(variant.index, services.table(), &params, &raw, &error);
  if (status != ASSAY_OK) return failure("init", status, error);
  if (raw == nullptr) return tl::unexpected(CallFailure{"init", ASSAY_E_INTERNAL, "returned success but no instance"});
  return Instance(library, raw);
}

Instance::Instance(Instance&& other) noexcept
    : plugin_(other.plugin_), raw_(std::exchange(other.raw_, nullptr)), needs_reset_(other.needs_reset_) {}

// Not cleared as a whole: half a kilobyte would be written inside the time that is taken.
assay_error& Instance::no_error() {
  error_.struct_size = sizeof error_;
  error_.message[0] = '\0';
  return error_;
}

Instance::~Instance() {
  close();
}

CallResult Instance::prepare(const assay_dataset* dataset) {
  assay_error& error = no_error();
  needs_reset_ = true;
  const assay_status status = plugin_->prepare(raw_, dataset, &error);
  return checked("prepare", status, error);
}

CallResult Instance::run() {
  assay_error& error = no_error();
  const assay_status status = plugin_->run(raw_, &error);
  return checked("run", status, error);
}

tl::expected<const assay_table*, CallFailure> Instance::collect() {
  assay_error& error = no_error();
  const assay_table* table = nullptr;
  const assay_status status = plugin_->collect(raw_, &table, &error);
  if (status != ASSAY_OK) return failure("collect", status, error);
  if (table == nullptr)
    return tl::unexpected(CallFailure{"collect", ASSAY_E_INTERNAL, "returned success but no table"});
  return table;
}

void Instance::reset() {
  if (!needs_reset_) return;
  plugin_->reset(raw_);
  needs_reset_ = false;
}

void Instance::close() {
  if (raw_ == nullptr) return;
  reset();
  plugin_->teardown(std::exchange(raw_, nullptr));
}

}  // namespace assay::plugin_host
