#include "harness/plugin_host/library.hpp"

#include <dlfcn.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace assay::plugin_host {
namespace {

Status check_table(const assay_plugin* plugin, const std::string& file) {
  if (plugin == nullptr || !ASSAY_HAS(plugin, variant_count)) {
    return fail(ErrorKind::kPlugin, "plugin '{}': {} returned no usable table", file, ASSAY_PLUGIN_SYMBOL);
  }
  if (plugin->abi_major != ASSAY_ABI_MAJOR) {
    return fail(ErrorKind::kPlugin,
                "plugin '{}' was built for ABI {}.{}, this host speaks {}.{}: rebuild it with this assay/plugin.h",
                file, plugin->abi_major, plugin->abi_minor, ASSAY_ABI_MAJOR, ASSAY_ABI_MINOR);
  }
  const auto missing = [&](const char* name) {
    return fail(ErrorKind::kPlugin, "plugin '{}': function '{}' is missing from its table", file, name);
  };
  if (!ASSAY_HAS(plugin, describe) || plugin->describe == nullptr) return missing("describe");
  if (!ASSAY_HAS(plugin, probe) || plugin->probe == nullptr) return missing("probe");
  if (!ASSAY_HAS(plugin, init) || plugin->init == nullptr) return missing("init");
  if (!ASSAY_HAS(plugin, prepare) || plugin->prepare == nullptr) return missing("prepare");
  if (!ASSAY_HAS(plugin, run) || plugin->run == nullptr) return missing("run");
  if (!ASSAY_HAS(plugin, collect) || plugin->collect == nullptr) return missing("collect");
  if (!ASSAY_HAS(plugin, reset) || plugin->reset == nullptr) return missing("reset");
  if (!ASSAY_HAS(plugin, teardown) || plugin->teardown == nullptr) return missing("teardown");
  return {};
}

std::vector<std::string> copy_list(const char* const* list) {
  std::vector<std::string> copy;
  for (; list != nullptr && *list != nullptr; ++list) copy.emplace_back(*list);
  return copy;
}

Result<std::vector<VariantInfo>> describe_all(const assay_plugin& plugin, const std::string& file) {
  std::vector<VariantInfo> variants;
  for (std::uint32_t index = 0; index < plugin.variant_count; ++index) {
    const assay_variant* const variant = plugin.describe(index);
    if (variant == nullptr || !ASSAY_HAS(variant, id) || variant->id == nullptr || *variant->id == '\0') {
      return fail(ErrorKind::kPlugin, "plugin '{}': variant {} has no id", file, index);
    }
    VariantInfo info{index, variant->id, {}, {}, {}, {}};
    if (std::any_of(variants.begin(), variants.end(), [&](const VariantInfo& other) { return other.id == info.id; })) {
      return fail(ErrorKind::kPlugin, "plugin '{}': variant id '{}' is used twice", file, info.id);
    }
    if (ASSAY_HAS(variant, summary) && variant->summary != nullptr) info.summary = variant->summary;
    if (ASSAY_HAS(variant, workloads)) info.workloads = copy_list(variant->workloads);
    if (ASSAY_HAS(variant, needs)) info.needs = copy_list(variant->needs);
    if (ASSAY_HAS(variant, build) && variant->build != nullptr) info.build = variant->build;
    variants.push_back(std::move(info));
  }
  if (variants.empty()) return fail(ErrorKind::kPlugin, "plugin '{}' offers no variant", file);
  return variants;
}

}  // namespace

Result<Library> Library::open(const std::filesystem::path& path) {
  const std::string file = path.filename().string();
  if (!std::filesystem::exists(path)) return fail(ErrorKind::kUsage, "plugin '{}' does not exist", path.string());
  Library library;
  library.path_ = path;
  library.handle_ = ::dlopen(std::filesystem::absolute(path).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library.handle_ == nullptr) {
    return fail(ErrorKind::kUsage, "plugin '{}' cannot be loaded: {}", path.string(), ::dlerror());
  }
  const auto entry = reinterpret_cast<assay_plugin_v1_fn>(::dlsym(library.handle_, ASSAY_PLUGIN_SYMBOL));
  if (entry == nullptr) {
    return fail(ErrorKind::kPlugin, "plugin '{}' does not export {}: it is no Assay plugin, or of another ABI major",
                file, ASSAY_PLUGIN_SYMBOL);
  }
  library.plugin_ = entry();
  ASSAY_CHECK(check_table(library.plugin_, file));
  ASSAY_TRY(library.variants_, describe_all(*library.plugin_, file));
  return library;
}

Library::Library(Library&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)),
      plugin_(std::exchange(other.plugin_, nullptr)),
      path_(std::move(other.path_)),
      variants_(std::move(other.variants_)) {}

Library& Library::operator=(Library&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(plugin_, other.plugin_);
  std::swap(path_, other.path_);
  std::swap(variants_, other.variants_);
  return *this;
}

Library::~Library() {
  if (handle_ != nullptr) ::dlclose(handle_);
}

Result<VariantInfo> Library::variant(const std::string& id) const {
  std::vector<std::string> known;
  for (const VariantInfo& info : variants_) {
    if (info.id == id) return info;
    known.push_back(info.id);
  }
  return fail(ErrorKind::kUsage, "plugin '{}' has no variant '{}'; it has: {}", path_.filename().string(), id,
              fmt::join(known, ", "));
}

Result<std::string> Library::why_unsupported(std::uint32_t index) const {
  assay_error error{};
  error.struct_size = sizeof error;
  const assay_status status = plugin_->probe(index, &error);
  error.message[sizeof error.message - 1] = '\0';
  if (status == ASSAY_OK) return std::string();
  const std::string reason = error.message[0] == '\0' ? "the plugin gave no reason" : error.message;
  if (status == ASSAY_E_UNSUPPORTED) return reason;
  return fail(ErrorKind::kPlugin, "plugin '{}': probe failed: {}", path_.filename().string(), reason);
}

Result<std::vector<std::filesystem::path>> find_modules(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> modules;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".so") modules.push_back(entry.path());
  }
  if (error) {
    return fail(ErrorKind::kUsage, "cannot read plugin folder '{}': {}; build first or give --plugins", folder.string(),
                error.message());
  }
  if (modules.empty()) return fail(ErrorKind::kUsage, "plugin folder '{}' holds no module (*.so)", folder.string());
  std::sort(modules.begin(), modules.end());
  return modules;
}

}  // namespace assay::plugin_host
