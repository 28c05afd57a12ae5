// Marks a stage of a variant in the timeline of a profiler (NVTX 3); without a profiler it costs next to nothing.
#pragma once

#include <string>
#include <string_view>

#if __has_include(<nvtx3/nvtx3.hpp>) && !defined(NVTX_DISABLE)
#include <nvtx3/nvtx3.hpp>
#define ASSAY_HAS_NVTX 1
#else
#define ASSAY_HAS_NVTX 0
#endif

namespace matcher::gpu {

inline constexpr bool kHasProfileRanges = ASSAY_HAS_NVTX != 0;

struct ProfileDomain {
  static constexpr const char* name = "assay";
};

// From its making to its end on one thread; ranges nest. Not for loops over pairs: it builds a text.
class ProfileRange {
 public:
#if ASSAY_HAS_NVTX
  // The text in the timeline is "variant/stage".
  ProfileRange(std::string_view variant, std::string_view stage)
      : text_(std::string(variant).append("/").append(stage)), range_(nvtx3::event_attributes(text_)) {}
#else
  ProfileRange(std::string_view, std::string_view) {}
#endif
  ProfileRange(const ProfileRange&) = delete;
  ProfileRange& operator=(const ProfileRange&) = delete;

#if ASSAY_HAS_NVTX
 private:
  std::string text_;
  nvtx3::scoped_range_in<ProfileDomain> range_;
#endif
};

}  // namespace matcher::gpu
