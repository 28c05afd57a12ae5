// assay-worker: runs one variant on one data set under the host's command. Started by assay, not by people.
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <string>

#include "harness/worker/clock_choice.hpp"
#include "harness/worker/fault_handler.hpp"
#include "harness/worker/session.hpp"

namespace {

using namespace assay;
using isolate::Reply;
using isolate::ReplyKind;

bool send_reply(const Reply& reply) {
  return ::send(isolate::kChannelDescriptor, &reply, sizeof reply, MSG_NOSIGNAL) == static_cast<ssize_t>(sizeof reply);
}

// Fails if the program was started by hand.
Result<isolate::WorkerTask> receive_task() {
  std::string text(1 << 16, '\0');
  const ssize_t got = ::recv(isolate::kChannelDescriptor, text.data(), text.size(), 0);
  if (got <= 0) return fail(ErrorKind::kUsage, "assay-worker is started by assay, not by hand; see 'assay --help'");
  text.resize(static_cast<std::size_t>(got));
  return isolate::task_from_text(text);
}

isolate::SharedState* map_shared_state() {
  void* const address = ::mmap(nullptr, sizeof(isolate::SharedState), PROT_READ | PROT_WRITE, MAP_SHARED,
                               isolate::kSharedStateDescriptor, 0);
  return address == MAP_FAILED ? nullptr : static_cast<isolate::SharedState*>(address);
}

// Answers commands until told to finish or the host is gone. Returns false after a failure it has reported.
bool serve(worker::Session& session) {
  isolate::Command command;
  while (::recv(isolate::kChannelDescriptor, &command, sizeof command, 0) == static_cast<ssize_t>(sizeof command)) {
    Reply reply;
    if (command.kind == isolate::CommandKind::kFinish) {
      const auto finished = session.finish();
      if (finished) reply.kind = ReplyKind::kFinished;
      return send_reply(finished ? reply : finished.error()) && finished.has_value();
    }
    const auto sample = session.sample(command);
    if (!sample) {
      send_reply(sample.error());
      return false;
    }
    reply.kind = ReplyKind::kSample;
    reply.sample = *sample;
    if (!send_reply(reply)) return false;
  }
  return true;
}

}  // namespace

int main() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a worker never outlives its host
  const auto task = receive_task();
  isolate::SharedState* const state = task ? map_shared_state() : nullptr;
  if (state == nullptr) {
    std::fprintf(stderr, "%s\n", task ? "cannot map the shared state" : task.error().message.c_str());
    return 2;
  }
  worker::install_fault_handlers(*state);
  const std::unique_ptr<measure::Clock> clock = worker::make_clock(*task);
  auto session = worker::Session::open(*task, *state, *clock);
  if (!session) {
    send_reply(session.error());
    return 1;
  }
  Reply ready;
  ready.kind = ReplyKind::kReady;
  if (!send_reply(ready)) return 1;
  // A plugin that failed may be in any state: leave without running its destructors.
  if (!serve(*session)) ::_exit(1);
  return 0;
}
