// Runs independent pieces of work on a few threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <thread>
#include <vector>

namespace assay::datasets {

// Calls work(index) once for every index below count, on up to `threads` threads, the calling one included. Rethrows
// the first exception after all threads have ended; the rest of the work is then left out.
template <class Work>
void for_each_index(std::uint64_t count, unsigned threads, const Work& work) {
  std::atomic<std::uint64_t> next{0};
  std::atomic<bool> failed{false};
  std::exception_ptr error;
  const auto run = [&] {
    try {
      for (std::uint64_t index = next++; index < count; index = next++) work(index);
    } catch (...) {
      next = count;
      if (!failed.exchange(true)) error = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::uint64_t other = 1; other < threads && other < count; ++other) others.emplace_back(run);
    run();
  }
  if (error) std::rethrow_exception(error);
}

}  // namespace assay::datasets
