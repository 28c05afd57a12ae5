#include "harness/isolate/protocol.hpp"

#include <cstdio>
#include <iterator>

namespace assay::isolate {

namespace {

// Phase and fault come from memory that a plugin may have overwritten.
template <std::size_t N>
const char* name_at(const char* const (&names)[N], std::uint32_t index) {
  return index < N ? names[index] : "unknown";
}

}  // namespace

const char* to_string(Phase phase) {
  static constexpr const char* kNames[] = {"start",   "load",        "map",   "init",     "prepare", "run",
                                           "collect", "read result", "reset", "teardown", "idle"};
  static_assert(std::size(kNames) == kPhases);
  return name_at(kNames, static_cast<std::uint32_t>(phase));
}

const char* to_string(Fault fault) {
  static constexpr const char* kNames[] = {"none",           "unsupported",    "usage",        "call failed",
                                           "out of memory",  "cancelled",      "signal",       "input written",
                                           "garbage result", "result changed", "threads left", "memory left",
                                           "output flood",   "exited",         "time limit"};
  static_assert(std::size(kNames) == kFaults);
  return name_at(kNames, static_cast<std::uint32_t>(fault));
}

std::string to_text(const WorkerTask& task) {
  Json json;
  json["plugin"] = task.plugin;
  json["variant"] = task.variant;
  json["dataset"] = task.dataset;
  json["workload_file"] = task.workload_file;
  json["parameters"] = task.parameters;
  json["thread_budget"] = task.thread_budget;
  json["memory_limit_bytes"] = task.memory_limit_bytes;
  json["cpus"] = task.cpus;
  json["keep_freed_memory"] = task.keep_freed_memory;
  json["label"] = task.label;
  json["count_syscalls"] = task.count_syscalls;
  json["callgrind_output"] = task.callgrind_output;
  json["cache_folder"] = task.cache_folder;
  return json.dump();
}

Result<WorkerTask> task_from_text(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    WorkerTask task;
    json.at("plugin").get_to(task.plugin);
    json.at("variant").get_to(task.variant);
    json.at("dataset").get_to(task.dataset);
    json.at("workload_file").get_to(task.workload_file);
    json.at("parameters").get_to(task.parameters);
    json.at("thread_budget").get_to(task.thread_budget);
    json.at("memory_limit_bytes").get_to(task.memory_limit_bytes);
    json.at("cpus").get_to(task.cpus);
    json.at("keep_freed_memory").get_to(task.keep_freed_memory);
    json.at("label").get_to(task.label);
    json.at("count_syscalls").get_to(task.count_syscalls);
    json.at("callgrind_output").get_to(task.callgrind_output);
    json.at("cache_folder").get_to(task.cache_folder);
    return task;
  } catch (const Json::exception& error) {
    return fail(ErrorKind::kInternal, "worker task cannot be read: {}", error.what());
  }
}

Reply failed(Fault fault, Phase phase, const std::string& message) {
  Reply reply;
  reply.fault = fault;
  reply.phase = phase;
  std::snprintf(reply.message, sizeof reply.message, "%s", message.c_str());
  return reply;
}

}  // namespace assay::isolate
