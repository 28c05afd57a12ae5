// Budgets, and what identifies inputs.
#include "matcher/cli/memory_flags.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>
#include <vector>

#include "matcher/mysql/endpoint.hpp"

namespace matcher {
namespace {

// Everything that decides which rows come out of a source, so that temporary files are not taken for those of another
// run. A file is known by its size and the time of its last change; a database table cannot be told from its earlier
// self, and is read once only.
std::string identity_of(const std::string& source, const CsvFormat& format, std::uint64_t bytes, std::int64_t changed) {
  const ColumnNames& names = format.names;
  return fmt::format("{}",
                     fmt::join(std::vector<std::string>{MATCHER_VERSION,
                                                        name_of_source(source),
                                                        std::to_string(bytes),
                                                        std::to_string(changed),
                                                        names.id,
                                                        names.uuid,
                                                        names.first_name,
                                                        names.middle_name,
                                                        names.last_name,
                                                        names.birthdate,
                                                        names.hh_id,
                                                        names.barangay_code,
                                                        names.city_code,
                                                        std::string(1, format.delimiter),
                                                        std::to_string(static_cast<int>(format.encoding)),
                                                        std::to_string(static_cast<int>(format.trim)),
                                                        std::to_string(static_cast<int>(format.ids)),
                                                        format.dates.pattern(),
                                                        std::to_string(static_cast<int>(format.bad_dates_are_null)),
                                                        std::to_string(static_cast<int>(format.on_error))},
                               "\x1f"));
}

}  // namespace

void MemoryFlags::add_to(CLI::App& command) {
  const std::string group = "Resources";
  command
      .add_option("--memory", memory,
                  "keep the process within this much memory, e.g. 512M or 4G, by way of temporary files; same result")
      ->group(group);
  command.add_option("--work-folder", work_folder, "where these files go; default: OUTPUT.work")->group(group);
  command.add_flag("--resume", resume, "go on where a run with the same inputs and options was interrupted or killed")
      ->group(group);
}

nlohmann::ordered_json describe(const MemoryFlags& flags) {
  return flags.memory ? nlohmann::ordered_json(*flags.memory) : nlohmann::ordered_json(nullptr);
}

Result<std::optional<PartitionedOptions>> partitioned_options(const MemoryFlags& flags, const std::string& output) {
  if (!flags.memory) {
    if (!flags.resume && flags.work_folder.empty()) return std::nullopt;
    return fail(ErrorKind::kBadInput,
                "only runs with a memory budget have temporary files to go on with; add --memory");
  }
  const auto memory = parse_bytes(*flags.memory);
  if (!memory) return tl::unexpected(memory.error());
  if ((output == "-" || is_mysql_url(output)) && flags.work_folder.empty()) {
    return fail(ErrorKind::kBadInput, "the result goes into no file; say where temporary files may go (--work-folder)");
  }
  return PartitionedOptions{.memory_bytes = *memory,
                            .work_folder = flags.work_folder.empty() ? output + ".work" : flags.work_folder,
                            .resume = flags.resume};
}

Result<PartitionedInput> partitioned_input(const std::string& source, const InputFlags& flags, Side side) {
  const auto format = csv_format(flags, side);
  if (!format) return tl::unexpected(format.error());
  std::error_code error;
  const auto size = std::filesystem::file_size(source, error);
  const std::uint64_t bytes = error ? 0 : size;
  const auto changed = error ? 0 : std::filesystem::last_write_time(source, error).time_since_epoch().count();
  return PartitionedInput{name_of_source(source), identity_of(source, *format, bytes, changed), bytes,
                          [source, flags, side] { return open_source(source, flags, side); }};
}

Result<TwoPartitionedInputs> two_partitioned_inputs(const std::string& left, const std::string& right,
                                                    const InputFlags& flags) {
  auto first = partitioned_input(left, flags, Side::kLeft);
  if (!first) return tl::unexpected(first.error());
  auto second = partitioned_input(right, flags, Side::kRight);
  if (!second) return tl::unexpected(second.error());
  return TwoPartitionedInputs{std::move(*first), std::move(*second)};
}

}  // namespace matcher
