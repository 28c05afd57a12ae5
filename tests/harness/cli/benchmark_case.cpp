// A Google Benchmark program to be compared with itself built otherwise: EXTRA_PERCENT more work in some cases.
#include <benchmark/benchmark.h>

#include <cstdint>

namespace {

// A chain of dependent steps: no compiler and no processor makes it shorter.
std::uint64_t work(std::int64_t steps) {
  std::uint64_t value = 88172645463325252ULL;
  for (std::int64_t i = 0; i < steps; ++i) {
    value ^= value << 13;
    value ^= value >> 7;
    value ^= value << 17;
  }
  return value;
}

void same(benchmark::State& state) {
  for ([[maybe_unused]] auto step : state) benchmark::DoNotOptimize(work(state.range(0)));
}

void more(benchmark::State& state) {
  const std::int64_t steps = state.range(0) * (100 + EXTRA_PERCENT) / 100;
  for ([[maybe_unused]] auto step : state) benchmark::DoNotOptimize(work(steps));
}

void threefold(benchmark::State& state) {
  const std::int64_t steps = state.range(0) * (EXTRA_PERCENT > 0 ? 3 : 1);
  for ([[maybe_unused]] auto step : state) benchmark::DoNotOptimize(work(steps));
}

void broken(benchmark::State& state) {
  if (EXTRA_PERCENT > 0) state.SkipWithError("no such table");
  for ([[maybe_unused]] auto step : state) benchmark::DoNotOptimize(work(100));
}

BENCHMARK(same)->Arg(1000);
BENCHMARK(more)->Arg(1000)->Arg(4000);
BENCHMARK(threefold)->Name("three.fold<x>(1+1)")->Arg(1000);  // every sign that means something to a regular expression
BENCHMARK(broken);
#if EXTRA_PERCENT > 0
BENCHMARK(same)->Name("only_new")->Arg(10);
#else
BENCHMARK(same)->Name("only_old")->Arg(10);
#endif

}  // namespace

BENCHMARK_MAIN();
