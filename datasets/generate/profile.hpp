// The profiles of generated persons: which names they bear and how much their second record is damaged.
#pragma once

#include <array>
#include <string_view>

#include "harness/core/result.hpp"

namespace assay::datasets {

enum class Profile { kClean, kDirty, kUnicode, kHouseholds };

struct ProfileText {
  Profile profile;
  std::string_view name;
  std::string_view summary;
};

inline constexpr std::array<ProfileText, 4> kProfiles{{
    {Profile::kClean, "clean", "exact copies, nothing missing but middle names"},
    {Profile::kDirty, "dirty", "copies damaged by the error model, some parts missing"},
    {Profile::kUnicode, "unicode", "many origins and scripts, accents dropped or decomposed"},
    {Profile::kHouseholds, "households", "large families, members who moved, few typing errors"},
}};

[[nodiscard]] constexpr std::string_view profile_name(Profile profile) {
  return kProfiles[static_cast<std::size_t>(profile)].name;
}

// Errors: kUsage, naming the known profiles.
[[nodiscard]] inline Result<Profile> parse_profile(std::string_view name) {
  std::string known;
  for (const ProfileText& text : kProfiles) {
    if (text.name == name) return text.profile;
    known += (known.empty() ? "" : ", ") + std::string(text.name);
  }
  return fail(ErrorKind::kUsage, "no profile '{}'; known: {}", name, known);
}

}  // namespace assay::datasets
