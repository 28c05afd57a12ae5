// A file of the tree with one change, to show that a reader refuses it, and the error it gives.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "harness/core/json.hpp"
#include "tests/harness/core/temporary_folder.hpp"

namespace assay::testing {

using Edit = std::function<void(Json&)>;

// One way to spoil a file, and what the error must say.
struct BadFile {
  const char* what;
  Edit edit;
  std::vector<std::string> said;

  friend std::ostream& operator<<(std::ostream& stream, const BadFile& file) { return stream << file.what; }
};

// Reads the file of the source tree, edits it, gives it to `read`; returns the error text, or "no error". The error
// must be a kUsage that begins with the path of the edited file and stays on one line.
template <class Read>
std::string error_after(const std::string& file, const Edit& edit, Read read) {
  Json json = read_json(std::filesystem::path(ASSAY_SOURCE_DIR) / file).value();
  edit(json);
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.write("edited.json", json.dump(1));
  const auto result = read(path);
  if (result) return "no error";
  const std::string& message = result.error().message;
  EXPECT_EQ(result.error().kind, ErrorKind::kUsage) << message;
  EXPECT_EQ(message.rfind(path.string(), 0), 0U) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  return message.substr(std::min(path.string().size(), message.size()));
}

}  // namespace assay::testing
