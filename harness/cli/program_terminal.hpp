// What `assay compare --command` prints: one sentence, one table, what was equal, what to mind.
#pragma once

#include <string>

#include "harness/store/record.hpp"

namespace assay::cli {

// "'B' is 1.32 x [1.29, 1.35] faster than 'A'"; says what it was instead where there is no verdict or no time.
[[nodiscard]] std::string summary_sentence(const store::CaseRecord& record);

// Wall, CPU, user, system and memory of both arms; then control, answers, and the share of the shell.
[[nodiscard]] std::string program_text(const store::CaseRecord& record);

// Why the machine was too disturbed to believe the record, a line; empty if it was not.
[[nodiscard]] std::string disturbed_line(const store::CaseRecord& record);

// In one line, at most so many characters.
[[nodiscard]] std::string short_name(const std::string& command, std::size_t most);

}  // namespace assay::cli
