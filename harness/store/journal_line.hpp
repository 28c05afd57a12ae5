// One line of a journal: a JSON object with its number first and, last, a digest that chains it to the line before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "harness/core/json.hpp"

namespace assay::store {

inline constexpr const char* kJournalFormat = "assay-journal/2";

// {"n": number, "event": event, ...fields, "chain": digest} in one line without its newline. The digest is the first
// 128 bits of the SHA-256 over the previous line's digest and everything in this line before ,"chain". So no line can
// change, go or come without its own digest, or that of the line behind it, giving it away. 32 hexadecimal digits;
// empty before the first line. Bytes that are no UTF-8 are replaced.
[[nodiscard]] std::string journal_line(std::uint64_t number, const std::string& previous, const char* event,
                                       const Json& fields);

// The digest at the end of a line as it stands there, right or wrong; nothing if there is none.
[[nodiscard]] std::optional<std::string> stated_digest(std::string_view line);

// The digest that the line should have.
[[nodiscard]] std::string digest_of_line(std::string_view line, const std::string& previous);

}  // namespace assay::store
