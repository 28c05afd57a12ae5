#include "harness/measure/machine_noise.hpp"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <ctime>

namespace assay::measure {
namespace {

using Text = std::array<char, 16384>;  // the cpu lines of 128 CPUs; what lies behind them is not needed

int open_to_read(const std::filesystem::path& path) {
  return ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
}

// Empty if there is no file, or the kernel refuses (pressure files of a kernel started with psi=0 do).
std::string_view read_text(int file, Text& text) {
  const ssize_t length = file < 0 ? -1 : ::pread(file, text.data(), text.size(), 0);
  return {text.data(), length < 0 ? 0 : static_cast<std::size_t>(length)};
}

std::optional<std::int64_t> number_at(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::optional<std::int64_t> difference(const std::optional<std::int64_t>& later,
                                       const std::optional<std::int64_t>& earlier) {
  if (!later || !earlier) return std::nullopt;
  return std::max<std::int64_t>(0, *later - *earlier);  // steal may step back when a machine has moved
}

std::int64_t monotonic_ns() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

std::int64_t tick_ns() {
  static const std::int64_t ns = 1'000'000'000 / std::max(1L, ::sysconf(_SC_CLK_TCK));
  return ns;
}

}  // namespace

MachineNoise operator-(const MachineNoise& later, const MachineNoise& earlier) {
  return {difference(later.steal_ns, earlier.steal_ns), difference(later.cpu_stall_ns, earlier.cpu_stall_ns),
          difference(later.memory_stall_ns, earlier.memory_stall_ns),
          difference(later.io_stall_ns, earlier.io_stall_ns)};
}

std::optional<std::int64_t> steal_ticks(std::string_view stat, const std::vector<int>& cpus) {
  std::int64_t ticks = 0;
  std::size_t found = 0;
  while (stat.substr(0, 3) == "cpu") {
    const std::string_view whole = stat.substr(0, stat.find('\n'));
    std::string_view line = whole.substr(3);
    stat.remove_prefix(std::min(stat.size(), whole.size() + 1));
    const bool of_all = line.substr(0, 1) == " ";
    const auto cpu = of_all ? std::optional<std::int64_t>(-1) : number_at(line);
    if (of_all != cpus.empty()) continue;
    if (!of_all && (!cpu || std::find(cpus.begin(), cpus.end(), *cpu) == cpus.end())) continue;
    std::optional<std::int64_t> field;
    for (int i = 0; i < 8; ++i) field = number_at(line);
    if (!field) return std::nullopt;
    ticks += *field;
    ++found;
  }
  return found == std::max<std::size_t>(1, cpus.size()) ? std::optional(ticks) : std::nullopt;
}

std::optional<std::int64_t> stall_ns(std::string_view pressure) {
  constexpr std::string_view kTotal = "total=";
  if (pressure.substr(0, 5) != "some ") return std::nullopt;
  const std::string_view line = pressure.substr(0, pressure.find('\n'));
  const std::size_t at = line.find(kTotal);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view rest = line.substr(at + kTotal.size());
  const auto microseconds = number_at(rest);
  return microseconds ? std::optional(*microseconds * 1000) : std::nullopt;
}

MachineNoiseReader::MachineNoiseReader(std::vector<int> cpus, const std::filesystem::path& proc)
    : cpus_(std::move(cpus)),
      stat_(open_to_read(proc / "stat")),
      cpu_(open_to_read(proc / "pressure" / "cpu")),
      memory_(open_to_read(proc / "pressure" / "memory")),
      io_(open_to_read(proc / "pressure" / "io")) {
  std::int64_t cheapest = kDearestStealNs + 1;  // of three, so that a pause between two lines does not decide
  for (int i = 0; i < 3 && stat_ >= 0; ++i) {
    const std::int64_t begin = monotonic_ns();
    static_cast<void>(read_steal());
    cheapest = std::min(cheapest, monotonic_ns() - begin);
  }
  if (stat_ >= 0 && cheapest > kDearestStealNs) {
    ::close(stat_);
    stat_ = -1;
  }
}

MachineNoiseReader::~MachineNoiseReader() {
  for (const int file : {stat_, cpu_, memory_, io_}) {
    if (file >= 0) ::close(file);
  }
}

std::optional<std::int64_t> MachineNoiseReader::read_steal() const {
  Text text;
  const auto ticks = steal_ticks(read_text(stat_, text), cpus_);
  return ticks ? std::optional(*ticks * tick_ns()) : std::nullopt;
}

MachineNoise MachineNoiseReader::read() {
  const std::int64_t now_ns = monotonic_ns();
  if (steal_read_at_ns_ == 0 || now_ns - steal_read_at_ns_ >= tick_ns()) {
    steal_ns_ = read_steal();
    steal_read_at_ns_ = now_ns;
  }
  Text text;
  MachineNoise noise;
  noise.steal_ns = steal_ns_;
  noise.cpu_stall_ns = stall_ns(read_text(cpu_, text));
  noise.memory_stall_ns = stall_ns(read_text(memory_, text));
  noise.io_stall_ns = stall_ns(read_text(io_, text));
  return noise;
}

void MachineNoiseLaps::read() {
  last_ = reader_.read();
  read_at_ns_ = monotonic_ns();
}

void MachineNoiseLaps::begin() {
  if (!read_at_ns_ || monotonic_ns() - *read_at_ns_ > fresh_ns_) read();
}

MachineNoise MachineNoiseLaps::end() {
  const MachineNoise before = last_;
  read();
  return last_ - before;
}

std::vector<int> allowed_cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<int> cpus;
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(static_cast<unsigned>(cpu), &set)) cpus.push_back(cpu);
  }
  return cpus;
}

}  // namespace assay::measure
