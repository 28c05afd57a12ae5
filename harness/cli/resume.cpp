#include "harness/cli/resume.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace assay::cli {
namespace {

// The first digits of a digest are enough to tell two apart.
std::string value_text(const Json& value) {
  constexpr std::size_t kDigest = 64;
  constexpr std::size_t kShown = 12;
  const bool digest = value.is_string() && value.get_ref<const std::string&>().size() >= kDigest;
  return digest ? value.get<std::string>().substr(0, kShown) + "..." : short_text(value);
}

std::string difference(const std::string& what, const Json& then, const Json& now) {
  return what + " was " + value_text(then) + " and is " + value_text(now);
}

const Json& at_or_null(const Json& object, const std::string& key) {
  static const Json kNull;
  return object.contains(key) ? object[key] : kNull;
}

// The first of the keys whose values differ.
std::string changed_key(const Json& then, const Json& now, const std::string& what,
                        std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    if (at_or_null(then, key) != at_or_null(now, key)) {
      return difference(what + key, at_or_null(then, key), at_or_null(now, key));
    }
  }
  return "";
}

// Any key of either object whose values differ.
std::string changed_member(const Json& then, const Json& now, const std::string& what) {
  std::set<std::string> keys;
  for (const auto& item : then.items()) keys.insert(item.key());
  for (const auto& item : now.items()) keys.insert(item.key());
  for (const std::string& key : keys) {
    if (at_or_null(then, key) != at_or_null(now, key)) {
      return difference(what + key, at_or_null(then, key), at_or_null(now, key));
    }
  }
  return "";
}

// Of two lists of objects that have a name under `name`: the first that is missing or differs in `content`.
std::string changed_entry(const Json& then, const Json& now, const std::string& what, const char* name,
                          const char* content) {
  for (const Json& before : then) {
    const auto same_name = [&](const Json& other) { return other[name] == before[name]; };
    const auto found = std::find_if(now.begin(), now.end(), same_name);
    const std::string entry = what + " " + before[name].dump();
    if (found == now.end()) return entry + " is not there any more";
    if (content == nullptr ? *found != before : (*found)[content] != before[content]) {
      return content == nullptr ? entry + " is another"
                                : difference(entry + ": " + content, before[content], (*found)[content]);
    }
  }
  return then.size() == now.size() ? "" : what + "s: there are more than before";
}

std::string changed_plan(const Json& then, const Json& now) {
  for (const Json& spec : then) {
    if (std::find(now.begin(), now.end(), spec) == now.end()) {
      return fmt::format("the plan has no case {} -> {} on {} any more", spec["baseline"].get<std::string>(),
                         spec["candidate"].get<std::string>(), spec["dataset"].get<std::string>());
    }
  }
  return then == now ? "" : "the plan has other cases, or the same in another order";
}

// What a killed assay was writing when it died (write_file_atomically); whole files never have such a name.
void remove_leftovers(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> leftovers;
  for (const auto& place : {folder, folder / "records"}) {
    for (const auto& entry : std::filesystem::directory_iterator(place, error)) {
      if (entry.path().stem().extension() == ".tmp") leftovers.push_back(entry.path());
    }
  }
  for (const auto& leftover : leftovers) std::filesystem::remove(leftover, error);
}

}  // namespace

std::string what_changed(const Json& then, const Json& now) {
  const std::vector<std::string> findings{
      changed_key(then, now, "",
                  {"seed", "profile", "suite", "audits", "thread_budget", "reference", "plugins", "simulated"}),
      changed_member(then["effort"], now["effort"], ""),
      changed_plan(then["cases"], now["cases"]),
      changed_entry(then["datasets"], now["datasets"], "data set", "name", "digest"),
      changed_entry(then["variants"], now["variants"], "variant", "id", "sha256"),
      changed_member(then["programs"], now["programs"], "program "),
      changed_entry(then["workloads"], now["workloads"], "workload", "id", nullptr),
      changed_entry(then["documents"], now["documents"], "audit", "document", nullptr),
      changed_key(then, now, "", {"policy"}),
      changed_key(at_or_null(then, "gate"), at_or_null(now, "gate"), "", {"strict"}),
      changed_entry(at_or_null(then, "head"), at_or_null(now, "head"), "variant of the head", "id", "sha256"),
      changed_key(then["environment"], now["environment"],
                  "environment: ", {"cpu_model", "cores", "kernel", "libc", "governor", "pinned_cpus"})};
  for (const std::string& finding : findings) {
    if (!finding.empty()) return finding;
  }
  return "";
}

Result<OpenRun> open_run(const std::filesystem::path& folder, const Json& header, store::Flush flush) {
  const std::filesystem::path file = folder / store::kJournalFile;
  if (!std::filesystem::exists(file)) {
    return fail(ErrorKind::kUsage, "'{}' holds no run to go on with (no {})", folder.string(), store::kJournalFile);
  }
  ASSAY_TRY(auto opened, store::Journal::reopen(file, flush));
  if (opened.second.empty()) {  // cut off before the first line was whole: nothing is known, so nothing can differ
    ASSAY_CHECK(opened.first.append("run_started", header));
    ASSAY_CHECK(opened.first.sync());
    return OpenRun{std::move(opened.first), {header, {}, {}}};
  }
  ASSAY_TRY(PastEvents past, past_events(std::move(opened.second)));
  if (const std::string changed = what_changed(past.header, header); !changed.empty()) {
    return fail(ErrorKind::kUsage, "cannot go on with the run in '{}': {}; it was started by: {}", folder.string(),
                changed, past.header.value("command", ""));
  }
  remove_leftovers(folder);
  const std::uint64_t safe = last_safe_event(past);
  ASSAY_CHECK(opened.first.append(
      "run_resumed",
      {{"utc", header["utc"]}, {"after", safe}, {"load_average", at_or_null(header["environment"], "load_average")}}));
  return OpenRun{std::move(opened.first), up_to(std::move(past), safe)};
}

}  // namespace assay::cli
