// Runs numbered chunks of work on several threads and waits for all of them.
#pragma once

#include <cstddef>
#include <functional>

namespace matcher {

// A lane is a worker's number in [0, threads): state that is kept per lane needs no lock.
using ChunkBody = std::function<void(unsigned lane, std::size_t chunk)>;

// Calls body once for each chunk in [0, chunk_count), in any order, on at most `threads` threads, the calling one
// included (lane 0). Returns when all threads it started are joined. If bodies throw, no further chunk begins and the
// first exception is rethrown here. REQUIRES: threads > 0.
void fork_join(unsigned threads, std::size_t chunk_count, const ChunkBody& body);

// Threads this process may use, at least 1.
[[nodiscard]] unsigned available_threads();

}  // namespace matcher
