// The same work under Google Benchmark: work/0, work/1, ... are named by their percent of extra work.
#include <benchmark/benchmark.h>

#include "tests/noise/work.hpp"

namespace {

void work(benchmark::State& state) {
  std::uint64_t value = 0;
  for ([[maybe_unused]] auto step : state) {
    value = assay::noise::work(value, static_cast<std::uint64_t>(state.range(0)));
    benchmark::DoNotOptimize(value);
  }
}

BENCHMARK(work)->Arg(0)->Arg(1)->Arg(2)->Arg(3)->Arg(5)->Arg(10);

}  // namespace

BENCHMARK_MAIN();
