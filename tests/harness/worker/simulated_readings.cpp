// The clock, noise and memory of assay-worker-simulated: figures made up from the worker's label and the number of the
// command, so that two runs, or a run and its resumption, can be compared byte by byte. Every reply says "simulated".
#include <string>

#include "harness/measure/clock.hpp"
#include "harness/measure/memory.hpp"
#include "harness/measure/noise.hpp"
#include "harness/worker/clock_choice.hpp"

namespace assay::worker {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

// FNV-1a: the same on every machine, which std::hash is not.
std::uint64_t hash(const std::string& text) {
  std::uint64_t value = 0xcbf29ce484222325ULL;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return value;
}

// 1 to 3 milliseconds by variant, give or take 2 % by launch, arm, command and window.
class SimulatedClock final : public measure::Clock {
 public:
  explicit SimulatedClock(const isolate::WorkerTask& task)
      : base_ns_(1'000'000 + static_cast<std::int64_t>(mix(hash(task.variant)) % 2'000'000)),
        label_(hash(task.variant + "|" + task.label)) {}

  // Each read is later than the one before by an invented time.
  std::int64_t wall_ns() override {
    const std::uint64_t drawn = mix(label_ ^ mix(std::uint64_t{number_} << 32 | ++reads_));
    now_ns_ += base_ns_ + base_ns_ / 50 * static_cast<std::int64_t>(drawn % 2001) / 1000 - base_ns_ / 50;
    return now_ns_;
  }
  std::int64_t cpu_ns() override { return now_ns_; }
  void begin_sample(std::uint32_t number) override {
    number_ = number;
    reads_ = 0;
  }
  [[nodiscard]] bool simulated() const override { return true; }

 private:
  std::int64_t base_ns_;
  std::uint64_t label_;
  std::int64_t now_ns_ = 0;
  std::uint32_t number_ = 0;
  std::uint32_t reads_ = 0;
};

}  // namespace

std::unique_ptr<measure::Clock> make_clock(const isolate::WorkerTask& task) {
  return std::make_unique<SimulatedClock>(task);
}

}  // namespace assay::worker

// What the real readings would add from outside: nothing.
namespace assay::measure {

Noise read_noise() {
  return {0, 0, 0, 0};
}

Noise operator-(const Noise& /*later*/, const Noise& /*earlier*/) {
  return {0, 0, 0, 0};
}

std::optional<ResidentMemory> read_resident() {
  return ResidentMemory{1 << 20, 2 << 20};
}

bool reset_resident_peak() {
  return true;
}

std::optional<assay_malloc_counts> read_malloc_counts() {
  return assay_malloc_counts{1000, 64'000, 0, 16'000, 0};
}

void reset_malloc_counts() {}

}  // namespace assay::measure
