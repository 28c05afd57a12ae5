#include "datasets/generate/make.hpp"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <future>
#include <mutex>
#include <new>
#include <thread>
#include <utility>

#include "datasets/generate/measure.hpp"
#include "datasets/generate/parallel.hpp"
#include "datasets/generate/people_tables.hpp"
#include "datasets/load/column_file.hpp"
#include "datasets/load/manifest.hpp"
#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"

namespace assay::datasets {
namespace {

constexpr std::uint64_t kMaxRows = 100'000'000;  // right ids and addresses have room for ten times as many
constexpr std::array<const char*, 3> kTables{"left", "right", "truth"};

// Calls the user's function one at a time and remembers that it said stop.
class Reporter {
 public:
  explicit Reporter(const OnProgress& on_progress) : on_progress_(on_progress) {}

  bool operator()(std::string_view phase, std::uint64_t done, std::uint64_t total) {
    const std::lock_guard lock(mutex_);
    if (on_progress_ && !stopped_ && !on_progress_({phase, done, total})) stopped_ = true;
    return !stopped_;
  }
  [[nodiscard]] Status status() const {
    if (stopped_) return fail(ErrorKind::kInterrupted, "stopped before the data set was complete; nothing was kept");
    return {};
  }

 private:
  const OnProgress& on_progress_;
  std::mutex mutex_;
  std::atomic<bool> stopped_{false};
};

// A folder that is removed with its content unless it was renamed to its real name.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

bool is_complete(const std::filesystem::path& folder) {
  const auto manifest = read_manifest(folder);
  return manifest && check_sizes(folder, *manifest);
}

// What processes that were killed left beside this data set.
void remove_left_overs(const std::filesystem::path& folder) {
  std::error_code ignored;
  const std::string prefix = folder.filename().string() + ".tmp.";
  std::vector<std::filesystem::path> dead;
  for (const auto& entry : std::filesystem::directory_iterator(folder.parent_path(), ignored)) {
    const std::string name = entry.path().filename().string();
    pid_t owner = 0;
    if (!name.starts_with(prefix)) continue;
    std::from_chars(name.data() + prefix.size(), name.data() + name.size(), owner);
    if (owner > 0 && ::kill(owner, 0) != 0 && errno == ESRCH) dead.push_back(entry.path());
  }
  for (const auto& path : dead) std::filesystem::remove_all(path, ignored);
}

ChunkDone count_rows(Reporter& reporter, std::string_view phase, std::uint64_t total,
                     std::atomic<std::uint64_t>* done) {
  return [&reporter, phase, total, done](std::uint64_t rows) { return reporter(phase, *done += rows, total); };
}

struct Written {
  std::vector<TableEntry> entries;
  DamageCounts damage;
};

// Generates both tables and writes them; each is written while the next is in the making.
Result<Written> write_tables(const PeopleSpec& spec, const std::filesystem::path& folder, unsigned threads,
                             Reporter& reporter) {
  const NameTables names = load_name_tables(spec.profile);
  std::atomic<std::uint64_t> left_rows{0};
  std::atomic<std::uint64_t> right_rows{0};
  auto left = make_left(spec, names, threads, count_rows(reporter, "left", spec.rows, &left_rows));
  ASSAY_CHECK(reporter.status());
  auto left_written = std::async(std::launch::async, [left = std::move(left), &folder, rows = spec.rows]() mutable {
    const auto columns = people_columns(left);
    return write_column_file(folder / "left.col", "left", rows, columns);
  });
  const auto right = make_right(spec, names, threads, count_rows(reporter, "right", spec.rows, &right_rows));
  ASSAY_CHECK(reporter.status());
  reporter("write", 0, 3);
  auto right_written = std::async(std::launch::async, [&] {
    return write_column_file(folder / "right.col", "right", spec.rows, people_columns(right));
  });
  const auto truth = truth_columns(right);
  Status truth_written = write_column_file(folder / "truth.col", "truth", row_count(truth), truth);
  Status right_status = right_written.get();
  ASSAY_CHECK(left_written.get());
  ASSAY_CHECK(std::move(right_status));
  ASSAY_CHECK(std::move(truth_written));
  reporter("write", 3, 3);
  Written written;
  for (const PeopleChunk& chunk : right) written.damage += chunk.damage;
  return written;
}

Json errors_json(const DamageCounts& counts, Profile profile) {
  Json json = Json::object();
  for (const DamageRule& rule : kErrorModel) {
    const auto index = static_cast<std::size_t>(rule.kind);
    const std::uint32_t rate = damage_rate(rule.kind, profile);
    const std::uint64_t eligible = counts.eligible[index];
    const std::uint64_t applied = counts.applied[index];
    json[std::string(rule.name)] = {
        {"per_65536", rate},
        {"eligible", eligible},
        {"applied", applied},
        {"realised_per_65536", eligible == 0 ? Json(nullptr) : Json(applied * 65536 / eligible)}};
  }
  return json;
}

// Digests of all files and the measured properties, side by side.
Result<Json> describe(const std::filesystem::path& folder, unsigned threads, std::vector<TableEntry>* entries) {
  std::vector<ColumnFile> files;
  for (const char* name : kTables) {
    const std::string file = std::string(name) + ".col";
    ASSAY_TRY(ColumnFile opened, ColumnFile::open(folder / file));
    entries->push_back({name, file, opened.table()->row_count, opened.bytes().size(), {}});
    files.push_back(std::move(opened));
  }
  auto digests = std::async(std::launch::async, [&] {
    for (std::size_t index = 0; index < files.size(); ++index) (*entries)[index].sha256 = sha256(files[index].bytes());
  });
  Json measured = measure(*files[0].table(), *files[1].table(), *files[2].table(), threads);
  digests.get();
  return measured;
}

Status write_manifest(const PeopleSpec& spec, const std::filesystem::path& folder, const DamageCounts& damage,
                      const Json& measured, const std::vector<TableEntry>& entries) {
  Json manifest{{"schema", kManifestSchema},
                {"name", people_name(spec.rows)},
                {"profile", profile_name(spec.profile)},
                {"seed", spec.seed},
                {"generator_version", kGeneratorVersion},
                {"digest", dataset_digest(entries)},
                {"tables", Json::object()},
                {"errors", errors_json(damage, spec.profile)},
                {"measured", measured}};
  for (const TableEntry& entry : entries) {
    manifest["tables"][entry.name] = {
        {"file", entry.file}, {"rows", entry.rows}, {"bytes", entry.bytes}, {"sha256", entry.sha256}};
  }
  return write_json(folder / kManifestFile, manifest);
}

Status make_in(const PeopleSpec& spec, const std::filesystem::path& folder, unsigned threads, Reporter& reporter) {
  try {
    ASSAY_TRY(const Written written, write_tables(spec, folder, threads, reporter));
    reporter("measure", 0, 1);
    std::vector<TableEntry> entries;
    ASSAY_TRY(const Json measured, describe(folder, threads, &entries));
    ASSAY_CHECK(write_manifest(spec, folder, written.damage, measured, entries));
    reporter("measure", 1, 1);
    return reporter.status();
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::kInternal,
                "not enough memory to make {} rows per table (about {} MB are needed); choose a smaller data set",
                spec.rows, spec.rows * 220 / 1'000'000);
  }
}

// Another process may have been faster; what stands there and is complete is as good as ours, it has the same bytes.
Status move_into_place(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (std::rename(from.c_str(), to.c_str()) == 0 || is_complete(to)) return {};
  std::error_code error;
  std::filesystem::remove_all(to, error);
  if (!error) std::filesystem::rename(from, to, error);
  if (error)
    return fail(ErrorKind::kInternal, "cannot rename '{}' to '{}': {}", from.string(), to.string(), error.message());
  return {};
}

}  // namespace

Result<std::uint64_t> parse_people_name(std::string_view name) {
  const auto unknown = [&] {
    return fail(ErrorKind::kUsage,
                "no data set '{}'; known: people-10k, people-100k, people-1m, people-10m and people-<n>[k|m]", name);
  };
  constexpr std::string_view kPrefix = "people-";
  if (!name.starts_with(kPrefix)) return unknown();
  const char* const end = name.data() + name.size();
  std::uint64_t rows = 0;
  const auto [rest, error] = std::from_chars(name.data() + kPrefix.size(), end, rows);
  if (error != std::errc() || rows > kMaxRows) return unknown();
  const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  if (unit == "k") rows *= 1'000;
  if (unit == "m") rows *= 1'000'000;
  if (!unit.empty() && unit != "k" && unit != "m") return unknown();
  if (rows == 0 || rows > kMaxRows) {
    return fail(ErrorKind::kUsage, "'{}' asks for {} rows per table; 1 to {} are possible", name, rows, kMaxRows);
  }
  return rows;
}

std::string people_name(std::uint64_t rows) {
  if (rows % 1'000'000 == 0) return fmt::format("people-{}m", rows / 1'000'000);
  if (rows % 1'000 == 0) return fmt::format("people-{}k", rows / 1'000);
  return fmt::format("people-{}", rows);
}

Result<std::filesystem::path> dataset_folder(const MakeOptions& options) {
  ASSAY_TRY(const std::uint64_t rows, parse_people_name(options.name));
  return options.cache /
         fmt::format("{}-{}-{}-g{}", people_name(rows), profile_name(options.profile), options.seed, kGeneratorVersion);
}

Result<std::filesystem::path> make(const MakeOptions& options, const OnProgress& on_progress) {
  ASSAY_TRY(const std::filesystem::path folder, dataset_folder(options));
  if (is_complete(folder)) return folder;
  const PeopleSpec spec{*parse_people_name(options.name), options.seed, options.profile};
  const unsigned threads = options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  ASSAY_CHECK(make_folder(options.cache));
  remove_left_overs(folder);
  const TemporaryFolder temporary(folder.string() + ".tmp." + std::to_string(::getpid()));
  ASSAY_CHECK(make_folder(temporary.path()));
  Reporter reporter(on_progress);
  ASSAY_CHECK(make_in(spec, temporary.path(), threads, reporter));
  ASSAY_CHECK(move_into_place(temporary.path(), folder));
  return folder;
}

}  // namespace assay::datasets
