// Fork-join over numbered chunks.
#include "matcher/parallel/fork_join.hpp"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace matcher {
namespace {

// What the workers of one fork_join share.
struct Work {
  const ChunkBody& body;
  std::size_t chunk_count;
  std::atomic<std::size_t> next_chunk = 0;
  std::mutex failure_lock;
  std::exception_ptr failure;

  void run(unsigned lane) {
    try {
      for (std::size_t chunk = next_chunk++; chunk < chunk_count; chunk = next_chunk++) body(lane, chunk);
    } catch (...) {
      next_chunk = chunk_count;
      const std::lock_guard lock(failure_lock);
      if (!failure) failure = std::current_exception();
    }
  }
};

}  // namespace

void fork_join(unsigned threads, std::size_t chunk_count, const ChunkBody& body) {
  Work work{body, chunk_count, {}, {}, {}};
  {
    const auto wanted = static_cast<unsigned>(std::min<std::size_t>(threads, std::max<std::size_t>(chunk_count, 1)));
    std::vector<std::jthread> workers;
    workers.reserve(wanted - 1);
    for (unsigned lane = 1; lane < wanted; ++lane) workers.emplace_back([&work, lane] { work.run(lane); });
    work.run(0);
  }
  if (work.failure) std::rethrow_exception(work.failure);
}

unsigned available_threads() {
  // The affinity mask, not the machine: a container or taskset may allow fewer cores.
  cpu_set_t cores;
  CPU_ZERO(&cores);
  if (::sched_getaffinity(0, sizeof cores, &cores) == 0) return static_cast<unsigned>(std::max(CPU_COUNT(&cores), 1));
  return std::max(std::thread::hardware_concurrency(), 1U);
}

}  // namespace matcher
