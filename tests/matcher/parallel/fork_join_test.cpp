// Fork-join: every chunk once, lanes in range, exceptions after all threads are joined.
#include "matcher/parallel/fork_join.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace {

using matcher::fork_join;

TEST(ForkJoin, EveryChunk_RunsExactlyOnce) {
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    for (const std::size_t chunks : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{1000}}) {
      std::vector<std::atomic<int>> runs(chunks);
      fork_join(threads, chunks, [&](unsigned, std::size_t chunk) { ++runs[chunk]; });
      for (const auto& count : runs) ASSERT_EQ(count, 1) << threads << " threads, " << chunks << " chunks";
    }
  }
}

TEST(ForkJoin, Lanes_AreBelowTheThreadCountAndNotShared) {
  constexpr unsigned kThreads = 4;
  std::vector<std::atomic<int>> busy(kThreads);
  std::atomic<bool> shared = false;
  fork_join(kThreads, 2000, [&](unsigned lane, std::size_t) {
    ASSERT_LT(lane, kThreads);
    if (busy[lane]++ != 0) shared = true;
    --busy[lane];
  });
  EXPECT_FALSE(shared);
}

TEST(ForkJoin, OneChunkThrows_RestIsNotBegunAndTheErrorArrives) {
  for (const unsigned threads : {1U, 3U}) {
    std::atomic<std::size_t> begun = 0;
    const auto body = [&](unsigned, std::size_t) {
      ++begun;
      throw std::runtime_error("chunk failed");
    };
    EXPECT_THROW(fork_join(threads, 1000000, body), std::runtime_error);
    EXPECT_LE(begun, threads);
  }
}

TEST(ForkJoin, OneLaneThrows_OtherLanesStop) {
  constexpr std::size_t kChunks = 100000000;  // seconds of work if nobody stops
  std::atomic<std::size_t> begun = 0;
  const auto body = [&](unsigned, std::size_t chunk) {
    ++begun;
    if (chunk == 0) throw std::runtime_error("chunk failed");
  };
  EXPECT_THROW(fork_join(2, kChunks, body), std::runtime_error);
  EXPECT_LT(begun, kChunks);
}

TEST(AvailableThreads, IsAtLeastOne) {
  EXPECT_GE(matcher::available_threads(), 1U);
}

}  // namespace
