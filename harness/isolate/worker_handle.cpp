#include "harness/isolate/worker_handle.hpp"

#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <new>
#include <thread>

namespace assay::isolate {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// How often a waiting host looks at time, memory and output: 20 looks a second cost under 0.1 % of one core.
constexpr milliseconds kLookEvery{50};

Result<std::shared_ptr<SharedState>> map_shared_state(int file) {
  if (::ftruncate(file, sizeof(SharedState)) != 0) return fail(ErrorKind::kInternal, "cannot size the shared state");
  void* const address = ::mmap(nullptr, sizeof(SharedState), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (address == MAP_FAILED) return fail(ErrorKind::kInternal, "cannot map the shared state");
  return std::shared_ptr<SharedState>(new (address) SharedState,
                                      [](SharedState* state) { ::munmap(state, sizeof(SharedState)); });
}

// Resident pages that are not shared with a file, so the mapped data set does not count, wherever it lies; nor does
// memory that a plugin shares with others, which looks like a file on tmpfs.
std::uint64_t private_bytes(pid_t pid) {
  const std::string path = "/proc/" + std::to_string(pid) + "/statm";
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "re"),
                                                   [](FILE* f) { return f ? std::fclose(f) : 0; });
  unsigned long long size = 0;
  unsigned long long resident = 0;
  unsigned long long shared = 0;
  if (!file || std::fscanf(file.get(), "%llu %llu %llu", &size, &resident, &shared) != 3 || shared > resident) return 0;
  return (resident - shared) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::string mebibytes(std::uint64_t bytes) {
  return fmt::format("{} MiB", bytes >> 20);
}

}  // namespace

WorkerResult<WorkerHandle> WorkerHandle::launch(const WorkerTask& task, const LaunchOptions& options) {
  const auto give_up = [](const Error& error) {
    return tl::unexpected(WorkerFailure{Fault::kUsage, Phase::kStart, error.message});
  };
  WorkerHandle handle;
  handle.variant_ = task.variant;
  handle.limits_ = options.limits;
  handle.interrupted_ = options.interrupted;

  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
    return give_up({ErrorKind::kInternal, std::string("cannot make a channel: ") + std::strerror(errno)});
  }
  handle.channel_ = Descriptor(pair[0]);
  Descriptor theirs(pair[1]);
  auto shared_file = make_memory_file("assay-state");
  auto result_file = make_memory_file("assay-result");
  auto output_file = make_memory_file("assay-output");
  if (!shared_file) return give_up(shared_file.error());
  if (!result_file) return give_up(result_file.error());
  if (!output_file) return give_up(output_file.error());
  handle.result_ = std::move(*result_file);
  handle.output_ = std::move(*output_file);
  auto shared = map_shared_state(shared_file->get());
  if (!shared) return give_up(shared.error());
  handle.shared_ = std::move(*shared);

  SubprocessSpec spec;
  spec.program = options.under.empty() ? options.program : std::filesystem::path(options.under.front());
  if (!options.under.empty()) {
    spec.arguments.assign(options.under.begin() + 1, options.under.end());
    spec.arguments.push_back(options.program.string());
  }
  spec.output = handle.output_.get();
  spec.descriptors = {{theirs.get(), kChannelDescriptor},
                      {shared_file->get(), kSharedStateDescriptor},
                      {handle.result_.get(), kResultDescriptor}};
  if (!options.preload.empty()) spec.extra_environment.emplace_back("LD_PRELOAD", options.preload.string());
  auto process = Subprocess::start(spec);
  if (!process) return give_up(process.error());
  handle.process_ = std::make_unique<Subprocess>(std::move(*process));

  const std::string text = to_text(task);
  if (::send(handle.channel_.get(), text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size())) {
    return tl::unexpected(handle.stop(Fault::kExited, "cannot hand the task to the worker"));
  }
  theirs.close();  // so that the worker's death reads as end of file
  auto reply = handle.await_reply();
  if (!reply) return tl::unexpected(reply.error());
  return handle;
}

WorkerResult<SampleReply> WorkerHandle::sample(const Command& command) {
  auto reply = exchange(command);
  if (!reply) return tl::unexpected(reply.error());
  return reply->sample;
}

WorkerResult<void> WorkerHandle::finish() {
  Command command;
  command.kind = CommandKind::kFinish;
  auto reply = exchange(command);
  if (!reply) return tl::unexpected(reply.error());
  const auto deadline = steady_clock::now() + limits_.time;
  const auto interrupted = [this] { return interrupted_ != nullptr && interrupted_->load(); };
  while (!process_->has_ended() && steady_clock::now() < deadline && !interrupted()) {
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  const bool given_up = !process_->has_ended() && interrupted();
  const Ending ending = process_->wait(milliseconds(0));
  if (given_up) return tl::unexpected(WorkerFailure{Fault::kCancelled, Phase::kTeardown, "interrupted in teardown"});
  if (ending.killed) {
    return tl::unexpected(WorkerFailure{Fault::kTimeLimit, Phase::kTeardown, "did not end after teardown"});
  }
  if (ending.signalled || ending.code != 0) {
    return tl::unexpected(
        WorkerFailure{Fault::kSignal, Phase::kTeardown, fmt::format("died while it was unloaded{}", last_output())});
  }
  return {};
}

WorkerResult<Reply> WorkerHandle::exchange(const Command& command) {
  // Short samples come back before await_reply first looks at the flag. The worker is idle: it needs no grace.
  if (interrupted_ != nullptr && interrupted_->load()) {
    static_cast<void>(process_->wait(milliseconds(0)));
    return tl::unexpected(WorkerFailure{Fault::kCancelled, Phase::kIdle, "interrupted"});
  }
  if (::send(channel_.get(), &command, sizeof command, MSG_NOSIGNAL) != static_cast<ssize_t>(sizeof command)) {
    return tl::unexpected(ended_without_reply());
  }
  return await_reply();
}

WorkerResult<Reply> WorkerHandle::await_reply() {
  const auto deadline = steady_clock::now() + limits_.time;
  for (;;) {
    pollfd ready{channel_.get(), POLLIN, 0};
    const int polled = ::poll(&ready, 1, static_cast<int>(kLookEvery.count()));
    if (polled > 0) break;
    // A process that the plugin started may hold the channel open after the worker's end; then no end of file comes.
    if (process_->has_ended() && ::poll(&ready, 1, 0) <= 0) return tl::unexpected(ended_without_reply());
    if (interrupted_ != nullptr && interrupted_->load()) return tl::unexpected(stop(Fault::kCancelled, "interrupted"));
    if (output_exceeded()) {
      return tl::unexpected(stop(
          Fault::kOutputFlood, "wrote more than " + mebibytes(limits_.output_bytes) + " to standard output or error"));
    }
    if (const std::uint64_t used = private_bytes(process_->pid()); used > limits_.memory_bytes) {
      return tl::unexpected(stop(Fault::kOutOfMemory, "used " + mebibytes(used) + " of memory, the limit is " +
                                                          mebibytes(limits_.memory_bytes)));
    }
    if (steady_clock::now() > deadline) {
      return tl::unexpected(stop(Fault::kTimeLimit, fmt::format("did not return within {:.1f} s",
                                                                static_cast<double>(limits_.time.count()) / 1000.0)));
    }
  }
  Reply reply;
  const ssize_t got = ::recv(channel_.get(), &reply, sizeof reply, 0);
  if (got != static_cast<ssize_t>(sizeof reply)) return tl::unexpected(ended_without_reply());
  reply.message[sizeof reply.message - 1] = '\0';
  if (reply.kind == ReplyKind::kFailed) {
    static_cast<void>(process_->wait(limits_.grace));
    const std::string hint = reply.fault == Fault::kSignal ? last_output() : "";
    return tl::unexpected(WorkerFailure{reply.fault, reply.phase, reply.message + hint});
  }
  if (output_exceeded()) {
    return tl::unexpected(stop(Fault::kOutputFlood,
                               "wrote more than " + mebibytes(limits_.output_bytes) + " to standard output or error"));
  }
  return reply;
}

WorkerFailure WorkerHandle::ended_without_reply() {
  const Phase phase = shared_->phase.load();
  const Ending ending = process_->wait(limits_.grace);
  if (ending.signalled) {
    return {Fault::kSignal, phase,
            fmt::format("killed by signal {} in {}{}", ending.code, to_string(phase), last_output())};
  }
  return {Fault::kExited, phase,
          fmt::format("ended the process with exit({}) in {}{}", ending.code, to_string(phase), last_output())};
}

WorkerFailure WorkerHandle::stop(Fault fault, const std::string& message) {
  const Phase phase = shared_->phase.load();
  shared_->cancelled = 1;
  // Who only takes too long may end in order; who floods the output or the memory would go on doing so, and who is idle
  // has nothing to end.
  if ((fault == Fault::kTimeLimit || fault == Fault::kCancelled) && phase != Phase::kIdle) {
    pollfd ready{channel_.get(), POLLIN, 0};
    ::poll(&ready, 1, static_cast<int>(limits_.grace.count()));
  }
  static_cast<void>(process_->wait(milliseconds(0)));
  return {fault, phase, fmt::format("{} in {}", message, to_string(phase))};
}

bool WorkerHandle::output_exceeded() const {
  struct stat info {};
  return ::fstat(output_.get(), &info) == 0 && static_cast<std::uint64_t>(info.st_size) > limits_.output_bytes;
}

// The last line the worker printed, as a hint (an assertion's text, say).
std::string WorkerHandle::last_output() const {
  char text[400];
  struct stat info {};
  if (::fstat(output_.get(), &info) != 0 || info.st_size == 0) return "";
  const off_t from =
      info.st_size > static_cast<off_t>(sizeof text) ? info.st_size - static_cast<off_t>(sizeof text) : 0;
  const ssize_t got = ::pread(output_.get(), text, sizeof text, from);
  if (got <= 0) return "";
  std::string tail(text, static_cast<std::size_t>(got));
  while (!tail.empty() && tail.back() == '\n') tail.pop_back();
  return "; it printed: " + tail.substr(tail.rfind('\n') == std::string::npos ? 0 : tail.rfind('\n') + 1);
}

}  // namespace assay::isolate
