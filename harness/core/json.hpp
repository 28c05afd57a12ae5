// JSON in and out; finite numbers only, and readers that reject unknown keys.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string_view>

#include "harness/core/result.hpp"

namespace assay {

using Json = nlohmann::ordered_json;

// Reads and parses a file. Errors: kUsage, with path, line and column.
[[nodiscard]] Result<Json> read_json(const std::filesystem::path& path);

// Writes atomically, indented by one space, ending in a newline. Errors: kInternal; also if a number is not finite.
[[nodiscard]] Status write_json(const std::filesystem::path& path, const Json& value);

// Fails (kUsage) unless value is an object that has every required key and no key outside required + optional.
[[nodiscard]] Status check_keys(const Json& value, std::string_view where,
                                std::initializer_list<std::string_view> required,
                                std::initializer_list<std::string_view> optional = {});

// A member of the given type, or an error (kUsage) that names the place, the key and the type found.
template <class T>
[[nodiscard]] Result<T> member(const Json& object, std::string_view where, const char* key) {
  try {
    return object.at(key).get<T>();
  } catch (const Json::exception&) {
    return fail(ErrorKind::kUsage, "{}: key '{}' is missing or has the wrong type", where, key);
  }
}

// null for an empty optional.
template <class T>
[[nodiscard]] Json or_null(const T& optional) {
  return optional ? Json(*optional) : Json(nullptr);
}

}  // namespace assay
