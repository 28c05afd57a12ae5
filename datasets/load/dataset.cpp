#include "datasets/load/dataset.hpp"

#include <utility>

#include "datasets/load/column_file.hpp"
#include "harness/core/sha256.hpp"

namespace assay::datasets {

struct Dataset::State {
  std::filesystem::path folder;
  Manifest manifest;
  std::vector<ColumnFile> files;  // parallel to manifest.tables
  std::vector<const assay_table*> inputs;
  assay_dataset view{};
};

Dataset::Dataset(std::unique_ptr<State> state) : state_(std::move(state)) {}
Dataset::Dataset(Dataset&&) noexcept = default;
Dataset& Dataset::operator=(Dataset&&) noexcept = default;
Dataset::~Dataset() = default;

Result<Dataset> Dataset::open(const std::filesystem::path& folder) {
  auto state = std::make_unique<State>();
  state->folder = folder;
  ASSAY_TRY(state->manifest, read_manifest(folder));
  ASSAY_CHECK(check_sizes(folder, state->manifest));
  for (const TableEntry& entry : state->manifest.tables) {
    ASSAY_TRY(ColumnFile file, ColumnFile::open(folder / entry.file));
    if (file.table()->row_count != entry.rows || entry.name != file.table()->name) {
      return fail(ErrorKind::kUsage,
                  "'{}' holds table '{}' of {} rows, its manifest says '{}' of {}; make it anew with '{}'",
                  (folder / entry.file).string(), file.table()->name, file.table()->row_count, entry.name, entry.rows,
                  make_command(state->manifest));
    }
    if (entry.name != kTruthTable) state->inputs.push_back(file.table());
    state->files.push_back(std::move(file));
  }
  state->view = {sizeof(assay_dataset), static_cast<std::uint32_t>(state->inputs.size()), state->inputs.data()};
  return Dataset(std::move(state));
}

const assay_dataset* Dataset::view() const {
  return &state_->view;
}
const Manifest& Dataset::manifest() const {
  return state_->manifest;
}

const assay_table* Dataset::table(std::string_view name) const {
  for (const ColumnFile& file : state_->files) {
    if (name == file.table()->name) return file.table();
  }
  return nullptr;
}

std::span<const std::byte> Dataset::bytes(std::string_view name) const {
  for (const ColumnFile& file : state_->files) {
    if (name == file.table()->name) return file.bytes();
  }
  return {};
}

std::vector<std::span<const std::byte>> Dataset::mappings() const {
  std::vector<std::span<const std::byte>> ranges;
  for (const ColumnFile& file : state_->files) ranges.push_back(file.bytes());
  return ranges;
}

Status Dataset::verify() const {
  for (std::size_t index = 0; index < state_->files.size(); ++index) {
    const TableEntry& entry = state_->manifest.tables[index];
    const std::string found = sha256(state_->files[index].bytes());
    if (found != entry.sha256) {
      return fail(ErrorKind::kUsage,
                  "'{}' is damaged: its sha256 is {}, its manifest says {}; remove '{}' and make it anew with '{}'",
                  (state_->folder / entry.file).string(), found, entry.sha256, state_->folder.string(),
                  make_command(state_->manifest));
    }
  }
  return {};
}

}  // namespace assay::datasets
