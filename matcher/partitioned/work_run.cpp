// The frame of a run within a memory budget.
#include "matcher/partitioned/work_run.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <xxhash.h>

#include <new>
#include <nlohmann/json.hpp>
#include <system_error>

namespace matcher {
namespace {

// What the process takes before it holds anything: the program, buffers, the allocator's reserve.
constexpr std::uint64_t kBaseBytes = std::uint64_t{24} << 20;

std::string fingerprint_of(const std::vector<std::string>& identities) {
  // Of the bytes, as two names that differ in damaged UTF-8 only look the same in JSON.
  const std::string text = fmt::format("{}", fmt::join(identities, "\x1e"));
  const XXH128_hash_t digest = XXH3_128bits(text.data(), text.size());
  return fmt::format("{:016x}{:016x}", digest.high64, digest.low64);
}

}  // namespace

std::string identity_of(const MatchOptions& options) {
  using Json = nlohmann::json;
  Json keys = Json::array();
  for (const BlockingKey& key : options.blocking_keys) keys.push_back(key.text);
  const Conventions& conventions = options.conventions;
  return Json({algorithm_name(options.algorithm), options.threshold_percent, options.review_percent.value_or(-1.0),
               static_cast<int>(conventions.normalizer), static_cast<int>(conventions.length_unit),
               conventions.code_length, conventions.null_equals_null, static_cast<int>(options.date_test),
               options.direct_normalization, keys})
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Status run_in_work_folder(const PartitionedOptions& partitioned, const std::vector<std::string>& identities,
                          const RunBody& body) {
  if (partitioned.memory_bytes < kLeastMemoryBytes) {
    return fail(ErrorKind::kBadInput, "{} bytes of memory are too little; give at least {}M", partitioned.memory_bytes,
                kLeastMemoryBytes >> 20);
  }
  try {
    auto folder = WorkFolder::open(partitioned.work_folder, fingerprint_of(identities), partitioned.resume);
    if (!folder) return hand_on(folder);
    auto status = body(*folder);
    if (status) folder->remove();
    return status;
  } catch (const Cancelled&) {
    return fail(ErrorKind::kCancelled, "cancelled; run again with --resume to go on");
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::kInternal, "out of memory; give a smaller budget with --memory");
  } catch (const std::system_error& error) {
    return fail(ErrorKind::kInternal, "cannot start threads: {}; ask for fewer", error.what());
  }
}

Status check_budget(const PartitionedOptions& partitioned, std::uint64_t bytes, const std::string& what,
                    const std::string& instead) {
  const std::uint64_t needed = bytes + kBaseBytes;
  if (needed <= partitioned.memory_bytes) return {};
  return fail(
      ErrorKind::kBadInput, "{} needs {}M of memory, the budget is {}M; go on with --resume and --memory {}M{}{}", what,
      (needed >> 20) + 1, partitioned.memory_bytes >> 20, (needed >> 20) + 1, instead.empty() ? "" : ", or ", instead);
}

}  // namespace matcher
