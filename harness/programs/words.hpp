// A command as typed, split into words without a shell, and the question whether it needs one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/core/result.hpp"

namespace assay::programs {

// Splits at blanks; quotes and backslashes mean what they mean to a POSIX shell (Shell Command Language, 2.2), nothing
// else is special. Errors: kUsage for an open quote or a command without a word.
[[nodiscard]] Result<std::vector<std::string>> split_words(std::string_view command);

// True if a shell would do more than split the command into words: pipes, redirections, variables, patterns, lists,
// comments, or a variable set in front.
[[nodiscard]] bool needs_shell(std::string_view command);

}  // namespace assay::programs
