#include "harness/worker/session.hpp"

#include <fmt/ranges.h>
#include <malloc.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <thread>

#include "harness/equivalence/digest.hpp"
#include "harness/equivalence/result_table.hpp"
#include "harness/measure/memory.hpp"
#include "harness/measure/noise.hpp"
#include "harness/plan/workload.hpp"
#include "harness/worker/fault_handler.hpp"
#include "harness/worker/input.hpp"

namespace assay::worker {
namespace {

using isolate::Fault;
using isolate::Phase;
using isolate::Reply;

// How long a kept result is watched for changes after collect.
constexpr std::chrono::milliseconds kWatch{10};
// Threads may need a moment to leave the kernel's list after a join.
constexpr std::chrono::milliseconds kThreadPatience{200};

tl::unexpected<Reply> give_up(Fault fault, Phase phase, const std::string& message) {
  return tl::unexpected(isolate::failed(fault, phase, message));
}

Fault fault_of(const plugin_host::CallFailure& failure, bool cancelled) {
  switch (failure.status) {
    case ASSAY_E_UNSUPPORTED:
      return Fault::kUnsupported;
    case ASSAY_E_NO_MEMORY:
      return Fault::kOutOfMemory;
    case ASSAY_E_CANCELLED:  // without having been asked it is a status like any other
      return cancelled ? Fault::kCancelled : Fault::kCallFailed;
    default:
      return Fault::kCallFailed;
  }
}

std::size_t thread_count() {
  std::size_t count = 0;
  std::error_code error;
  for (auto entry = std::filesystem::directory_iterator("/proc/self/task", error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    ++count;
  }
  return count;
}

Status apply_limits(const isolate::WorkerTask& task) {
#if !defined(ASSAY_SANITIZE)  // the sanitizers' shadow counts as data
  if (task.memory_limit_bytes > 0) {
    const rlimit limit{task.memory_limit_bytes, task.memory_limit_bytes};
    ::setrlimit(RLIMIT_DATA, &limit);
  }
#endif
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  if (!task.cpus.empty()) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const int cpu : task.cpus) CPU_SET(static_cast<unsigned>(cpu), &set);
    if (::sched_setaffinity(0, sizeof set, &set) != 0) {
      return fail(ErrorKind::kInternal, "cannot run on CPU {}: {}", fmt::join(task.cpus, ", "), std::strerror(errno));
    }
  }
  // First touch of fresh pages is the worst noise there is (docs/measurement.md), so timed workers keep what they
  // freed.
  if (task.keep_freed_memory) {
    ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
    ::mallopt(M_TRIM_THRESHOLD, 2'000'000'000);
  }
  return {};
}

void add_memory(isolate::SampleReply& reply, const plugin_host::Services& services, std::int64_t rss_before) {
  if (const auto counts = measure::read_malloc_counts()) {
    reply.has_malloc_counts = 1;
    reply.allocations = counts->allocations;
    reply.allocated_bytes = counts->allocated_bytes;
    reply.peak_live_bytes = counts->peak_live_bytes;
  }
  if (const auto resident = measure::read_resident()) {
    reply.has_peak_rss = 1;
    reply.peak_rss_bytes = std::max<std::int64_t>(0, resident->peak_bytes - rss_before);
  }
  const plugin_host::ServiceCounts counts = services.counts();
  reply.host_allocations = counts.allocations;
  reply.host_allocated_bytes = counts.allocated_bytes;
  reply.host_peak_bytes = counts.peak_bytes[ASSAY_SPACE_HOST];
  reply.pinned_peak_bytes = counts.peak_bytes[ASSAY_SPACE_PINNED];
  reply.device_peak_bytes = counts.peak_bytes[ASSAY_SPACE_DEVICE];
  for (std::size_t i = 0; i < reply.counters.size(); ++i) reply.counters[i] = counts.counters[i];
}

}  // namespace

Outcome<Session> Session::open(const isolate::WorkerTask& task, isolate::SharedState& state, measure::Clock& clock) {
  if (const Status limited = apply_limits(task); !limited) {
    return give_up(Fault::kUsage, Phase::kStart, limited.error().message);
  }
  Session session(state, clock);
  if (auto loaded = session.load(task); !loaded) return tl::unexpected(loaded.error());
  session.enter(Phase::kIdle);
  return session;
}

Outcome<void> Session::load(const isolate::WorkerTask& task) {
  enter(Phase::kMap);
  const auto workload = plan::read_workload(task.workload_file);
  if (!workload) return give_up(Fault::kUsage, Phase::kMap, workload.error().message);
  contract_ = workload->result;
  auto dataset = datasets::Dataset::open(task.dataset);
  if (!dataset) return give_up(Fault::kUsage, Phase::kMap, dataset.error().message);
  dataset_ = std::make_unique<datasets::Dataset>(std::move(*dataset));
  set_input_ranges(dataset_->mappings());

  counters_ = std::make_unique<ExactCounters>(task);

  enter(Phase::kLoad);
  memory_run_ = !task.keep_freed_memory;
  threads_before_ = thread_count();
  auto library = plugin_host::Library::open(task.plugin);
  if (!library) return give_up(Fault::kUsage, Phase::kLoad, library.error().message);
  library_ = std::make_unique<plugin_host::Library>(std::move(*library));
  const auto variant = library_->variant(task.variant);
  if (!variant) return give_up(Fault::kUsage, Phase::kLoad, variant.error().message);
  const auto reason = library_->why_unsupported(variant->index);
  if (!reason) return give_up(Fault::kCallFailed, Phase::kLoad, reason.error().message);
  if (!reason->empty()) return give_up(Fault::kUnsupported, Phase::kLoad, *reason);

  enter(Phase::kInit);
  services_ = std::make_unique<plugin_host::Services>(state_->cancelled, task.thread_budget, task.cache_folder);
  auto instance = plugin_host::Instance::create(*library_, *variant, *services_, workload->id, task.parameters);
  if (!instance) return refused(instance.error(), Phase::kInit);
  instance_ = std::make_unique<plugin_host::Instance>(std::move(*instance));
  return {};
}

tl::unexpected<Reply> Session::refused(const plugin_host::CallFailure& failure, Phase phase) const {
  const bool cancelled = state_->cancelled.load() != 0;
  const bool unasked = failure.status == ASSAY_E_CANCELLED && !cancelled;
  return give_up(fault_of(failure, cancelled), phase,
                 failure.call + " failed: " + (unasked ? "cancelled, although nobody asked for it" : failure.message));
}

Outcome<isolate::SampleReply> Session::sample(const isolate::Command& command) {
  const bool alter = command.input == isolate::Input::kAltered;
  if (alter != altered_) {
    const auto changed = alter ? alter_input(*dataset_->view()) : restore_input(*dataset_->view());
    if (!changed) return give_up(Fault::kUsage, Phase::kMap, changed.error().message);
    altered_ = alter;
  }
  isolate::SampleReply reply;
  reply.has_run_queue_wait = 1;
  reply.iterations = command.iterations;
  reply.simulated = clock_->simulated() ? 1 : 0;
  clock_->begin_sample(command.number);
  std::int64_t rss_before = 0;
  services_->reset_counts();
  if (memory_run_) {
    static_cast<void>(measure::reset_resident_peak());
    if (const auto resident = measure::read_resident()) rss_before = resident->now_bytes;
    measure::reset_malloc_counts();
  }
  const std::int64_t window_begin = clock_->wall_ns();
  for (std::uint32_t i = 0; i < command.iterations; ++i) {
    auto ran = command.count != 0 ? prepare_and_count(command, reply) : prepare_and_run(command, reply);
    if (!ran) return tl::unexpected(ran.error());
    if (memory_run_) add_memory(reply, *services_, rss_before);
    if (auto done = read_result(command, reply); !done) return tl::unexpected(done.error());
    enter(Phase::kReset);
    instance_->reset();
  }
  reply.window_ns = clock_->wall_ns() - window_begin;
  reply.device_ns = isolate::maybe(services_->counts().device_ns);
  enter(Phase::kIdle);
  return reply;
}

Outcome<void> Session::prepare_and_run(const isolate::Command& command, isolate::SampleReply& reply) {
  const EmptyInput empty(*dataset_->view());
  const assay_dataset* const input = command.input == isolate::Input::kEmpty ? empty.view() : dataset_->view();
  const measure::Noise noise_before = measure::read_noise();
  const std::int64_t cpu_before = clock_->cpu_ns();

  enter(Phase::kPrepare);
  const std::int64_t prepare_begin = clock_->wall_ns();
  const auto prepared = instance_->prepare(input);
  const std::int64_t prepare_end = clock_->wall_ns();
  if (!prepared) return refused(prepared.error(), Phase::kPrepare);

  for (std::uint32_t i = 1; i < command.runs; ++i) {
    enter(Phase::kRun);
    if (auto early = instance_->run(); !early) return refused(early.error(), Phase::kRun);
    enter(Phase::kCollect);
    if (auto early = instance_->collect(); !early) return refused(early.error(), Phase::kCollect);
  }

  enter(Phase::kRun);
  const std::int64_t run_begin = clock_->wall_ns();
  const auto ran = instance_->run();
  const std::int64_t run_end = clock_->wall_ns();
  if (!ran) return refused(ran.error(), Phase::kRun);

  const std::int64_t cpu_after = clock_->cpu_ns();
  const measure::Noise noise = measure::read_noise() - noise_before;
  reply.prepare_ns += prepare_end - prepare_begin;
  reply.run_ns += run_end - run_begin;
  reply.cpu_ns += cpu_after - cpu_before;
  reply.involuntary_switches += noise.involuntary_switches;
  reply.minor_faults += noise.minor_faults;
  reply.major_faults += noise.major_faults;
  if (!noise.run_queue_wait_ns) reply.has_run_queue_wait = 0;
  reply.run_queue_wait_ns += noise.run_queue_wait_ns.value_or(0);
  return {};
}

// Without clocks and readings in between: nothing but the plugin's two calls is counted.
Outcome<void> Session::prepare_and_count(const isolate::Command& command, isolate::SampleReply& reply) {
  const EmptyInput empty(*dataset_->view());
  const assay_dataset* const input = command.input == isolate::Input::kEmpty ? empty.view() : dataset_->view();
  enter(Phase::kPrepare);
  counters_->begin();
  const auto prepared = instance_->prepare(input);
  if (!prepared) return refused(prepared.error(), Phase::kPrepare);
  enter(Phase::kRun);
  const auto ran = instance_->run();
  if (!ran) return refused(ran.error(), Phase::kRun);
  counters_->end(reply);
  return {};
}

Outcome<void> Session::read_result(const isolate::Command& command, isolate::SampleReply& reply) {
  enter(Phase::kCollect);
  const std::int64_t begin = clock_->wall_ns();
  const auto collected = instance_->collect();
  reply.collect_ns += clock_->wall_ns() - begin;
  if (!collected) return refused(collected.error(), Phase::kCollect);

  enter(Phase::kReadResult);
  const auto digest = digest_of(**collected);
  if (!digest) return give_up(Fault::kGarbageResult, Phase::kReadResult, digest.error().message);
  const std::array<std::uint64_t, 2> answer{digest->low, digest->high};
  if (reply.collected++ > 0 && (reply.rows != digest->rows || reply.digest != answer)) reply.answers_differ = 1;
  reply.rows = digest->rows;
  reply.digest = answer;
  return command.keep_result == 0 ? Outcome<void>() : keep_result(**collected, *digest);
}

Outcome<void> Session::keep_result(const assay_table& table, const equivalence::ResultDigest& digest) {
  // What was kept before is replaced.
  if (::ftruncate(isolate::kResultDescriptor, 0) != 0 || ::lseek(isolate::kResultDescriptor, 0, SEEK_SET) != 0) {
    return give_up(Fault::kUsage, Phase::kReadResult, std::string("cannot keep the result: ") + std::strerror(errno));
  }
  const auto view = equivalence::view_result(table, contract_);
  const auto written = view ? equivalence::write_result(isolate::kResultDescriptor, *view)
                            : Result<std::uint64_t>(tl::unexpected(view.error()));
  if (!written) return give_up(Fault::kGarbageResult, Phase::kReadResult, written.error().message);
  std::this_thread::sleep_for(kWatch);
  const auto again = digest_of(table);
  if (!again || *again != digest) {
    return give_up(Fault::kResultChanged, Phase::kReadResult, "the result changed after collect returned it");
  }
  return {};
}

Result<equivalence::ResultDigest> Session::digest_of(const assay_table& table) const {
  ASSAY_TRY(const equivalence::TableView view, equivalence::view_result(table, contract_));
  return equivalence::digest_result(view, contract_);
}

Outcome<void> Session::finish() {
  enter(Phase::kTeardown);
  instance_->close();
  const auto deadline = std::chrono::steady_clock::now() + kThreadPatience;
  std::size_t left = thread_count();
  while (left > threads_before_ && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    left = thread_count();
  }
  if (left > threads_before_) {
    return give_up(Fault::kThreadsLeft, Phase::kTeardown,
                   fmt::format("left {} thread(s) running after teardown", left - threads_before_));
  }
  if (const std::int64_t live = services_->counts().live_bytes[ASSAY_SPACE_HOST]; live != 0) {
    return give_up(Fault::kMemoryLeft, Phase::kTeardown,
                   fmt::format("left {} bytes of host.alloc memory after teardown", live));
  }
  return {};
}

}  // namespace assay::worker
