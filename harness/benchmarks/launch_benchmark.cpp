// Cost of one worker: start, load a plugin, map a data set, make the instance, end; and of one sample of a plugin that
// does nothing: as a whole, and the readings of the machine's noise that are part of it.
//
// The data set is people-1m of the cache ($ASSAY_BENCHMARK_DATASET names another); it is made if it is not there.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "harness/cli/arms.hpp"
#include "harness/cli/dataset_cache.hpp"
#include "harness/measure/machine_noise.hpp"
#include "harness/measure/noise.hpp"
#include "harness/plan/workload.hpp"

namespace assay::cli {
namespace {

Result<CaseSetup> make_setup(RunContext& context) {
  const char* const name = std::getenv("ASSAY_BENCHMARK_DATASET");
  ASSAY_TRY(context.home, find_home());
  ASSAY_TRY(context.catalog, read_catalog(context.home.plugins));
  ASSAY_TRY(const plan::Workload workload, plan::read_workload(context.home.workloads() / "persons_birthdates.json"));
  ASSAY_TRY(const auto folder, ensure_dataset(context.home, name == nullptr ? "people-1m" : name, "dirty", 42, true));
  CaseSetup setup;
  setup.context = &context;
  setup.spec.workload = workload.id;
  setup.workload_file = workload.file;
  setup.dataset_folder = folder;
  return setup;
}

void launch_and_end(benchmark::State& state) {
  RunContext context;
  const auto setup = make_setup(context);
  if (!setup) return state.SkipWithError(setup.error().message.c_str());
  const CatalogEntry variant = context.catalog.find("template.birthdate").value();
  for (auto _ : state) {
    auto worker = launch(*setup, variant, WorkerUse::kTimed);
    if (!worker) return state.SkipWithError(worker.error().message.c_str());
    state.PauseTiming();
    static_cast<void>(worker->finish());
    state.ResumeTiming();
  }
}
BENCHMARK(launch_and_end)->Unit(benchmark::kMillisecond)->UseRealTime()->Repetitions(11)->ReportAggregatesOnly();

// All of it is the harness. in_window_ns: the median of what is reported as the plugin's time, two clock reads around
// each of two calls; the rest of a sample lies outside any window, and most of that is two processes that wait for each
// other.
void empty_sample(benchmark::State& state) {
  RunContext context;
  const auto setup = make_setup(context);
  if (!setup) return state.SkipWithError(setup.error().message.c_str());
  const auto nothing = read_catalog(ASSAY_BENCHMARK_PLUGINS);
  if (!nothing) return state.SkipWithError(nothing.error().message.c_str());
  auto worker = launch(*setup, nothing->find("benchmark.nothing").value(), WorkerUse::kTimed);
  if (!worker) return state.SkipWithError(worker.error().message.c_str());
  std::vector<std::int64_t> in_window;
  for (auto _ : state) {
    const auto reply = worker->sample({});
    if (!reply) return state.SkipWithError(reply.error().message.c_str());
    in_window.push_back(reply->prepare_ns + reply->run_ns);
  }
  std::nth_element(in_window.begin(), in_window.begin() + static_cast<std::ptrdiff_t>(in_window.size() / 2),
                   in_window.end());
  state.counters["in_window_ns"] = static_cast<double>(in_window[in_window.size() / 2]);
  isolate::Command many;
  many.iterations = 1000;
  const auto warm = worker->sample(many);
  if (!warm) return state.SkipWithError(warm.error().message.c_str());
  state.counters["in_window_warm_ns"] = static_cast<double>(warm->prepare_ns + warm->run_ns) / many.iterations;
}
BENCHMARK(empty_sample)->Unit(benchmark::kMicrosecond)->UseRealTime()->Repetitions(11)->ReportAggregatesOnly();

// What a sample reads of its process: before and after each iteration.
void process_noise(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(measure::read_noise());
}
BENCHMARK(process_noise)->Unit(benchmark::kMicrosecond)->UseRealTime()->Repetitions(11)->ReportAggregatesOnly();

// What a sample reads of the machine.
void machine_noise(benchmark::State& state) {
  measure::MachineNoiseReader reader(measure::allowed_cpus());
  for (auto _ : state) benchmark::DoNotOptimize(reader.read());
}
BENCHMARK(machine_noise)->Unit(benchmark::kMicrosecond)->UseRealTime()->Repetitions(11)->ReportAggregatesOnly();

}  // namespace
}  // namespace assay::cli
