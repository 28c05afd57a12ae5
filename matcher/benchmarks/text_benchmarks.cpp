// Times per name of everything that is done once per name.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <functional>
#include <string_view>

#include "matcher/benchmarks/benchmarks.hpp"
#include "matcher/phonetic/double_metaphone.hpp"
#include "matcher/text/normalize.hpp"

namespace matcher {
namespace {

using Normalize = void (*)(std::string_view, std::string&);

// The hash of the audited program's join keys.
std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  return hash;
}

// Runs `step` on every name per iteration and reports names per second.
template <typename Step>
void for_each_name(benchmark::State& state, const std::vector<std::string>& names, Step step) {
  for (auto _ : state) {
    for (const std::string& name : names) step(name);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(names.size()));
}

void register_normalize(const char* name, const std::vector<std::string>& names, Normalize normalize) {
  benchmark::RegisterBenchmark(name, [&names, normalize](benchmark::State& state) {
    std::string out;
    for_each_name(state, names, [&](const std::string& text) {
      normalize(text, out);
      benchmark::DoNotOptimize(out.data());
      benchmark::ClobberMemory();
    });
  });
}

template <typename Value>
void register_value(const char* name, const std::vector<std::string>& names, Value value) {
  benchmark::RegisterBenchmark(name, [&names, value](benchmark::State& state) {
    for_each_name(state, names, [&](const std::string& text) { benchmark::DoNotOptimize(value(text)); });
  });
}

}  // namespace

void register_text_benchmarks(const NameSample& sample) {
  register_normalize("normalize_text", sample.raw, normalize_text);
  register_normalize("normalize_simple", sample.raw, normalize_simple);
  register_normalize("normalize_for_phonetic", sample.raw, normalize_for_phonetic);
  register_value("double_metaphone/text", sample.phonetic,
                 [](const std::string& text) { return double_metaphone(text).size(); });
  register_value("double_metaphone/packed", sample.phonetic,
                 [](const std::string& text) { return double_metaphone_code(text); });
  register_value("hash/std", sample.raw, [](const std::string& text) { return std::hash<std::string_view>()(text); });
  register_value("hash/fnv1a", sample.raw, [](const std::string& text) { return fnv1a(text); });
}

}  // namespace matcher
