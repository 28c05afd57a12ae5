#include "harness/programs/words.hpp"

namespace assay::programs {
namespace {

constexpr std::string_view kBlanks = " \t\n";
constexpr std::string_view kShellOnly = "|&;<>()$`*?[]{}~#!\n";

// Where a character stands: inside which quotes, and whether a backslash stands before it.
class Quoting {
 public:
  // Takes the next character; returns true if it is quoting and no part of the word.
  bool take(char c) {
    escaped_now_ = false;
    if (escaped_) {
      escaped_ = false;
      escaped_now_ = true;
      return false;
    }
    if (c == '\\' && quote_ != '\'') return escaped_ = true;
    if (quote_ == 0 && (c == '\'' || c == '"')) return (quote_ = c) != 0;
    if (quote_ != 0 && c == quote_) return (quote_ = 0) == 0;
    return false;
  }
  [[nodiscard]] bool plain() const { return quote_ == 0 && !escaped_now_; }
  [[nodiscard]] bool in_double_quotes() const { return quote_ == '"' && !escaped_now_; }
  [[nodiscard]] bool escaped_in_double_quotes() const { return quote_ == '"' && escaped_now_; }
  [[nodiscard]] bool open() const { return quote_ != 0 || escaped_; }

 private:
  char quote_ = 0;
  bool escaped_ = false;
  bool escaped_now_ = false;
};

// "NAME=value" in front of a command sets a variable.
bool is_assignment(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  if (word[0] >= '0' && word[0] <= '9') return false;
  for (const char c : word.substr(0, equals)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const bool digit = c >= '0' && c <= '9';
    if (!letter && !digit) return false;
  }
  return true;
}

}  // namespace

Result<std::vector<std::string>> split_words(std::string_view command) {
  std::vector<std::string> words;
  Quoting quoting;
  bool inside = false;
  for (const char c : command) {
    const bool is_quoting = quoting.take(c);
    if (!is_quoting && quoting.plain() && kBlanks.find(c) != std::string_view::npos) {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    inside = true;
    if (is_quoting) continue;
    // Inside double quotes a backslash quotes only these; before anything else it stands for itself.
    const bool quotable = std::string_view("$`\"\\\n").find(c) != std::string_view::npos;
    if (quoting.escaped_in_double_quotes() && !quotable) words.back() += '\\';
    words.back() += c;
  }
  if (quoting.open()) return fail(ErrorKind::kUsage, "command '{}' ends inside a quotation", command);
  if (words.empty()) return fail(ErrorKind::kUsage, "the command '{}' holds no word", command);
  return words;
}

bool needs_shell(std::string_view command) {
  Quoting quoting;
  for (const char c : command) {
    if (quoting.take(c)) continue;
    if (quoting.plain() && kShellOnly.find(c) != std::string_view::npos) return true;
    if (quoting.in_double_quotes() && (c == '$' || c == '`')) return true;
  }
  const std::size_t begin = command.find_first_not_of(kBlanks);
  return begin != std::string_view::npos &&
         is_assignment(command.substr(begin, command.find_first_of(kBlanks, begin) - begin));
}

}  // namespace assay::programs
