// How often a test repeats itself.
#pragma once

#include <cstddef>

namespace assay::testing {

// n, or a tenth of it where the build is not optimized or is sanitized: the sanitizers take ten times as long and look
// for other faults than wrong answers.
[[nodiscard]] constexpr std::size_t scaled(std::size_t n) {
#if defined(NDEBUG) && !defined(ASSAY_SANITIZE)
  return n;
#else
  return n / 10;
#endif
}

}  // namespace assay::testing
