// A data set in the cache: its manifest and its tables, mapped read-only.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assay/plugin.h"
#include "datasets/load/manifest.hpp"
#include "harness/core/result.hpp"

namespace assay::datasets {

inline constexpr const char* kTruthTable = "truth";  // never part of what a plugin sees

// Move-only; everything it points to lives as long as the Dataset or the one it was moved to.
class Dataset {
 public:
  // Reads the manifest, compares file sizes and maps every table. Looks at no row and computes no digest, so the cost
  // does not depend on the row count. Errors: kUsage if a file is missing, damaged in its header or of the wrong size.
  [[nodiscard]] static Result<Dataset> open(const std::filesystem::path& folder);

  Dataset(Dataset&&) noexcept;
  Dataset& operator=(Dataset&&) noexcept;
  ~Dataset();

  // The input tables in the order of the manifest ("left", "right"), without the truth: what a plugin may see.
  [[nodiscard]] const assay_dataset* view() const;

  // Any table by name, the truth included; nullptr if there is none.
  [[nodiscard]] const assay_table* table(std::string_view name) const;

  // The mapped bytes of that table's file; empty if there is none.
  [[nodiscard]] std::span<const std::byte> bytes(std::string_view name) const;

  // The mapped bytes of every table in the order of the manifest, the truth included.
  [[nodiscard]] std::vector<std::span<const std::byte>> mappings() const;

  [[nodiscard]] const Manifest& manifest() const;

  // Compares the SHA-256 of every file with the manifest; reads all bytes. Errors: kUsage, naming the file, both
  // digests and the command that makes the data set anew.
  [[nodiscard]] Status verify() const;

 private:
  struct State;
  explicit Dataset(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace assay::datasets
