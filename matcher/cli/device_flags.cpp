// Chooses the device of a run, and says which it was.
#include "matcher/cli/device_flags.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "matcher/cli/names.hpp"
#include "matcher/gpu/engine/gpu_backend.hpp"
#include "matcher/parallel/fork_join.hpp"

namespace matcher {
namespace {

constexpr const char* kBudgetReason = "with --memory the CPU does it all";

DeviceWish wish_of(const DeviceFlags& flags) {
  return value_of<DeviceWish>(kDeviceWishNames, flags.device);
}

DeviceFacts facts_of(const MatchOptions& options) {
  return {.unsupported = why_not_filtered(options),
          .joins_by_sound = joins_by_sound(options),
          .threads = options.threads == 0 ? available_threads() : options.threads,
          .look_for_gpu = gpu::look_for_gpu,
          .count_pairs = {}};
}

const char* name_of(const DeviceChoice& choice) {
  return choice.gpu ? "gpu" : "cpu";
}

}  // namespace

void DeviceFlags::add_to(CLI::App& command) {
  command
      .add_option("--device", device,
                  "where A3 and A4 score their pairs; auto: on a GPU if there is one and it is clearly worth it; same "
                  "result; see docs/gpu.md")
      ->check(one_of(kDeviceWishNames))
      ->each([this](const std::string&) { is_given = true; })
      ->group("Resources")
      ->capture_default_str();
}

Status check_device(const DeviceFlags& flags, const MatchOptions& options, bool has_budget) {
  if (wish_of(flags) != DeviceWish::kGpu) return {};
  DeviceFacts facts = facts_of(options);
  if (has_budget) facts.unsupported = kBudgetReason;
  const auto choice = choose_device(DeviceWish::kGpu, facts);
  return choice ? Status() : Status(tl::unexpected(choice.error()));
}

Result<DeviceChoice> choose_device(const DeviceFlags& flags, const MatchOptions& options, const PersonsView& left,
                                   const PersonsView& right) {
  DeviceFacts facts = facts_of(options);
  facts.rows = left.row_count + right.row_count;
  facts.count_pairs = [&] { return pairs_of_equal_birthdates(left, right); };
  return choose_device(wish_of(flags), facts);
}

DeviceChoice device_of_budget() {
  return {false, kBudgetReason};
}

DeviceChoice after_failure(const std::string& failure) {
  return {false, "the GPU failed: " + failure};
}

nlohmann::ordered_json describe(const DeviceFlags& flags, const DeviceChoice& choice) {
  return {{"asked", flags.device}, {"used", name_of(choice)}, {"reason", choice.reason}};
}

std::string device_suffix(const DeviceFlags& flags, const DeviceChoice& choice) {
  return flags.is_given ? fmt::format("; device: {} ({})", name_of(choice), choice.reason) : std::string();
}

}  // namespace matcher
