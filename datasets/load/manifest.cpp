#include "datasets/load/manifest.hpp"

#include <algorithm>
#include <system_error>

#include "harness/core/sha256.hpp"

namespace assay::datasets {
namespace {

bool is_digest(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool is_plain_file_name(const std::string& file) {
  return !file.empty() && file != "." && file != ".." && file.find('/') == std::string::npos &&
         file.find('\0') == std::string::npos;
}

Result<TableEntry> read_table(const std::string& where, const std::string& name, const Json& json) {
  const std::string place = fmt::format("{}: table '{}'", where, name);
  ASSAY_CHECK(check_keys(json, place, {"file", "rows", "bytes", "sha256"}));
  TableEntry table{name, {}, 0, 0, {}};
  ASSAY_TRY(table.file, member<std::string>(json, place, "file"));
  ASSAY_TRY(table.rows, member<std::uint64_t>(json, place, "rows"));
  ASSAY_TRY(table.bytes, member<std::uint64_t>(json, place, "bytes"));
  ASSAY_TRY(table.sha256, member<std::string>(json, place, "sha256"));
  if (!is_plain_file_name(table.file))
    return fail(ErrorKind::kUsage, "{}: '{}' is not a plain file name", place, table.file);
  if (!is_digest(table.sha256)) return fail(ErrorKind::kUsage, "{}: '{}' is not a sha256", place, table.sha256);
  return table;
}

}  // namespace

Result<Manifest> read_manifest(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / kManifestFile;
  Manifest manifest;
  ASSAY_TRY(manifest.document, read_json(path));
  const Json& json = manifest.document;
  const std::string where = path.string();
  ASSAY_CHECK(check_keys(json, where, {"schema", "name", "profile", "seed", "generator_version", "tables", "digest"},
                         {"errors", "measured"}));
  ASSAY_TRY(const auto schema, member<std::string>(json, where, "schema"));
  if (schema != kManifestSchema) {
    return fail(ErrorKind::kUsage, "{}: schema '{}', this program reads '{}'; make the data set anew", where, schema,
                kManifestSchema);
  }
  ASSAY_TRY(manifest.name, member<std::string>(json, where, "name"));
  ASSAY_TRY(manifest.profile, member<std::string>(json, where, "profile"));
  ASSAY_TRY(manifest.seed, member<std::uint64_t>(json, where, "seed"));
  ASSAY_TRY(manifest.generator_version, member<std::uint32_t>(json, where, "generator_version"));
  ASSAY_TRY(manifest.digest, member<std::string>(json, where, "digest"));
  if (!json["tables"].is_object()) return fail(ErrorKind::kUsage, "{}: 'tables' must be an object", where);
  for (const auto& item : json["tables"].items()) {
    ASSAY_TRY(const TableEntry table, read_table(where, item.key(), item.value()));
    manifest.tables.push_back(table);
  }
  const std::string digest = dataset_digest(manifest.tables);
  if (digest != manifest.digest) {
    return fail(ErrorKind::kUsage, "{}: the table digests give '{}', 'digest' is '{}'; make it anew with '{}'", where,
                digest, manifest.digest, make_command(manifest));
  }
  return manifest;
}

std::string dataset_digest(std::span<const TableEntry> tables) {
  std::vector<std::string> digests;
  for (const TableEntry& table : tables) digests.push_back(table.sha256);
  std::sort(digests.begin(), digests.end());
  std::string text;
  for (const std::string& digest : digests) text += digest + '\n';
  return sha256(std::as_bytes(std::span(text)));
}

std::string make_command(const Manifest& manifest) {
  return fmt::format("assay dataset make {} --profile {} --seed {}", manifest.name, manifest.profile, manifest.seed);
}

Status check_sizes(const std::filesystem::path& folder, const Manifest& manifest) {
  for (const TableEntry& table : manifest.tables) {
    const std::filesystem::path path = folder / table.file;
    std::error_code error;
    const std::uint64_t bytes = std::filesystem::file_size(path, error);
    if (error) {
      return fail(ErrorKind::kUsage, "'{}': {}; remove '{}' and make it anew with '{}'", path.string(), error.message(),
                  folder.string(), make_command(manifest));
    }
    if (bytes != table.bytes) {
      return fail(ErrorKind::kUsage, "'{}' has {} bytes, its manifest says {}; remove '{}' and make it anew with '{}'",
                  path.string(), bytes, table.bytes, folder.string(), make_command(manifest));
    }
  }
  return {};
}

}  // namespace assay::datasets
