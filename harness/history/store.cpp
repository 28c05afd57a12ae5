#include "harness/history/store.hpp"

#include "harness/core/files.hpp"
#include "harness/history/database.hpp"

namespace assay::history {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kApplication = 0x41737361;  // "Assa"; PRAGMA application_id, so that `file` can tell ours

constexpr const char* kSchema = R"sql(
CREATE TABLE record (
  digest TEXT PRIMARY KEY,
  run TEXT NOT NULL,
  created_utc TEXT NOT NULL,
  git_revision TEXT,
  git_dirty INTEGER,
  machine_class TEXT NOT NULL,
  case_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  pair_log_ratios BLOB NOT NULL  -- doubles, little-endian
) STRICT;
CREATE INDEX record_by_time ON record (created_utc, digest);
CREATE TABLE comparison (
  digest TEXT NOT NULL REFERENCES record (digest),
  position INTEGER NOT NULL,  -- in the record
  metric TEXT NOT NULL,
  unit TEXT NOT NULL,
  kind TEXT NOT NULL,
  baseline REAL,
  candidate REAL,
  ratio REAL,
  low REAL,
  high REAL,
  confidence REAL,
  margin REAL,
  verdict TEXT NOT NULL,
  PRIMARY KEY (digest, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER record_is_immutable BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'records are immutable'); END;
CREATE TRIGGER record_stays BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'records are immutable'); END;
CREATE TRIGGER comparison_is_immutable BEFORE UPDATE ON comparison
  BEGIN SELECT RAISE(ABORT, 'records are immutable'); END;
CREATE TRIGGER comparison_stays BEFORE DELETE ON comparison BEGIN SELECT RAISE(ABORT, 'records are immutable'); END;
)sql";

enum class State { kEmpty, kHistory };

Result<State> state_of(Database& database, const fs::path& path) {
  ASSAY_TRY(const std::int64_t application, database.pragma("application_id"));
  ASSAY_TRY(const std::int64_t version, database.pragma("user_version"));
  ASSAY_TRY(Statement tables, database.prepare("SELECT count(*) FROM sqlite_schema"));
  ASSAY_TRY(const bool row, tables.step());
  if (application == 0 && version == 0 && row && tables.integer(0) == 0) return State::kEmpty;
  if (application != kApplication) {
    return fail(ErrorKind::kUsage, "'{}' is no history of assay but some other SQLite file", path.string());
  }
  if (version == kStoreVersion) return State::kHistory;
  return fail(ErrorKind::kUsage,
              "the history '{}' has version {} and this assay reads version {}; use the assay that "
              "wrote it or another file",
              path.string(), version, kStoreVersion);
}

Status ensure_schema(Database& database, const fs::path& path) {
  ASSAY_TRY(const State state, state_of(database, path));
  if (state == State::kHistory) return {};
  ASSAY_CHECK(database.execute(kSchema));
  ASSAY_CHECK(database.execute(fmt::format("PRAGMA application_id = {}", kApplication).c_str()));
  return database.execute(fmt::format("PRAGMA user_version = {}", kStoreVersion).c_str());
}

Status insert_comparisons(Statement& insert, const Entry& entry) {
  for (std::size_t position = 0; position < entry.metrics.size(); ++position) {
    const Metric& metric = entry.metrics[position];
    insert.bind_text(1, entry.digest);
    insert.bind_integer(2, static_cast<std::int64_t>(position));
    insert.bind_text(3, metric.name);
    insert.bind_text(4, metric.unit);
    insert.bind_text(5, metric.kind);
    insert.bind_number(6, metric.baseline);
    insert.bind_number(7, metric.candidate);
    insert.bind_number(8, metric.ratio);
    insert.bind_number(9, metric.low);
    insert.bind_number(10, metric.high);
    insert.bind_number(11, metric.confidence);
    insert.bind_number(12, metric.margin);
    insert.bind_text(13, metric.verdict);
    ASSAY_TRY([[maybe_unused]] const bool row, insert.step());
    insert.reset();
  }
  return {};
}

// True if the record was not there.
Result<bool> insert_record(Statement& insert, const Entry& entry) {
  insert.bind_text(1, entry.digest);
  insert.bind_text(2, entry.run);
  insert.bind_text(3, entry.created_utc);
  insert.bind_text(4, entry.revision);
  insert.bind_flag(5, entry.dirty);
  insert.bind_text(6, entry.machine_class);
  insert.bind_text(7, entry.case_id);
  insert.bind_text(8, entry.outcome);
  insert.bind_numbers(9, entry.pair_log_ratios);
  ASSAY_TRY(const bool added, insert.step());  // RETURNING gives a row only for what was inserted
  insert.reset();
  return added;
}

// Who died while adding left a journal, from which the next one to open the file for writing restores what was there
// before; a reader may not. Whoever may not write either is told when it reads.
void undo_unfinished(const fs::path& store) {
  if (!fs::exists(store.string() + "-journal")) return;
  auto database = Database::open(store, Database::Access::kReadWrite);
  if (database) static_cast<void>(database->pragma("user_version"));
}

Metric metric_at(const Statement& row) {
  Metric metric;
  metric.name = row.text(1);
  metric.unit = row.text(2);
  metric.kind = row.text(3);
  metric.baseline = row.optional_number(4);
  metric.candidate = row.optional_number(5);
  metric.ratio = row.optional_number(6);
  metric.low = row.optional_number(7);
  metric.high = row.optional_number(8);
  metric.confidence = row.optional_number(9);
  metric.margin = row.optional_number(10);
  metric.verdict = row.text(11);
  return metric;
}

Entry entry_at(const Statement& row) {
  Entry entry;
  entry.digest = row.text(0);
  entry.run = row.text(12);
  entry.created_utc = row.text(13);
  entry.revision = row.optional_text(14);
  entry.dirty = row.optional_flag(15);
  entry.machine_class = row.text(16);
  entry.case_id = row.text(17);
  entry.outcome = row.text(18);
  entry.pair_log_ratios = row.numbers(19);
  return entry;
}

}  // namespace

Result<AddReport> add(const fs::path& store, std::span<const Entry> entries) {
  if (store.has_parent_path()) ASSAY_CHECK(make_folder(store.parent_path()));
  ASSAY_TRY(Database database, Database::open(store, Database::Access::kReadWrite));
  ASSAY_TRY(Transaction transaction, Transaction::begin(database));
  ASSAY_CHECK(ensure_schema(database, store));
  ASSAY_TRY(Statement record, database.prepare("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
                                               "ON CONFLICT (digest) DO NOTHING RETURNING 1"));
  ASSAY_TRY(Statement comparison,
            database.prepare("INSERT INTO comparison VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  AddReport report;
  for (const Entry& entry : entries) {
    ASSAY_TRY(const bool added, insert_record(record, entry));
    ++(added ? report.added : report.known);
    if (added) ASSAY_CHECK(insert_comparisons(comparison, entry));
  }
  ASSAY_CHECK(transaction.commit());
  return report;
}

Result<std::vector<Entry>> read(const fs::path& store, const Query& query) {
  if (!fs::exists(store)) {
    return fail(ErrorKind::kUsage, "no history at '{}' yet; 'assay history add RUN' makes one", store.string());
  }
  undo_unfinished(store);
  ASSAY_TRY(Database database, Database::open(store, Database::Access::kReadOnly));
  ASSAY_TRY(const State state, state_of(database, store));
  std::vector<Entry> entries;
  if (state == State::kEmpty) return entries;
  ASSAY_TRY(
      Statement rows,
      database.prepare("SELECT r.digest, c.metric, c.unit, c.kind, c.baseline, c.candidate, c.ratio, c.low, c.high, "
                       "c.confidence, c.margin, c.verdict, r.run, r.created_utc, r.git_revision, r.git_dirty, "
                       "r.machine_class, r.case_id, r.outcome, iif(?2, r.pair_log_ratios, x'') "
                       "FROM record r LEFT JOIN comparison c ON c.digest = r.digest AND (?1 IS NULL OR c.metric = ?1) "
                       "WHERE ?1 IS NULL OR c.metric IS NOT NULL "
                       "ORDER BY r.created_utc, r.digest, c.position"));
  rows.bind_text(1, query.metric);
  rows.bind_flag(2, query.pair_log_ratios);
  for (;;) {
    ASSAY_TRY(const bool row, rows.step());
    if (!row) return entries;
    if (entries.empty() || entries.back().digest != rows.text(0)) entries.push_back(entry_at(rows));
    if (rows.optional_text(1)) entries.back().metrics.push_back(metric_at(rows));
  }
}

}  // namespace assay::history
