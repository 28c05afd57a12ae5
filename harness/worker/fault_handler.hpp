// Reports fatal signals of the plugin to the host before the worker dies of them.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "harness/isolate/protocol.hpp"

namespace assay::worker {

// Installs handlers for SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT that send one Failed reply over the channel, then
// die of the signal. A fault at an address inside one of the input ranges is Fault::kInputWritten; one while the host's
// own code reads the result is kGarbageResult; one when no more memory can be had is kOutOfMemory.
// state must outlive the process. Call once.
void install_fault_handlers(const isolate::SharedState& state);

// The mapped input; call after mapping it, on the thread that runs the plugin.
void set_input_ranges(const std::vector<std::span<const std::byte>>& ranges);

}  // namespace assay::worker
