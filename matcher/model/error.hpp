// Error and Result<T>: how the matcher reports an expected failure.
#pragma once

#include <fmt/format.h>

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace matcher {

enum class ErrorKind {
  kBadInput,   // a file, value or option the user gave is wrong
  kInternal,   // the machine failed us (disk full, out of memory), or a defect of ours
  kCancelled,  // the caller asked us to stop
};

struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;  // what, where, with which value, what to do next; lower case, one line
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = tl::expected<void, Error>;

// fail(ErrorKind::kBadInput, "{}:{}: id '{}' is not a whole number", path, line, text)
template <class... Args>
[[nodiscard]] tl::unexpected<Error> fail(ErrorKind kind, fmt::format_string<Args...> format, Args&&... args) {
  return tl::unexpected<Error>(Error{kind, fmt::format(format, std::forward<Args>(args)...)});
}

// Hands an error on unchanged to a function that returns another Result.
template <class T>
[[nodiscard]] tl::unexpected<Error> hand_on(Result<T>& failed) {
  return tl::unexpected<Error>(std::move(failed.error()));
}

}  // namespace matcher
