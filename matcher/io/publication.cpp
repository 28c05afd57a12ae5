// Renames the outputs of a run one after another.
#include "matcher/io/publication.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <span>
#include <system_error>
#include <utility>

namespace matcher {
namespace {

// Adds to an error which outputs are new. names: of all outputs, in the order of their renames.
Status with_consequence(Status failed, std::span<const std::string> names, std::size_t appeared) {
  if (names.size() == 1) return failed;
  if (appeared == 0) {
    failed.error().message += fmt::format("; none of the {} outputs has appeared", names.size());
  } else {
    failed.error().message +=
        fmt::format("; these outputs are new: {}; these are not: {}; run again", fmt::join(names.first(appeared), ", "),
                    fmt::join(names.subspan(appeared), ", "));
  }
  return failed;
}

}  // namespace

Status Publication::add(PendingFile file) {
  auto status = file.complete();
  if (status) files_.push_back(std::move(file));
  return status;
}

void Publication::add(std::string name, std::function<Status()> appear) {
  others_.push_back({std::move(name), std::move(appear)});
}

Status Publication::publish() {
  if (is_cancelled_ && is_cancelled_()) return fail(ErrorKind::kCancelled, "cancelled");
  std::vector<std::string> names;
  for (const Other& other : others_) names.push_back(other.name);
  for (const PendingFile& file : files_) names.push_back(file.name());
  std::size_t appeared = 0;
  for (const Other& other : others_) {
    if (auto status = other.appear(); !status) return with_consequence(std::move(status), names, appeared);
    ++appeared;
  }
  for (PendingFile& file : files_) {
    if (auto status = file.appear(); !status) return with_consequence(std::move(status), names, appeared);
    ++appeared;
  }
  for (const std::filesystem::path& path : removals_) {
    std::error_code ignored;  // what an earlier run has left is stale, not wrong
    std::filesystem::remove(path, ignored);
  }
  return {};
}

}  // namespace matcher
