#include "harness/measure/environment.hpp"

#include <gnu/libc-version.h>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <sstream>
#include <string>

#include "harness/core/files.hpp"

namespace assay::measure {
namespace {

std::optional<std::string> first_line_after(const std::filesystem::path& path, const std::string& key) {
  const auto text = read_file(path);
  if (!text) return std::nullopt;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(key, 0) != 0) continue;
    const std::size_t begin = line.find_first_not_of(" \t:", key.size());
    return begin == std::string::npos ? std::string() : line.substr(begin);
  }
  return std::nullopt;
}

// Output of a command without its last newline; nullopt if it failed.
std::optional<std::string> output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), [](FILE*) { return 0; });
  if (!pipe) return std::nullopt;
  std::string text;
  char buffer[256];
  while (std::fgets(buffer, sizeof buffer, pipe.get()) != nullptr) text += buffer;
  if (::pclose(pipe.get()) != 0) return std::nullopt;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

// One word for the shell, whatever is in it.
std::string quoted(const std::string& text) {
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

Json git_facts(const std::filesystem::path& folder) {
  const std::string git = "git -C " + quoted(folder.string()) + " ";
  const auto revision = output_of(git + "rev-parse HEAD 2>/dev/null");
  const auto changes = output_of(git + "status --porcelain --untracked-files=no 2>/dev/null");
  return {{"revision", or_null(revision)}, {"dirty", changes ? Json(!changes->empty()) : Json(nullptr)}};
}

// Steal is the eighth number of the first line of /proc/stat (man 5 proc).
std::optional<long long> steal_ticks() {
  const auto text = first_line_after("/proc/stat", "cpu ");
  long long value[8] = {};
  if (!text || std::sscanf(text->c_str(), "%lld %lld %lld %lld %lld %lld %lld %lld", &value[0], &value[1], &value[2],
                           &value[3], &value[4], &value[5], &value[6], &value[7]) != 8) {
    return std::nullopt;
  }
  return value[7];
}

}  // namespace

bool has_hardware_counters() {
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.size = sizeof attributes;
  attributes.config = PERF_COUNT_HW_INSTRUCTIONS;
  attributes.exclude_kernel = 1;
  const long file = ::syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0);
  if (file < 0) return false;
  ::close(static_cast<int>(file));
  return true;
}

Json read_environment(const std::filesystem::path& source_folder) {
  utsname kernel{};
  ::uname(&kernel);
  double load[3] = {};
  const bool has_load = ::getloadavg(load, 3) == 3;
  const Json git = git_facts(source_folder);
  Json environment;
  environment["cpu_model"] = or_null(first_line_after("/proc/cpuinfo", "model name"));
  environment["cores"] = ::sysconf(_SC_NPROCESSORS_ONLN);
  environment["memory_bytes"] = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE);
  environment["kernel"] = std::string(kernel.sysname) + " " + kernel.release + " " + kernel.machine;
  environment["libc"] = std::string("glibc ") + ::gnu_get_libc_version();
  environment["compiler"] = __VERSION__;
  environment["clock"] = "CLOCK_MONOTONIC";
  environment["git_revision"] = git["revision"];
  environment["git_dirty"] = git["dirty"];
  environment["load_average"] = has_load ? Json(load) : Json(nullptr);
  environment["steal_ticks"] = or_null(steal_ticks());
  environment["governor"] = or_null(first_line_after("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", ""));
  environment["hardware_counters"] = has_hardware_counters();
  return environment;
}

}  // namespace assay::measure
