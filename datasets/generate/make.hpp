// Makes a persons data set in the cache, or finds it there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/generate/profile.hpp"
#include "harness/core/result.hpp"

namespace assay::datasets {

// Part of the folder name. Any change of the bytes that a name, profile and seed give is a new version.
inline constexpr std::uint32_t kGeneratorVersion = 1;

struct MakeOptions {
  std::string name;  // "people-100k"; also people-<n>, people-<n>k, people-<n>m
  Profile profile = Profile::kDirty;
  std::uint64_t seed = 42;
  std::filesystem::path cache;
  unsigned threads = 0;  // 0: one per processor; the bytes do not depend on it
};

struct Progress {
  std::string_view phase;  // "left", "right", "write", "measure"
  std::uint64_t done = 0;
  std::uint64_t total = 0;  // in the unit of the phase: rows, else steps
};

// Called from any thread, never concurrently. Returns false to stop: make then fails with kInterrupted.
using OnProgress = std::function<bool(const Progress&)>;

// Rows per table that a name asks for. Errors: kUsage.
[[nodiscard]] Result<std::uint64_t> parse_people_name(std::string_view name);

// "people-100k" for 100000 rows: one name per size, so that one data set has one folder.
[[nodiscard]] std::string people_name(std::uint64_t rows);

// `<cache>/<name>-<profile>-<seed>-g<generator version>`. Errors: kUsage for an unknown name.
[[nodiscard]] Result<std::filesystem::path> dataset_folder(const MakeOptions& options);

// Returns the folder at once if it holds a manifest and files of the right sizes, else makes it in a temporary folder
// beside and renames that: a failure leaves nothing behind. Needs about 110 bytes of memory per row of both tables.
// Errors: kUsage (name), kInternal (disk or memory full), kInterrupted.
[[nodiscard]] Result<std::filesystem::path> make(const MakeOptions& options, const OnProgress& on_progress = {});

}  // namespace assay::datasets
