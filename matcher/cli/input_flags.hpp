// Options that say where tables come from and how they are written.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "matcher/io/csv_format.hpp"
#include "matcher/io/csv_reader.hpp"
#include "matcher/io/persons_source.hpp"
#include "matcher/io/publication.hpp"
#include "matcher/model/error.hpp"
#include "matcher/mysql/credentials.hpp"
#include "matcher/parallel/stage_watch.hpp"

namespace matcher {

// As given on the command line; adds itself to a subcommand.
struct InputFlags {
  std::vector<std::string> map{};
  std::vector<std::string> map_left{};
  std::vector<std::string> map_right{};
  std::string delimiter = ",";
  std::string encoding = "utf8";
  std::string date_format = "yyyy-mm-dd";
  std::string on_error = "fail";
  std::string bad_rows{};
  bool trim = false;
  bool text_ids = false;
  std::string bad_dates = "error";
  // Not on the command line: what the command makes use of.
  bool reads_households = true;
  bool reads_places = true;
  ProgressCallback on_progress{};

  void add_to(CLI::App& command, bool two_tables);
};

enum class Side { kLeft, kRight };

// The CSV format of one of the tables. Errors: kBadInput.
[[nodiscard]] Result<CsvFormat> csv_format(const InputFlags& flags, Side side);

// A table and how it was read.
struct LoadedTable {
  std::string name;
  PersonsRead read;
  std::size_t duplicate_ids = 0;  // rows whose id another row has had before
};

// Who logs in to the server of a table: from the environment, if it says so. For the right table the variables have
// _RIGHT behind their names.
[[nodiscard]] MysqlCredentials environment_credentials(Side side);

// The rows of a CSV file, or of a database table if source is mysql://... , batch by batch. Credentials come from the
// environment (MATCHER_MYSQL_USER and MATCHER_MYSQL_PASSWORD, for the right table with _RIGHT behind them) or from an
// option file. Errors: kBadInput, kInternal.
[[nodiscard]] Result<std::unique_ptr<PersonsSource>> open_source(const std::string& source, const InputFlags& flags,
                                                                 Side side);

// What errors and results call a source.
[[nodiscard]] std::string name_of_source(const std::string& source);

// The same as a whole. Throws Cancelled. Errors: kBadInput, kInternal.
[[nodiscard]] Result<LoadedTable> load_table(const std::string& source, const InputFlags& flags, Side side,
                                             unsigned threads);

// Writes what was wrong with which rows, if that was asked for. Throws Cancelled. Errors: kInternal.
struct NamedReport {
  std::string table;
  const ReadReport* report;
};
[[nodiscard]] Status write_bad_rows(const InputFlags& flags, const std::vector<NamedReport>& reports,
                                    const RunWatch& watch, Publication& outputs);

// "512M", "4G", "1048576". Errors: kBadInput.
[[nodiscard]] Result<std::size_t> parse_bytes(const std::string& text);

}  // namespace matcher
