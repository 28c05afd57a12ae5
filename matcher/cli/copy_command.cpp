// `matcher import` and `matcher export`: persons from a file into a database table, and back.
#include <fmt/format.h>

#include <memory>

#include "matcher/cli/command.hpp"
#include "matcher/cli/output_flags.hpp"
#include "matcher/cli/result_output.hpp"
#include "matcher/io/csv_sink.hpp"
#include "matcher/mysql/credentials.hpp"
#include "matcher/mysql/endpoint.hpp"
#include "matcher/mysql/mysql_sink.hpp"
#include "matcher/mysql/persons_import.hpp"

namespace matcher {
namespace {

struct CopyCommand {
  std::string from{};
  std::string to{};
  bool replace = false;
  bool quiet = false;
  bool progress = false;
  InputFlags input{};
};

Result<std::unique_ptr<TableSink>> open_persons_sink(const CopyCommand& command, Publication& outputs) {
  if (!is_mysql_url(command.to)) return open_csv_sink(command.to, &outputs);
  const auto endpoint = parse_mysql_url(command.to);
  if (!endpoint) return tl::unexpected(endpoint.error());
  MysqlSinkOptions options = persons_table_options();
  options.replace = command.replace;
  options.publication = &outputs;
  options.connect.is_cancelled = outputs.is_cancelled();
  auto sink = MysqlSink::open(*endpoint, environment_credentials(Side::kLeft), std::move(options));
  if (!sink) return hand_on(sink);
  return std::move(*sink);
}

Status run(const CopyCommand& command) {
  constexpr std::size_t kBatchRows = 50000;
  if (command.input.text_ids) {
    return fail(ErrorKind::kBadInput, "persons are copied with whole numbers as ids; leave out --text-ids");
  }
  if (auto status = check_distinct({command.from}, {command.to, command.input.bad_rows}); !status) return status;
  CommandRun run(command.quiet, command.progress);
  auto source = open_source(command.from, command.input, Side::kLeft);
  if (!source) return hand_on(source);
  auto sink = open_persons_sink(command, run.outputs());
  if (!sink) return hand_on(sink);
  std::vector<Column> columns;
  std::uint64_t rows = 0;
  StageWatch stage("copy", 0, run.watch());
  for (bool more = true; more;) {
    stage.look();
    PersonsTable batch;
    const auto read = (*source)->read(batch, kBatchRows);
    if (!read) return tl::unexpected(read.error());
    more = *read;
    const PersonsView view = batch.view();
    if (columns.empty()) {
      columns = person_columns(view);
      if (auto status = (*sink)->begin(columns); !status) return status;
    }
    if (auto status = write_persons(view, columns, **sink); !status) return status;
    rows += view.row_count;
    stage.tick(view.row_count);
  }
  if (auto status = (*sink)->finish(); !status) return status;
  const ReadReport report = (*source)->report();
  if (auto status = write_bad_rows(command.input, {{command.from, &report}}, run.watch(), run.outputs()); !status) {
    return status;
  }
  if (auto status = run.publish(); !status) return status;
  if (!command.quiet) {
    say(fmt::format("{} rows, {} left out, {} -> {}", rows, report.bad_rows, name_of_source(command.from),
                    name_of_source(command.to)));
  }
  return {};
}

Command add_copy_command(CLI::App& program, const char* name, const char* what, const char* from, const char* to,
                         const char* example) {
  auto command = std::make_shared<CopyCommand>();
  CLI::App* app = program.add_subcommand(name, what);
  app->add_option("from", command->from, from)->required();
  app->add_option("to", command->to, to)->required();
  app->add_flag("--replace", command->replace, "a table that is there already gives way to the new one");
  app->add_flag("-q,--quiet", command->quiet, "no summary line, no progress");
  app->add_flag("--progress", command->progress, "progress lines also where standard error is no terminal");
  command->input.add_to(*app, false);
  app->footer(example);
  return {app, [command] { return run(*command); }};
}

}  // namespace

Command add_import_command(CLI::App& program) {
  return add_copy_command(
      program, "import", "Copy a CSV file of persons into a database table", "CSV file, as for match",
      "mysql://host/database/table; credentials: MATCHER_MYSQL_USER, MATCHER_MYSQL_PASSWORD or an option file",
      "Example:\n  matcher import persons.csv 'mysql://localhost/census/persons?socket=/run/mysqld/mysqld.sock'");
}

Command add_export_command(CLI::App& program) {
  return add_copy_command(
      program, "export", "Copy a database table of persons into a CSV file",
      "mysql://host/database/table; credentials: MATCHER_MYSQL_USER, MATCHER_MYSQL_PASSWORD or an option file",
      "CSV file, compressed if it ends in .gz or .zst; -: standard output",
      "Example:\n  matcher export mysql://db.example/census/persons persons.csv.gz");
}

}  // namespace matcher
