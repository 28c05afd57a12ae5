#include "harness/cli/catalog.hpp"

#include <fmt/ranges.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

#include "harness/core/json.hpp"
#include "harness/isolate/subprocess.hpp"

namespace assay::cli {
namespace {

constexpr int kLoadPatienceMs = 10'000;

// What the child says: the variants, or the error.
std::string describe_module(const std::filesystem::path& module) {
  const auto library = plugin_host::Library::open(module);
  Json json;
  if (!library) {
    json["error"] = library.error().message;
    json["kind"] = static_cast<int>(library.error().kind);
    return json.dump();
  }
  json["variants"] = Json::array();
  for (const plugin_host::VariantInfo& info : library->variants()) {
    json["variants"].push_back({{"index", info.index},
                                {"id", info.id},
                                {"summary", info.summary},
                                {"workloads", info.workloads},
                                {"needs", info.needs},
                                {"build", info.build}});
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

[[noreturn]] void describe_in_child(const std::filesystem::path& module, int pipe) {
  ::alarm(kLoadPatienceMs / 1000);
  const std::string text = describe_module(module);
  std::size_t sent = 0;
  while (sent < text.size()) {
    const ssize_t written = ::write(pipe, text.data() + sent, text.size() - sent);
    if (written <= 0) break;
    sent += static_cast<std::size_t>(written);
  }
  ::_exit(0);
}

std::string read_all(int pipe) {
  std::string text;
  char buffer[4096];
  for (;;) {
    pollfd ready{pipe, POLLIN, 0};
    if (::poll(&ready, 1, kLoadPatienceMs) <= 0) return text;
    const ssize_t got = ::read(pipe, buffer, sizeof buffer);
    if (got <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
  }
}

Result<std::vector<CatalogEntry>> entries_from(const std::filesystem::path& module, const std::string& text) {
  try {
    const Json json = Json::parse(text);
    if (json.contains("error")) {
      return tl::unexpected(Error{static_cast<ErrorKind>(json["kind"].get<int>()), json["error"].get<std::string>()});
    }
    std::vector<CatalogEntry> entries;
    for (const Json& variant : json["variants"]) {
      entries.push_back({module,
                         {variant["index"].get<std::uint32_t>(), variant["id"].get<std::string>(),
                          variant["summary"].get<std::string>(), variant["workloads"].get<std::vector<std::string>>(),
                          variant["needs"].get<std::vector<std::string>>(), variant["build"].get<std::string>()},
                         std::nullopt});
    }
    return entries;
  } catch (const Json::exception&) {
    return fail(ErrorKind::kPlugin, "plugin '{}' crashed or hung while it was loaded", module.filename().string());
  }
}

}  // namespace

Result<std::vector<CatalogEntry>> read_module(const std::filesystem::path& module) {
  int pipe[2];
  if (::pipe(pipe) != 0) return fail(ErrorKind::kInternal, "cannot make a pipe: {}", std::strerror(errno));
  Descriptor reader(pipe[0]);
  Descriptor writer(pipe[1]);
  const pid_t child = ::fork();
  if (child < 0) return fail(ErrorKind::kInternal, "cannot start a process: {}", std::strerror(errno));
  if (child == 0) describe_in_child(module, writer.get());
  writer.close();
  const std::string text = read_all(reader.get());
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  return entries_from(module, text);
}

Result<CatalogEntry> Catalog::find(const std::string& id) const {
  if (const auto found = variants.find(id); found != variants.end()) return found->second;
  const std::string family = id.substr(0, id.find('.'));
  std::vector<std::string> near;
  std::vector<std::string> all;
  for (const auto& [known, entry] : variants) {
    all.push_back(known);
    if (known.substr(0, known.find('.')) == family) near.push_back(known);
  }
  const std::string why = refused.empty() ? std::string() : fmt::format("; refused: {}", fmt::join(refused, "; "));
  return fail(ErrorKind::kUsage, "no variant '{}'; known: {} (see 'assay list'){}", id,
              fmt::join(near.empty() ? all : near, ", "), why);
}

Result<Catalog> read_catalog(const std::filesystem::path& folder) {
  ASSAY_TRY(const std::vector<std::filesystem::path> modules, plugin_host::find_modules(folder));
  Catalog catalog;
  for (const std::filesystem::path& module : modules) {
    const auto entries = read_module(module);
    if (!entries) {
      catalog.refused.push_back(entries.error().message);
      continue;
    }
    for (const CatalogEntry& entry : *entries) {
      const auto [place, added] = catalog.variants.emplace(entry.info.id, entry);
      if (!added) {
        return fail(ErrorKind::kUsage, "variant '{}' is offered by '{}' and '{}'; remove one", entry.info.id,
                    place->second.module.filename().string(), module.filename().string());
      }
    }
  }
  return catalog;
}

}  // namespace assay::cli
