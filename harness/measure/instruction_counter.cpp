#include "harness/measure/instruction_counter.hpp"

#include <charconv>
#include <filesystem>

#include "harness/core/files.hpp"

#if __has_include(<valgrind/callgrind.h>)
#define ASSAY_HAS_CALLGRIND 1
#include <valgrind/callgrind.h>
#endif

namespace assay::measure {

std::vector<std::string> callgrind_options(const std::string& output) {
  return {"--tool=callgrind",
          "--quiet",
          "--instr-atstart=no",
          "--separate-threads=no",
          "--combine-dumps=no",
          "--vgdb=no",  // opens no pipes in the temporary folder
          "--callgrind-out-file=" + output};
}

Result<std::int64_t> callgrind_total(std::string_view text) {
  for (const std::string_view key : {"\ntotals: ", "\nsummary: "}) {
    std::int64_t sum = 0;
    bool found = false;
    for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
      std::int64_t value = 0;
      const char* const begin = text.data() + at + key.size();
      if (std::from_chars(begin, text.data() + text.size(), value).ec != std::errc()) continue;
      sum += value;
      found = true;
    }
    if (found) return sum;
  }
  return fail(ErrorKind::kUsage, "callgrind wrote no total");
}

#ifdef ASSAY_HAS_CALLGRIND

Result<InstructionCounter> InstructionCounter::start(std::string output) {
  if (RUNNING_ON_VALGRIND == 0) return fail(ErrorKind::kUsage, "the process does not run under valgrind");
  return InstructionCounter(std::move(output));
}

void InstructionCounter::begin() {
  CALLGRIND_START_INSTRUMENTATION;
  CALLGRIND_ZERO_STATS;
}

Result<std::int64_t> InstructionCounter::end() {
  CALLGRIND_STOP_INSTRUMENTATION;
  CALLGRIND_DUMP_STATS;
  const std::filesystem::path file = output_ + "." + std::to_string(++dumps_);
  ASSAY_TRY(const std::string text, read_file(file));
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  return callgrind_total(text);
}

#else

Result<InstructionCounter> InstructionCounter::start(std::string) {
  return fail(ErrorKind::kUsage, "this program was built without valgrind's header; install valgrind and build again");
}
void InstructionCounter::begin() {}
Result<std::int64_t> InstructionCounter::end() {
  return fail(ErrorKind::kInternal, "an instruction counter without valgrind");
}

#endif

}  // namespace assay::measure
