// matcher_benchmarks: Google Benchmark on single steps of the engine.
//
// Names come from the persons CSV file in ASSAY_NAMES_CSV (`assay dataset make people-10k --csv DIR` writes one), or,
// when it is not set, from a small built-in list. Flags are Google Benchmark's.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

#include "matcher/benchmarks/benchmarks.hpp"

int main(int argument_count, char** arguments) {
  benchmark::Initialize(&argument_count, arguments);
  if (benchmark::ReportUnrecognizedArguments(argument_count, arguments)) return 2;
  const char* csv = std::getenv("ASSAY_NAMES_CSV");
  const matcher::Result<matcher::NameSample> sample =
      csv != nullptr ? matcher::read_name_sample(csv)
                     : matcher::Result<matcher::NameSample>(matcher::built_in_name_sample());
  if (!sample) {
    std::fprintf(stderr, "matcher_benchmarks: %s\n", sample.error().message.c_str());
    return 2;
  }
  benchmark::AddCustomContext("names", sample->source + ", " + std::to_string(sample->raw.size()) + " full names");
  matcher::register_text_benchmarks(*sample);
  matcher::register_similarity_benchmarks(*sample);
  matcher::register_gpu_arrays_benchmarks(*sample);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
