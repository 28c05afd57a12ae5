// The order of work in the fake runtime.
#include "tests/matcher/gpu/device/fake_device.hpp"

#include <algorithm>
#include <utility>

namespace matcher::gpu::fake {

Handle Device::create_stream() {
  last_handle_ += 16;
  streams_[last_handle_];
  return last_handle_;
}

void Device::destroy_stream(Handle stream) {
  finish(stream);
  streams_.erase(stream);
}

void Device::enqueue(Handle stream, Operation operation) {
  Queue& queue = streams_.at(stream);
  if (queue.capture) {
    queue.capture->push_back(std::move(operation));
  } else {
    queue.queue.push_back(std::move(operation));
  }
}

Handle Device::create_event() {
  last_handle_ += 16;
  events_[last_handle_];
  return last_handle_;
}

void Device::record(Handle event, Handle stream) {
  EventState& state = events_.at(event);
  state.stream = stream;
  Operation operation;
  operation.marks = event;
  operation.mark = ++state.recorded;
  enqueue(stream, std::move(operation));
}

void Device::wait_in(Handle stream, Handle event) {
  Operation operation;
  operation.waits_for = event;
  operation.waits_for_mark = events_.at(event).recorded;
  enqueue(stream, std::move(operation));
}

bool Device::reached(Handle event) const {
  const EventState& state = events_.at(event);
  return state.done == state.recorded;
}

void Device::finish_event(Handle event) {
  EventState& state = events_.at(event);
  while (state.done != state.recorded) {
    Queue& queue = streams_.at(state.stream);
    if (queue.queue.empty()) return;
    if (!eligible(queue)) finish_event(queue.queue.front().waits_for);
    run_first(queue);
  }
}

void Device::begin_capture(Handle stream) {
  streams_.at(stream).capture.emplace();
  streams_.at(stream).invalid = false;
}

bool Device::capturing_any() const {
  return std::any_of(streams_.begin(), streams_.end(),
                     [](const auto& entry) { return entry.second.capture.has_value(); });
}

std::optional<std::vector<Operation>> Device::end_capture(Handle stream) {
  Queue& queue = streams_.at(stream);
  std::optional<std::vector<Operation>> captured = std::exchange(queue.capture, std::nullopt);
  if (std::exchange(queue.invalid, false)) return std::nullopt;
  return captured;
}

void Device::finish(Handle stream) {
  Queue& queue = streams_.at(stream);
  while (!queue.queue.empty()) {
    if (!eligible(queue)) finish_event(queue.queue.front().waits_for);
    run_first(queue);
  }
}

void Device::finish_all() {
  for (auto& [stream, queue] : streams_) finish(stream);
}

void Device::let_run(double chance) {
  if (std::uniform_real_distribution<double>(0, 1)(random_) >= chance) return;
  std::vector<Queue*> ready;
  for (auto& [stream, queue] : streams_) {
    if (!queue.queue.empty() && eligible(queue)) ready.push_back(&queue);
  }
  if (!ready.empty()) run_first(*ready[random_() % ready.size()]);
}

void Device::let_copy_run() {
  for (auto& [stream, queue] : streams_) {
    if (queue.busy || queue.queue.empty() || queue.queue.front().is_kernel || !eligible(queue)) continue;
    return run_first(queue);
  }
}

void Device::drop_all() {
  for (auto& [stream, queue] : streams_) {
    for (const Operation& operation : queue.queue) {
      if (operation.frees) operation.run();
    }
    queue.queue.clear();
    queue.capture.reset();
    queue.busy = false;
  }
}

std::size_t Device::queued() const {
  std::size_t count = 0;
  for (const auto& [stream, queue] : streams_) {
    for (const Operation& operation : queue.queue) count += operation.run && !operation.frees;
  }
  return count;
}

bool Device::eligible(const Queue& queue) const {
  const Operation& first = queue.queue.front();
  if (first.waits_for == 0) return true;
  const auto event = events_.find(first.waits_for);
  return event == events_.end() || event->second.done >= first.waits_for_mark;
}

void Device::run_first(Queue& queue) {
  const Operation operation = std::move(queue.queue.front());
  queue.queue.pop_front();
  ++steps_;
  queue.busy = true;
  if (operation.run) operation.run();  // if it throws the runtime drops all queues
  queue.busy = false;
  const auto event = events_.find(operation.marks);
  if (event != events_.end()) {
    event->second.done = operation.mark;
    event->second.reached_at = steps_;
  }
}

}  // namespace matcher::gpu::fake
