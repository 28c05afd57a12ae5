#include "tests/harness/store/sample_record.hpp"

#include <array>
#include <cmath>

namespace assay::testing {
namespace {

using store::SampleRecord;

constexpr std::uint32_t kBlocks = 4;

SampleRecord sample(const ArmTimes& times, double factor) {
  SampleRecord record;
  record.prepare_ns = std::llround(times.total_ns * factor / 5);
  record.run_ns = std::llround(times.total_ns * factor) - record.prepare_ns;
  record.collect_ns = 1000;
  record.cpu_ns = std::llround(times.cpu_ns * factor);
  record.run_queue_wait_ns = 0;
  return record;
}

void add_block(store::CaseRecord& record, const RecordShape& shape, std::uint32_t launch, std::uint32_t block) {
  // Factors of the other arms against the baseline, symmetric around 1 in the logarithm.
  static constexpr std::array kPattern{0.0, 1.0, -1.0, 0.5, -0.5};
  const bool swapped = (launch + block) % 2 == 1;
  const std::array order{swapped ? "candidate" : "baseline", swapped ? "baseline" : "candidate", "control"};
  for (std::uint32_t position = 0; position < 6; ++position) {
    const std::size_t pair = (std::size_t{launch} * kBlocks + block) * 2 + position / 3;
    const double spread = std::exp(shape.jitter * kPattern[pair % kPattern.size()]);
    const std::string arm = order[position < 3 ? position : 5 - position];
    const double factor = arm == "baseline" ? 1.0 : spread * (arm == "control" ? shape.control_drift : 1.0);
    SampleRecord taken = sample(arm == "candidate" ? shape.candidate : shape.baseline, factor);
    taken.launch = launch;
    taken.block = block;
    taken.position = position;
    taken.arm = arm;
    record.samples.push_back(std::move(taken));
  }
}

store::ArmRecord arm(const char* variant, std::int64_t allocations) {
  store::ArmRecord record;
  record.variant = variant;
  record.summary = "a variant";
  record.plugin_file = std::string(variant) + ".so";
  record.plugin_sha256 = std::string(64, 'a');
  record.build = "GNU 12.2.0 -O3";
  record.cold = store::ColdTimes{400'000, 1'600'000};
  store::MemoryFigures memory;
  memory.allocations = allocations;
  memory.allocated_bytes = allocations * 64;
  memory.peak_live_bytes = allocations * 16;
  memory.host_allocations = 0;
  memory.host_allocated_bytes = 0;
  memory.peak_rss_bytes = 8'000'000;
  memory.minor_faults = 400;
  memory.major_faults = 0;
  record.memory = memory;
  record.counters = {{"candidates", 12345}};
  return record;
}

}  // namespace

Json sample_environment() {
  return {{"cpu_model", "a processor"},
          {"cores", 2},
          {"memory_bytes", 8'000'000'000},
          {"kernel", "Linux 6.1.0 x86_64"},
          {"libc", "glibc 2.36"},
          {"compiler", "12.2.0"},
          {"clock", "CLOCK_MONOTONIC"},
          {"git_revision", nullptr},
          {"git_dirty", nullptr},
          {"load_average", {0.1, 0.2, 0.3}},
          {"steal_ticks", 0},
          {"governor", nullptr},
          {"hardware_counters", false},
          {"pinned_cpus", {1}}};
}

store::CaseRecord sample_record(const RecordShape& shape) {
  store::CaseRecord record;
  record.id = "persons.match algorithm=A3 threshold=95 people-10k strings.copied..strings.interned";
  record.created_utc = "2026-11-21T09:10:11Z";
  record.command = "assay run quick";
  record.workload = "persons.match";
  record.parameters = {{"algorithm", "A3"}, {"threshold", "95"}};
  record.dataset = {"people-10k", "dirty", 42, "sha256:" + std::string(64, '0'), {{"left", 10'000}, {"right", 10'000}}};
  record.baseline = arm("strings.copied", 1000);
  record.candidate = arm("strings.interned", 400);
  record.equivalence.status = "equal";
  record.equivalence.rows = 11'000;
  record.equivalence.digest = std::string(32, 'f');
  record.equivalence.counts = store::DifferenceCounts{};
  record.design = {42, shape.launches, 0, 0, 5, 1, 8.0};
  for (std::uint32_t launch = 0; launch < shape.launches; ++launch) {
    for (std::uint32_t block = 0; block < kBlocks; ++block) add_block(record, shape, launch, block);
  }
  record.environment = sample_environment();
  return record;
}

}  // namespace assay::testing
