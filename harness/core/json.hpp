// JSON in and out; finite numbers only, and readers that reject unknown keys.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <type_traits>

#include "harness/core/result.hpp"

namespace assay {

using Json = nlohmann::ordered_json;

// Reads and parses a file. Errors: kUsage, with path, line and column; also if an object has a key twice.
[[nodiscard]] Result<Json> read_json(const std::filesystem::path& path);

// The text that write_json writes: indented by one space, ending in a newline. Errors: kInternal if a number is not
// finite; where names the value.
[[nodiscard]] Result<std::string> json_text(const Json& value, std::string_view where);

// Writes atomically, indented by one space, ending in a newline. Errors: kInternal; also if a number is not finite.
[[nodiscard]] Status write_json(const std::filesystem::path& path, const Json& value);

// Fails (kUsage) unless value is an object that has every required key and no key outside required + optional.
[[nodiscard]] Status check_keys(const Json& value, std::string_view where,
                                std::initializer_list<std::string_view> required,
                                std::initializer_list<std::string_view> optional = {});

// True if value is an integer from lowest to highest.
[[nodiscard]] bool fits(const Json& value, std::int64_t lowest, std::uint64_t highest);

// The value as JSON in one line, cut after 60 characters.
[[nodiscard]] std::string short_text(const Json& value);

// A member of the given type, or an error (kUsage) that names the place, the key and the value found. A number must fit
// the type: -1 is no unsigned number, 2.5 and true are no integers.
template <class T>
[[nodiscard]] Result<T> member(const Json& object, std::string_view where, const char* key) {
  if (!object.contains(key)) return fail(ErrorKind::kUsage, "{}: key '{}' is missing", where, key);
  const Json& value = object.at(key);
  if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    if (!fits(value, std::numeric_limits<T>::lowest(), static_cast<std::uint64_t>(std::numeric_limits<T>::max()))) {
      return fail(ErrorKind::kUsage, "{}: key '{}' cannot be {}; expected an integer from {} to {}", where, key,
                  short_text(value), std::numeric_limits<T>::lowest(), std::numeric_limits<T>::max());
    }
  }
  try {
    return value.get<T>();
  } catch (const Json::exception&) {
    return fail(ErrorKind::kUsage, "{}: key '{}' cannot be {}, which has the wrong type", where, key,
                short_text(value));
  }
}

// null for an empty optional.
template <class T>
[[nodiscard]] Json or_null(const T& optional) {
  return optional ? Json(*optional) : Json(nullptr);
}

}  // namespace assay
