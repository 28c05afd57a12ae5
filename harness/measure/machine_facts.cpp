#include "harness/measure/machine_facts.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <sstream>

#include "harness/core/files.hpp"
#include "harness/measure/clock.hpp"
#include "harness/measure/machine_noise.hpp"

namespace assay::measure {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> first_line(const fs::path& path) {
  const auto text = read_file(path);
  if (!text) return std::nullopt;
  return text->substr(0, text->find('\n'));
}

template <class T>
std::optional<T> number_in(const std::string& text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

template <class T>
std::optional<T> number_from(const fs::path& path) {
  const auto line = first_line(path);
  return line ? number_in<T>(*line) : std::nullopt;
}

// What follows a key in a text, up to the next space or line end.
std::optional<std::string> word_after(const std::string& text, const std::string& key) {
  const std::size_t at = text.find(key);
  if (at == std::string::npos) return std::nullopt;
  std::istringstream rest(text.substr(at + key.size()));
  std::string word;
  rest >> word;
  return word.empty() ? std::nullopt : std::optional(word);
}

// "some avg10=13.61 ..."
std::optional<double> pressure(const fs::path& path) {
  const auto line = first_line(path);
  const auto word = line && line->rfind("some ", 0) == 0 ? word_after(*line, "avg10=") : std::nullopt;
  return word ? number_in<double>(*word) : std::nullopt;
}

// Version 2 says "200000 100000" or "max 100000"; version 1 has two files, -1 for no limit. In a container both show at
// the root of the mount; outside of one a process's own group may be set tighter, which is read too.
std::optional<double> cpu_quota(const fs::path& root) {
  const fs::path mount = root / "sys/fs/cgroup";
  std::vector<fs::path> groups{mount};
  const auto own = read_file(root / "proc/self/cgroup");
  if (const auto path = own ? word_after(*own, "0::/") : std::nullopt) groups.push_back(mount / *path);
  for (const fs::path& group : groups) {
    const auto line = first_line(group / "cpu.max");
    if (!line) continue;
    std::istringstream words(*line);
    double quota = 0;
    double period = 0;
    if (words >> quota >> period && period > 0) return quota / period;
  }
  const auto quota = number_from<double>(mount / "cpu/cpu.cfs_quota_us");
  const auto period = number_from<double>(mount / "cpu/cpu.cfs_period_us");
  return quota && period && *quota > 0 && *period > 0 ? std::optional(*quota / *period) : std::nullopt;
}

std::optional<bool> turbo(const fs::path& cpu) {
  if (const auto off = number_from<int>(cpu / "intel_pstate/no_turbo")) return *off == 0;
  if (const auto on = number_from<int>(cpu / "cpufreq/boost")) return *on != 0;
  return std::nullopt;
}

// The word in brackets: "always [madvise] never".
std::optional<std::string> chosen_word(const fs::path& path) {
  const auto line = first_line(path);
  if (!line) return std::nullopt;
  const std::size_t begin = line->find('[');
  const std::size_t end = line->find(']');
  if (begin == std::string::npos || end == std::string::npos || end < begin) return std::nullopt;
  return line->substr(begin + 1, end - begin - 1);
}

std::optional<std::int64_t> swap_used(const fs::path& path) {
  const auto text = read_file(path);
  const auto total = text ? word_after(*text, "SwapTotal:") : std::nullopt;
  const auto free = text ? word_after(*text, "SwapFree:") : std::nullopt;
  if (!total || !free) return std::nullopt;
  const auto total_kib = number_in<std::int64_t>(*total);
  const auto free_kib = number_in<std::int64_t>(*free);
  return total_kib && free_kib ? std::optional((*total_kib - *free_kib) * 1024) : std::nullopt;
}

}  // namespace

MachineFacts read_machine_facts(const fs::path& root) {
  const fs::path proc = root / "proc";
  const fs::path cpu = root / "sys/devices/system/cpu";
  MachineFacts facts;
  facts.allowed_cpus = allowed_cpus();
  facts.cpu_quota = cpu_quota(root);
  facts.governor = first_line(cpu / "cpu0/cpufreq/scaling_governor");
  facts.turbo = turbo(cpu);
  if (const auto active = number_from<int>(cpu / "smt/active")) facts.simultaneous_threads = *active != 0;
  facts.address_randomization = number_from<int>(proc / "sys/kernel/randomize_va_space");
  facts.load_average = number_from<double>(proc / "loadavg");
  facts.cpu_pressure = pressure(proc / "pressure/cpu");
  facts.memory_pressure = pressure(proc / "pressure/memory");
  facts.io_pressure = pressure(proc / "pressure/io");
  facts.swap_used_bytes = swap_used(proc / "meminfo");
  facts.transparent_huge_pages = chosen_word(root / "sys/kernel/mm/transparent_hugepage/enabled");
  facts.perf_event_paranoid = number_from<int>(proc / "sys/kernel/perf_event_paranoid");
  facts.clock_source = first_line(root / "sys/devices/system/clocksource/clocksource0/current_clocksource");
  if (const auto line = first_line(proc / "driver/nvidia/version")) {
    facts.nvidia_driver = word_after(*line, "Kernel Module").value_or("unknown version");
  }
  return facts;
}

ClockFacts try_clock() {
  constexpr int kReadings = 20'000;
  SystemClock clock;
  ClockFacts facts{1e9, 1e9};
  std::int64_t last = clock.wall_ns();
  for (int batch = 0; batch < 20; ++batch) {  // the cheapest batch: others may have been interrupted
    const std::int64_t begin = last;
    for (int i = 0; i < kReadings / 20; ++i) {
      const std::int64_t now = clock.wall_ns();
      if (now > last) facts.resolution_ns = std::min(facts.resolution_ns, static_cast<double>(now - last));
      last = now;
    }
    facts.cost_ns = std::min(facts.cost_ns, static_cast<double>(last - begin) / (kReadings / 20.0));
  }
  return facts;
}

std::optional<double> try_steal(std::int64_t wait_ns) {
  const std::vector<int> cpus = allowed_cpus();
  MachineNoiseReader reader(cpus);
  SystemClock clock;
  const MachineNoise before = reader.read();
  const std::int64_t begin = clock.wall_ns();
  const timespec time{wait_ns / 1'000'000'000, wait_ns % 1'000'000'000};
  ::nanosleep(&time, nullptr);
  const auto steal = (reader.read() - before).steal_ns;
  const double all =
      static_cast<double>(clock.wall_ns() - begin) * static_cast<double>(std::max<std::size_t>(1, cpus.size()));
  return steal ? std::optional(static_cast<double>(*steal) / all) : std::nullopt;
}

}  // namespace assay::measure
