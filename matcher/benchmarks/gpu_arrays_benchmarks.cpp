// What the host does for a GPU between prepared names and the arrays that kernels read: a million rows a table, 20,000
// keys, all threads of the machine and one.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <random>
#include <span>
#include <vector>

#include "matcher/benchmarks/benchmarks.hpp"
#include "matcher/engine/text_chunks.hpp"
#include "matcher/gpu/engine/packed_blocks.hpp"
#include "matcher/parallel/fork_join.hpp"
#include "matcher/text/utf8.hpp"

namespace matcher {
namespace {

constexpr std::size_t kRows = 1'000'000;
constexpr std::uint64_t kKeys = 20'000;

struct Side {
  TextChunks names{kRows};
  std::vector<std::uint64_t> keys;

  Side(std::span<const std::string> from, std::uint64_t seed) : keys(kRows) {
    std::mt19937_64 random(seed);
    for (std::size_t row = 0; row < kRows; ++row) {
      names.append(row / TextChunks::kRowsPerChunk, from[random() % from.size()]);
      keys[row] = 1 + random() % kKeys;
    }
  }
  [[nodiscard]] gpu::NameSource source() const {
    return {kRows, [this](std::size_t row, std::u32string& buffer) {
              decode_utf8(names[row], buffer);
              return std::u32string_view(buffer);
            }};
  }
};

struct Tables {
  Side left;
  Side right;
};

struct Encoded {
  gpu::EncodedNames left;
  gpu::EncodedNames right;
};

Encoded encode(const Tables& tables, unsigned threads) {
  const gpu::Alphabet alphabet = gpu::Alphabet::of(tables.left.source(), tables.right.source(), threads);
  return {encode_names(tables.left.source(), alphabet, threads),
          encode_names(tables.right.source(), alphabet, threads)};
}

gpu::BlockedRows block(const Tables& tables, const Encoded& encoded, unsigned threads) {
  return gpu::blocked_rows({encoded.left, tables.left.keys}, {encoded.right, tables.right.keys}, 0, threads);
}

// One item is one row. The tables are made when the first of these benchmarks runs, which most runs leave out.
template <typename Step>
void register_step(const std::string& name, const NameSample& sample, Step step) {
  for (const unsigned threads : {1U, available_threads()}) {
    const auto run = [&sample, step, threads](benchmark::State& state) {
      static const auto tables = std::make_unique<const Tables>(Tables{{sample.raw, 1}, {sample.raw, 2}});
      step(state, *tables, threads);
      state.SetItemsProcessed(state.iterations() * std::int64_t{2 * kRows});
    };
    benchmark::RegisterBenchmark((name + "/threads:" + std::to_string(threads)).c_str(), run)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
    if (available_threads() == 1) break;
  }
}

}  // namespace

void register_gpu_arrays_benchmarks(const NameSample& sample) {
  register_step("gpu_arrays/encode", sample, [](benchmark::State& state, const Tables& tables, unsigned threads) {
    for (auto _ : state) benchmark::DoNotOptimize(encode(tables, threads).left.rows.data());
  });
  register_step("gpu_arrays/block", sample, [](benchmark::State& state, const Tables& tables, unsigned threads) {
    const Encoded encoded = encode(tables, threads);
    for (auto _ : state) benchmark::DoNotOptimize(block(tables, encoded, threads).left.data());
  });
  register_step("gpu_arrays/pack", sample, [](benchmark::State& state, const Tables& tables, unsigned threads) {
    const Encoded encoded = encode(tables, threads);
    const gpu::BlockedRows rows = block(tables, encoded, threads);
    for (auto _ : state) {
      const auto packed = gpu::pack_blocks(encoded.left, encoded.right, rows, rows.for_kernels, threads);
      benchmark::DoNotOptimize(packed.left.symbols.data());
    }
  });
}

}  // namespace matcher
