// Streams, events and graphs of the fake runtime: queues of work that only waiting, asking or chance carries out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <vector>

namespace matcher::gpu::fake {

using Handle = std::uintptr_t;  // what a cudaStream_t, cudaEvent_t, ... holds; 0 is the default stream

struct Operation {
  std::function<void()> run;         // may be empty: a mark of an event
  Handle waits_for = 0;              // an event, or
  std::uint64_t waits_for_mark = 0;  // ... that mark of it
  Handle marks = 0;                  // an event that is reached when the operation is done
  std::uint64_t mark = 0;
  bool is_kernel = false;
  bool frees = false;  // done even when the device is lost: its memory is gone, too
};

class Device {
 public:
  explicit Device(std::uint64_t seed) : random_(seed) { streams_[0]; }

  [[nodiscard]] Handle create_stream();
  [[nodiscard]] bool has_stream(Handle stream) const { return streams_.count(stream) != 0; }
  void destroy_stream(Handle stream);  // does its queued work first
  // Into the queue, or into the graph that the stream captures.
  void enqueue(Handle stream, Operation operation);
  [[nodiscard]] bool idle(Handle stream) const { return streams_.at(stream).queue.empty(); }

  [[nodiscard]] Handle create_event();
  [[nodiscard]] bool has_event(Handle event) const { return events_.count(event) != 0; }
  void destroy_event(Handle event) { events_.erase(event); }
  void record(Handle event, Handle stream);
  void wait_in(Handle stream, Handle event);
  [[nodiscard]] bool reached(Handle event) const;
  void finish_event(Handle event);
  [[nodiscard]] std::uint64_t time_of(Handle event) const { return events_.at(event).reached_at; }

  void begin_capture(Handle stream);
  [[nodiscard]] bool capturing(Handle stream) const { return streams_.at(stream).capture.has_value(); }
  [[nodiscard]] bool capturing_any() const;
  void invalidate_capture(Handle stream) { streams_.at(stream).invalid = true; }
  [[nodiscard]] std::optional<std::vector<Operation>> end_capture(Handle stream);  // nothing: it was invalidated

  void finish(Handle stream);
  void finish_all();
  void let_run(double chance);               // one operation of a random stream, with this chance
  void let_copy_run();                       // one beside the kernel that runs and sleeps, from another stream
  void drop_all();                           // the device is lost
  [[nodiscard]] std::size_t queued() const;  // operations that still read or write memory
  [[nodiscard]] std::size_t live_streams() const { return streams_.size() - 1; }
  [[nodiscard]] std::size_t live_events() const { return events_.size(); }

 private:
  struct Queue {
    std::deque<Operation> queue;
    std::optional<std::vector<Operation>> capture;
    bool invalid = false;
    bool busy = false;  // its first operation is being carried out, and no longer in the queue
  };
  struct EventState {
    std::uint64_t recorded = 0;  // marks put into streams
    std::uint64_t done = 0;
    std::uint64_t reached_at = 0;
    Handle stream = 0;
  };
  [[nodiscard]] bool eligible(const Queue& queue) const;
  void run_first(Queue& queue);

  std::mt19937_64 random_;
  Handle last_handle_ = 0x1000;
  std::uint64_t steps_ = 0;
  std::map<Handle, Queue> streams_;
  std::map<Handle, EventState> events_;
};

}  // namespace matcher::gpu::fake
