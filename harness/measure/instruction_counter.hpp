// Counts the instructions a stretch of this process executes, where the process runs under valgrind's callgrind.
//
// Callgrind executes every instruction in software: counts repeat exactly for one thread, whatever else the machine
// does, and need no hardware counter. It knows instruction sets up to AVX2 (x86-64-v3).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/core/result.hpp"

namespace assay::measure {

// Options that make callgrind count nothing until it is told to, and write to output + ".1", ".2", ...
[[nodiscard]] std::vector<std::string> callgrind_options(const std::string& output);

// The sum of all parts of a callgrind file ("totals:" lines, or "summary:"). Errors: kUsage if it holds none.
[[nodiscard]] Result<std::int64_t> callgrind_total(std::string_view text);

class InstructionCounter {
 public:
  // output: as given to callgrind_options. Errors: kUsage if the process does not run under valgrind, or this program
  // was built without its header.
  [[nodiscard]] static Result<InstructionCounter> start(std::string output);

  void begin();
  // Instructions since begin, of all threads, with about a hundred of the two calls themselves.
  // Errors: kUsage if callgrind wrote no total (the folder is full or gone).
  [[nodiscard]] Result<std::int64_t> end();

 private:
  explicit InstructionCounter(std::string output) : output_(std::move(output)) {}
  std::string output_;
  int dumps_ = 0;
};

}  // namespace assay::measure
