// The manifest of a data set: which files belong to it, how it was made, and the digests that tell damage.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "harness/core/json.hpp"
#include "harness/core/result.hpp"

namespace assay::datasets {

inline constexpr const char* kManifestSchema = "assay-dataset/1";
inline constexpr const char* kManifestFile = "manifest.json";

struct TableEntry {
  std::string name;
  std::string file;  // a plain file name in the folder of the manifest
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  std::string sha256;
};

struct Manifest {
  std::string name;     // "people-100k"
  std::string profile;  // "dirty"
  std::uint64_t seed = 0;
  std::uint32_t generator_version = 0;
  std::vector<TableEntry> tables;
  std::string digest;  // dataset_digest(tables): names the content of the whole data set
  Json document;       // everything, error rates and measured properties included
};

// Reads and checks `<folder>/manifest.json`. Errors: kUsage.
[[nodiscard]] Result<Manifest> read_manifest(const std::filesystem::path& folder);

// SHA-256 over the table digests in sorted order, each followed by a newline.
[[nodiscard]] std::string dataset_digest(std::span<const TableEntry> tables);

// "assay dataset make people-100k --profile dirty --seed 42"
[[nodiscard]] std::string make_command(const Manifest& manifest);

// Every file of the manifest exists and has the size it should have. Errors: kUsage, naming the first that does not.
[[nodiscard]] Status check_sizes(const std::filesystem::path& folder, const Manifest& manifest);

}  // namespace assay::datasets
