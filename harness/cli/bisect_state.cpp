#include "harness/cli/bisect_state.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <span>

#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSchema = "assay-bisect-state/1";
constexpr std::array kFindings{"measured", "slower", "not_slower", "undecided", "untestable"};

Result<BisectStep> step_of(const Json& json, const std::string& where, std::size_t last) {
  BisectStep step;
  ASSAY_TRY(step.position, member<std::size_t>(json, where, "position"));
  ASSAY_TRY(const auto finding, member<std::string>(json, where, "finding"));
  ASSAY_TRY(step.log_ratios, member<std::vector<double>>(json, where, "log_ratios"));
  ASSAY_TRY(step.reason, member<std::string>(json, where, "reason"));
  const auto* const found = std::find(kFindings.begin(), kFindings.end(), finding);
  if (found == kFindings.end() || step.position < 1 || step.position > last) {
    return fail(ErrorKind::kUsage, "'{}': step {} of position {} makes no sense; start anew with --restart", where,
                finding, step.position);
  }
  step.finding = static_cast<Finding>(found - kFindings.begin());
  return step;
}

}  // namespace

const char* to_string(Finding finding) {
  return kFindings[static_cast<std::size_t>(finding)];
}

fs::path bisect_folder(const fs::path& parent, const Json& question) {
  const std::string text = question.dump(-1, ' ', false, Json::error_handler_t::replace);
  return parent / sha256(std::as_bytes(std::span(text))).substr(0, 16);
}

Result<std::vector<BisectStep>> read_steps(const fs::path& file, std::size_t last) {
  std::vector<BisectStep> steps;
  if (!fs::exists(file)) return steps;
  ASSAY_TRY(const Json json, read_json(file));
  ASSAY_TRY(const auto schema, member<std::string>(json, file.string(), "schema"));
  if (schema != kSchema) {
    return fail(ErrorKind::kUsage, "'{}' is of schema '{}', not '{}'; start anew with --restart", file.string(), schema,
                kSchema);
  }
  ASSAY_TRY(const auto listed, member<std::vector<Json>>(json, file.string(), "steps"));
  for (const Json& one : listed) {
    ASSAY_TRY(BisectStep step, step_of(one, file.string(), last));
    steps.push_back(std::move(step));
  }
  return steps;
}

Status write_steps(const fs::path& file, const Json& question, const std::vector<BisectStep>& steps) {
  Json json{{"schema", kSchema}, {"question", question}, {"steps", Json::array()}};
  for (const BisectStep& step : steps) {
    json["steps"].push_back({{"position", step.position},
                             {"finding", to_string(step.finding)},
                             {"log_ratios", step.log_ratios},
                             {"reason", step.reason}});
  }
  return write_json(file, json);
}

Result<FolderLock> FolderLock::take(const fs::path& folder) {
  const fs::path file = folder / "lock";
  FolderLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (lock.fd_ < 0) return fail(ErrorKind::kInternal, "cannot open '{}': {}", file.string(), std::strerror(errno));
  if (::flock(lock.fd_, LOCK_EX | LOCK_NB) == 0) return lock;
  return fail(ErrorKind::kUsage, "another bisection with the same question is at work in '{}'", folder.string());
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace assay::cli
