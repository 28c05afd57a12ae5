// Programs of others that assay starts.
#pragma once

#include <filesystem>
#include <string>

#include "harness/core/result.hpp"

namespace assay::cli {

// One word for the shell, whatever is in it.
[[nodiscard]] std::string shell_word(const std::string& text);

// The first executable of this name in $PATH; empty if there is none.
[[nodiscard]] std::filesystem::path find_program(const std::string& name);

// The Python that can make reports: $PYTHON, else python3, else the system's. Errors: kUsage, saying what to install.
[[nodiscard]] Result<std::string> find_python();

}  // namespace assay::cli
