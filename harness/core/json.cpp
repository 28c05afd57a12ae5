#include "harness/core/json.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "harness/core/files.hpp"

namespace assay {
namespace {

// nlohmann writes NaN and infinity as null without a word; "not measured" must be said on purpose, so find them first.
bool all_finite(const Json& value) {
  if (value.is_number_float()) return std::isfinite(value.get<double>());
  if (!value.is_structured()) return true;
  return std::all_of(value.begin(), value.end(), all_finite);
}

// "3:14" for the byte at `offset`, counted from 1 as editors do.
std::string line_and_column(const std::string& text, std::size_t offset) {
  const std::string_view before = std::string_view(text).substr(0, offset);
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("{}:{}", 1 + std::count(before.begin(), before.end(), '\n'), 1 + before.size() - line_begin);
}

// Notes the first key that an object has twice; nlohmann would keep one of the two values without a word.
class DuplicateKeys {
 public:
  bool operator()(int /*depth*/, Json::parse_event_t event, const Json& parsed) {
    if (event == Json::parse_event_t::object_start) open_.emplace_back();
    if (event == Json::parse_event_t::object_end) open_.pop_back();
    if (event == Json::parse_event_t::key && !open_.back().insert(parsed.get<std::string>()).second && !found_) {
      found_ = parsed.get<std::string>();
    }
    return true;
  }
  [[nodiscard]] const std::optional<std::string>& found() const { return found_; }

 private:
  std::vector<std::set<std::string>> open_;  // keys of the objects around the current place
  std::optional<std::string> found_;
};

}  // namespace

Result<Json> read_json(const std::filesystem::path& path) {
  ASSAY_TRY(const std::string text, read_file(path));
  DuplicateKeys duplicates;
  try {
    Json json = Json::parse(text, std::ref(duplicates));
    if (!duplicates.found()) return json;
    return fail(ErrorKind::kUsage, "{}: key '{}' is given twice in one object; remove one", path.string(),
                *duplicates.found());
  } catch (const Json::parse_error& error) {
    const std::size_t offset = std::min(error.byte, text.size() + 1) - 1;
    return fail(ErrorKind::kUsage, "{}:{}: not valid JSON", path.string(), line_and_column(text, offset));
  } catch (const Json::exception& error) {  // a number beyond the range of double
    const std::string_view reason = error.what();
    return fail(ErrorKind::kUsage, "{}: not valid JSON: {}", path.string(), reason.substr(reason.find(']') + 2));
  }
}

Result<std::string> json_text(const Json& value, std::string_view where) {
  if (!all_finite(value)) return fail(ErrorKind::kInternal, "'{}' would hold a number that is not finite", where);
  return value.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Status write_json(const std::filesystem::path& path, const Json& value) {
  ASSAY_TRY(const std::string text, json_text(value, path.string()));
  return write_file_atomically(path, text);
}

bool fits(const Json& value, std::int64_t lowest, std::uint64_t highest) {
  if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= highest;
  if (!value.is_number_integer()) return false;
  const auto number = value.get<std::int64_t>();
  return number >= lowest && (number < 0 || static_cast<std::uint64_t>(number) <= highest);
}

std::string short_text(const Json& value) {
  constexpr std::size_t kMost = 60;
  std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
  if (text.size() > kMost) text.replace(kMost, std::string::npos, "...");
  return text;
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
