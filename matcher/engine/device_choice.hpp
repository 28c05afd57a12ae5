// Whether a run of `matcher match` goes to a GPU, and why.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "matcher/engine/match_options.hpp"
#include "matcher/model/error.hpp"
#include "matcher/model/persons_view.hpp"

namespace matcher {

enum class DeviceWish : std::uint8_t { kAuto, kCpu, kGpu };
inline constexpr std::array<std::string_view, 3> kDeviceWishNames = {"auto", "cpu", "gpu"};

// Why there is no GPU to be had: a few words, and what to do about it.
struct GpuMissing {
  std::string what;    // "no NVIDIA driver"
  std::string advice;  // a sentence
};

// Asked only as far as the answer is needed: looking for a GPU loads a driver, counting pairs reads both tables.
struct DeviceFacts {
  std::optional<std::string> unsupported{};  // why these options cannot use a GPU: why_not_filtered, or a memory budget
  bool joins_by_sound = false;               // the CPU tests only pairs that sound alike (joins_by_sound below)
  std::uint64_t rows = 0;                    // of both tables
  unsigned threads = 1;
  std::function<std::optional<GpuMissing>()> look_for_gpu;
  std::function<std::uint64_t()> count_pairs;  // of equal birthdates
};

struct DeviceChoice {
  bool gpu = false;
  std::string reason;  // half a sentence: "no NVIDIA driver"
};

// kAuto takes the GPU only where the estimate below says that it is worth it many times over, because its side of the
// estimate was never measured. Errors: kBadInput for kGpu where it cannot be had, with what to do.
[[nodiscard]] Result<DeviceChoice> choose_device(DeviceWish wish, const DeviceFacts& facts);

// Seconds that testing these pairs may take on either device, besides what both have to do.
struct DeviceEstimate {
  double cpu_seconds = 0;
  double gpu_seconds = 0;
};
[[nodiscard]] DeviceEstimate estimate_devices(std::uint64_t rows, std::uint64_t pairs, unsigned threads);

// Whether A3 and A4 join by sound as well as by birthdate with these options. REQUIRES: make_plan accepts them.
[[nodiscard]] bool joins_by_sound(const MatchOptions& options);

// Pairs of rows of both tables whose birthdates are equal. O(rows).
[[nodiscard]] std::uint64_t pairs_of_equal_birthdates(const PersonsView& left, const PersonsView& right);

}  // namespace matcher
