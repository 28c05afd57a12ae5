// The documented exit codes; scripts depend on them, so a number never changes its meaning.
#pragma once

#include "harness/core/result.hpp"

namespace assay {

enum class ExitCode : int {
  kFine = 0,
  kInternal = 1,
  kUsage = 2,
  kRegression = 3,  // of the gate, like 5 and 75
  kResultsDiffer = 4,
  kInconclusive = 5,  // under --strict only
  kPlugin = 6,
  kClaimRefuted = 7,  // under --enforce only
  kContaminated = 75,
  kTimeLimit = 124,
  kInterrupted = 130,
};

[[nodiscard]] constexpr ExitCode exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUsage:
      return ExitCode::kUsage;
    case ErrorKind::kPlugin:
      return ExitCode::kPlugin;
    case ErrorKind::kResultsDiffer:
      return ExitCode::kResultsDiffer;
    case ErrorKind::kInterrupted:
      return ExitCode::kInterrupted;
    case ErrorKind::kInternal:
      break;
  }
  return ExitCode::kInternal;
}

}  // namespace assay
