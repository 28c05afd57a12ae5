// The header never changes without a new minor version: it equals the frozen copy of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "assay/plugin.h"
#include "harness/core/files.hpp"

namespace assay {
namespace {

std::string without_comments(const std::string& content) {
  std::string text;
  for (std::size_t at = 0; at < content.size();) {
    if (content.compare(at, 2, "/*") == 0) {
      at = content.find("*/", at) + 2;
    } else {
      text += content[at++];
    }
  }
  return text;
}

// One declaration or directive a line, without comments; spaces only where they part two words.
std::string declarations(const std::filesystem::path& header) {
  const auto content = read_file(header);
  if (!content) throw std::runtime_error(content.error().message);
  std::istringstream lines(without_comments(*content));
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    const bool directive = line.starts_with('#');
    text += line + (directive ? "\n" : " ");
  }
  text = std::regex_replace(text, std::regex("[ \t]+"), " ");
  text = std::regex_replace(text, std::regex(" ?([*(),;{}=]) ?"), "$1");
  return std::regex_replace(text, std::regex("[;{}]"), "$&\n");
}

TEST(Header, PresentMinor_EqualsItsFrozenCopy) {
  const std::filesystem::path root = ASSAY_SOURCE_DIR;
  const std::string frozen =
      "plugin_v" + std::to_string(ASSAY_ABI_MAJOR) + "_" + std::to_string(ASSAY_ABI_MINOR) + ".h";
  EXPECT_EQ(declarations(root / "tests/abi/frozen" / frozen), declarations(root / "include/assay/plugin.h"))
      << "the ABI changed: append only, raise ASSAY_ABI_MINOR and add the new header to tests/abi/frozen";
}

TEST(Header, Comments_AreNoDeclarations) {
  EXPECT_THAT(declarations(std::filesystem::path(ASSAY_SOURCE_DIR) / "include/assay/plugin.h"),
              testing::AllOf(testing::HasSubstr("assay_status(*run)(assay_instance*instance,assay_error*error);\n"),
                             testing::Not(testing::HasSubstr("worker-thread"))));
}

}  // namespace
}  // namespace assay
