#include "harness/isolate/reply_json.hpp"

#include <charconv>

namespace assay::isolate {
namespace {

// Calls visit(name, field) for every number of a reply. A field that is missing here would be lost in the journal, so
// whoever adds one to SampleReply changes this size as well.
template <class Reply, class Visit>
void for_each_number(Reply& reply, Visit visit) {
  static_assert(sizeof(SampleReply) == 576, "a field was added to SampleReply: name it here too");
  visit("iterations", reply.iterations);
  visit("prepare_ns", reply.prepare_ns);
  visit("run_ns", reply.run_ns);
  visit("collect_ns", reply.collect_ns);
  visit("cpu_ns", reply.cpu_ns);
  visit("has_run_queue_wait", reply.has_run_queue_wait);
  visit("run_queue_wait_ns", reply.run_queue_wait_ns);
  visit("involuntary_switches", reply.involuntary_switches);
  visit("minor_faults", reply.minor_faults);
  visit("major_faults", reply.major_faults);
  visit("window_ns", reply.window_ns);
  visit("rows", reply.rows);
  visit("collected", reply.collected);
  visit("answers_differ", reply.answers_differ);
  visit("simulated", reply.simulated);
  visit("has_malloc_counts", reply.has_malloc_counts);
  visit("has_peak_rss", reply.has_peak_rss);
  visit("allocations", reply.allocations);
  visit("allocated_bytes", reply.allocated_bytes);
  visit("peak_live_bytes", reply.peak_live_bytes);
  visit("peak_rss_bytes", reply.peak_rss_bytes);
  visit("host_allocations", reply.host_allocations);
  visit("host_allocated_bytes", reply.host_allocated_bytes);
  visit("host_peak_bytes", reply.host_peak_bytes);
  visit("pinned_peak_bytes", reply.pinned_peak_bytes);
  visit("device_peak_bytes", reply.device_peak_bytes);
}

// The figures that may not be there; what only a counting worker says is no part of the journal.
template <class Reply, class Visit>
void for_each_maybe(Reply& reply, Visit visit) {
  visit("steal_ns", reply.steal_ns);
  visit("cpu_stall_ns", reply.cpu_stall_ns);
  visit("memory_stall_ns", reply.memory_stall_ns);
  visit("io_stall_ns", reply.io_stall_ns);
  visit("device_ns", reply.device_ns);
}

// By the names that to_string writes: the first `count` values of an enumeration, and "unknown", which is what a plugin
// that wrote over the worker's state leaves.
template <class Enum>
Result<Enum> named(const Json& json, const char* key, std::uint32_t count) {
  ASSAY_TRY(const std::string text, member<std::string>(json, "worker_failed", key));
  for (std::uint32_t i = 0; i <= count; ++i) {
    if (text == to_string(static_cast<Enum>(i))) return static_cast<Enum>(i);
  }
  return fail(ErrorKind::kUsage, "worker_failed: {} '{}' is not known", key, text);
}

Status read_digest(const std::string& text, SampleReply& reply) {
  for (std::size_t lane = 0; lane < reply.digest.size(); ++lane) {
    const char* const begin = text.data() + 16 * lane;
    if (text.size() != 32 || std::from_chars(begin, begin + 16, reply.digest[lane], 16).ptr != begin + 16) {
      return fail(ErrorKind::kUsage, "reply: digest '{}' is not 32 hexadecimal digits", text);
    }
  }
  return {};
}

}  // namespace

Json to_json(const SampleReply& reply) {
  Json json;
  for_each_number(reply, [&](const char* name, auto value) {
    if (value != 0) json[name] = value;
  });
  for_each_maybe(reply, [&](const char* name, const MaybeCount& count) {
    if (count.known != 0) json[name] = count.value;
  });
  for (std::size_t i = 0; i < reply.counters.size(); ++i) {
    if (reply.counters[i] != 0) json["counters"] = reply.counters;
  }
  json["digest"] = digest_text(reply);
  return json;
}

Result<SampleReply> reply_from_json(const Json& json) {
  SampleReply reply;
  Status read;
  for_each_number(reply, [&](const char* name, auto& field) {
    if (!json.contains(name) || !read) return;
    auto value = member<std::remove_reference_t<decltype(field)>>(json, "reply", name);
    if (value) {
      field = *value;
    } else {
      read = tl::unexpected(value.error());
    }
  });
  for_each_maybe(reply, [&](const char* name, MaybeCount& count) {
    if (!json.contains(name) || !read) return;
    const auto value = member<std::int64_t>(json, "reply", name);
    if (value) {
      count = {*value, 1};
    } else {
      read = tl::unexpected(value.error());
    }
  });
  ASSAY_CHECK(read);
  if (json.contains("counters")) {
    ASSAY_TRY(const auto counters, member<std::vector<std::uint64_t>>(json, "reply", "counters"));
    for (std::size_t i = 0; i < std::min(counters.size(), reply.counters.size()); ++i) reply.counters[i] = counters[i];
  }
  ASSAY_TRY(const std::string digest, member<std::string>(json, "reply", "digest"));
  ASSAY_CHECK(read_digest(digest, reply));
  return reply;
}

Json to_json(const WorkerFailure& failure) {
  return {{"fault", to_string(failure.fault)}, {"phase", to_string(failure.phase)}, {"message", failure.message}};
}

Result<WorkerFailure> failure_from_json(const Json& json) {
  WorkerFailure failure;
  ASSAY_TRY(failure.fault, named<Fault>(json, "fault", kFaults));
  ASSAY_TRY(failure.phase, named<Phase>(json, "phase", kPhases));
  ASSAY_TRY(failure.message, member<std::string>(json, "worker_failed", "message"));
  return failure;
}

std::string digest_text(const SampleReply& reply) {
  return fmt::format("{:016x}{:016x}", reply.digest[0], reply.digest[1]);
}

}  // namespace assay::isolate
