#include "harness/store/journal_line.hpp"

#include "harness/core/sha256.hpp"

namespace assay::store {
namespace {

constexpr std::string_view kBefore = R"(,"chain":")";
constexpr std::string_view kBehind = R"("})";
constexpr std::size_t kDigits = 32;
constexpr std::size_t kTail = kBefore.size() + kDigits + kBehind.size();

std::string chain(std::string_view body, const std::string& previous) {
  std::string bytes = previous;
  bytes += body;
  return sha256(std::as_bytes(std::span(bytes))).substr(0, kDigits);
}

}  // namespace

std::string journal_line(std::uint64_t number, const std::string& previous, const char* event, const Json& fields) {
  // Put together as text: a copy of the fields into another object would cost as much as the digest.
  const std::string inner = fields.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string text = fmt::format(R"({{"n":{},"event":"{}")", number, event);
  if (!fields.empty()) text.append(",").append(inner, 1, inner.size() - 2);  // without its braces
  const std::string digest = chain(text, previous);
  text += kBefore;
  text += digest;
  text += kBehind;
  return text;
}

std::optional<std::string> stated_digest(std::string_view line) {
  if (line.size() < kTail) return std::nullopt;
  const std::string_view tail = line.substr(line.size() - kTail);
  const std::string_view digest = tail.substr(kBefore.size(), kDigits);
  const bool shaped = tail.substr(0, kBefore.size()) == kBefore && tail.substr(kTail - kBehind.size()) == kBehind &&
                      digest.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return shaped ? std::optional(std::string(digest)) : std::nullopt;
}

std::string digest_of_line(std::string_view line, const std::string& previous) {
  return chain(line.substr(0, line.size() - std::min(line.size(), kTail)), previous);
}

}  // namespace assay::store
