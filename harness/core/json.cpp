#include "harness/core/json.hpp"

#include <algorithm>
#include <cmath>

#include "harness/core/files.hpp"

namespace assay {
namespace {

// nlohmann writes NaN and infinity as null without a word; "not measured" must be said on purpose, so find them first.
bool all_finite(const Json& value) {
  if (value.is_number_float()) return std::isfinite(value.get<double>());
  if (!value.is_structured()) return true;
  return std::all_of(value.begin(), value.end(), all_finite);
}

}  // namespace

Result<Json> read_json(const std::filesystem::path& path) {
  ASSAY_TRY(const std::string text, read_file(path));
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, text.size()));
    return fail(ErrorKind::kUsage, "{}:{}: not valid JSON near byte {}", path.string(),
                1 + std::count(text.begin(), end, '\n'), error.byte);
  }
}

Status write_json(const std::filesystem::path& path, const Json& value) {
  if (!all_finite(value))
    return fail(ErrorKind::kInternal, "'{}' would hold a number that is not finite", path.string());
  return write_file_atomically(path, value.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

Status check_keys(const Json& value, std::string_view where, std::initializer_list<std::string_view> required,
                  std::initializer_list<std::string_view> optional) {
  if (!value.is_object()) return fail(ErrorKind::kUsage, "{}: expected an object", where);
  for (const std::string_view key : required) {
    if (!value.contains(key)) return fail(ErrorKind::kUsage, "{}: key '{}' is missing", where, key);
  }
  for (const auto& item : value.items()) {
    const auto is_key = [&](std::string_view key) { return key == item.key(); };
    if (std::none_of(required.begin(), required.end(), is_key) &&
        std::none_of(optional.begin(), optional.end(), is_key)) {
      return fail(ErrorKind::kUsage, "{}: unknown key '{}'", where, item.key());
    }
  }
  return {};
}

}  // namespace assay
