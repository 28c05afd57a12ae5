// Error and Result<T>: how every stage reports an expected failure.
#pragma once

#include <fmt/format.h>

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace assay {

// What went wrong, in the classes a caller tells apart; each maps to one exit code (core/exit_code.hpp).
enum class ErrorKind {
  kInternal,       // a defect of ours, or the machine failed us (disk full, no processes)
  kUsage,          // a command, file or key the user gave is wrong
  kPlugin,         // a plugin crashed, hung, ran out of memory or broke the contract
  kResultsDiffer,  // two results that must be equal are not
  kInterrupted,    // the user asked us to stop
};

struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;  // what, where, with which value, what to do next; lower case, one line
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = tl::expected<void, Error>;

// fail(ErrorKind::kUsage, "no suite '{}'; known: {}", key, names)
template <class... Args>
[[nodiscard]] tl::unexpected<Error> fail(ErrorKind kind, fmt::format_string<Args...> format, Args&&... args) {
  return tl::unexpected<Error>(Error{kind, fmt::format(format, std::forward<Args>(args)...)});
}

// Hands an error on unchanged to a function that returns another Result.
template <class T>
[[nodiscard]] tl::unexpected<Error> hand_on(Result<T>& failed) {
  return tl::unexpected<Error>(std::move(failed.error()));
}

}  // namespace assay

// Evaluates a Result<T> expression; on failure returns its error from the enclosing function, else names the value.
#define ASSAY_CONCAT_INNER(a, b) a##b
#define ASSAY_CONCAT(a, b) ASSAY_CONCAT_INNER(a, b)
// NOLINTBEGIN(bugprone-macro-parentheses): a declaration cannot stand in parentheses
#define ASSAY_TRY(declaration, expression)                                                                    \
  auto ASSAY_CONCAT(assay_result_, __LINE__) = (expression);                                                  \
  if (!ASSAY_CONCAT(assay_result_, __LINE__)) return ::assay::hand_on(ASSAY_CONCAT(assay_result_, __LINE__)); \
  declaration = std::move(*ASSAY_CONCAT(assay_result_, __LINE__))
// NOLINTEND(bugprone-macro-parentheses)
#define ASSAY_CHECK(expression)                                             \
  do {                                                                      \
    auto assay_status_result = (expression);                                \
    if (!assay_status_result) return ::assay::hand_on(assay_status_result); \
  } while (false)
