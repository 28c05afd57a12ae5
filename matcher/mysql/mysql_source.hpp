// Reads persons from a table or view of a MySQL or MariaDB server, page by page in the order of the ids.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "matcher/io/persons_source.hpp"
#include "matcher/mysql/connection.hpp"
#include "matcher/mysql/person_columns.hpp"

namespace matcher {

struct MysqlSourceOptions {
  // kSkip leaves the row out and counts it, kNull reads the date as missing and counts it.
  enum class OnBadDate { kFail, kSkip, kNull };

  ColumnNames columns;
  std::size_t page_rows = 50000;  // of one query; at least 1
  OnBadDate on_bad_date = OnBadDate::kFail;
  MysqlConnectOptions connect;
};

// ids are unique and should have an index: every page is a query for the ids above the last one. NULL is null, and an
// empty text stays an empty text (in CSV it is null). A birthdate is a DATE, or a DATETIME, TIMESTAMP or text that
// begins with yyyy-mm-dd and a space or 'T'. Other columns are read as the text the server makes of them. All pages see
// one state of the table where the engine has snapshots (InnoDB): the one at open(). With other engines rows that come
// and go meanwhile may be read or not; all others are read once. A lost connection ends the pass with an error, as its
// snapshot is lost: nothing reconnects silently.
class MysqlSource final : public PersonsSource {
 public:
  // Connects, looks for the columns and takes the snapshot. Errors: see MysqlConnection and find_person_columns.
  [[nodiscard]] static Result<std::unique_ptr<MysqlSource>> open(const MysqlEndpoint& endpoint,
                                                                 const MysqlCredentials& credentials,
                                                                 const MysqlSourceOptions& options = {});

  // A page has at most max_rows rows as well, so that a small max_rows costs many queries. Errors besides those of the
  // interface name the id: kBadInput for an id that is null, too large or there twice, and for a birthdate that is no
  // date; for a lost connection kInternal with the last id read.
  [[nodiscard]] Result<bool> read(PersonsTable& table, std::size_t max_rows) override;
  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] ReadReport report() const override { return report_; }

 private:
  MysqlSource(MysqlConnection connection, PersonColumns columns, const MysqlEndpoint& endpoint,
              const MysqlSourceOptions& options);
  [[nodiscard]] Status start_snapshot();
  [[nodiscard]] Status read_page(PersonsTable& table, std::size_t rows);
  [[nodiscard]] Status append_row(PersonsTable& table, const MysqlRow& row);
  [[nodiscard]] Result<std::int64_t> id_of(const MysqlRow& row) const;
  [[nodiscard]] std::string last_id_text() const;

  MysqlConnection connection_;
  PersonColumns columns_;
  std::string name_;
  std::string quoted_table_;
  std::size_t page_rows_;
  MysqlSourceOptions::OnBadDate on_bad_date_;
  std::optional<std::int64_t> last_id_;
  bool is_finished_ = false;
  ReadReport report_;
};

}  // namespace matcher
