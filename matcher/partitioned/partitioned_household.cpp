// Matches that carry the names of their households.
#include "matcher/partitioned/partitioned_household.hpp"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "matcher/engine/match_plan.hpp"
#include "matcher/partitioned/match_files.hpp"
#include "matcher/partitioned/spilled_table.hpp"
#include "matcher/partitioned/work_run.hpp"

namespace matcher {
namespace {

constexpr std::uint64_t kMatchesPerCheck = 65536;

// The household of either side, null where there is none.
CellsOfMatch household_cells() {
  struct Held {
    std::array<std::optional<std::string>, 2> names;
    std::array<Cell, 2> cells;
  };
  auto held = std::make_shared<Held>();
  return [held](const Match& match, const PersonsView& left, const PersonsView& right) -> std::span<const Cell> {
    held->names = {household_of(left, match.left_row, HouseholdSide::kLeft),
                   household_of(right, match.right_row, HouseholdSide::kRight)};
    for (std::size_t i = 0; i < held->names.size(); ++i) {
      held->cells[i] = held->names[i] ? Cell{.type = CellType::kText, .text = *held->names[i]} : Cell{};
    }
    return held->cells;
  };
}

// Takes every match, and then every row of the table whose persons are counted.
Result<std::vector<HouseholdMatch>> roll_up(const MatchFiles& files, const SpilledTable& counted, HouseholdSide side,
                                            const PartitionedOptions& partitioned, const RunWatch& watch) {
  HouseholdRollUp roll_up(side, counted.scan.facts.rows);
  const auto check = [&] {
    return check_budget(partitioned, roll_up.bytes(),
                        fmt::format("counting {} persons by household", counted.scan.facts.rows), "");
  };
  StageWatch stage("roll up", files.accepted + counted.scan.facts.rows, watch);
  std::vector<Cell> cells;
  std::uint64_t number = 0;
  auto status = files.visit([&](const SpilledMatch& match) -> Status {
    stage.tick();
    read_cells(match.cells, cells);
    const bool has_left = cells[0].type == CellType::kText;
    roll_up.add_match({.left_row = match.left_row,
                       .right_row = match.right_row,
                       .for_review = match.for_review,
                       .score = match.score},
                      has_left ? std::optional(cells[0].text) : std::nullopt, cells[1].text);
    return number++ % kMatchesPerCheck == 0 ? check() : Status{};
  });
  if (!status) return hand_on(status);
  status = each_row(counted, [&](const PersonsView& batch, std::size_t row) {
    stage.tick();
    if (const auto household = household_of(batch, row, side)) roll_up.add_row(*household);
  });
  if (!status) return hand_on(status);
  return roll_up.households(watch);
}

}  // namespace

Status check_left_households(const PersonsView& left, const std::string& name) {
  if (!left.uuid.is_absent()) return {};
  return fail(ErrorKind::kBadInput, "{}: households of the left table are named by column 'uuid', which is missing",
              name);
}

Status household_partitioned(const PartitionedInput& left, const PartitionedInput& right, const MatchOptions& options,
                             const PartitionedOptions& partitioned, HouseholdSide side, const UseHouseholds& use) {
  if (const auto plan = make_plan(options); !plan) return tl::unexpected(plan.error());  // before there is a folder
  const RunWatch watch{options.is_cancelled, options.on_progress};
  const std::string kind = side == HouseholdSide::kLeft ? "household left" : "household right";
  return run_in_work_folder(
      partitioned, {kind, left.identity, right.identity, identity_of(options)}, [&](WorkFolder& folder) -> Status {
        const auto lefts = spill_table(left, true, watch, folder);
        if (!lefts) return tl::unexpected(lefts.error());
        if (auto status = check_left_households(table_of_columns(lefts->scan.columns).view(), left.name); !status)
          return status;
        const auto rights = spill_table(right, false, watch, folder);
        if (!rights) return tl::unexpected(rights.error());
        const auto files = find_matches({.left = lefts->input,
                                         .right = rights->input,
                                         .options = options,
                                         .memory_bytes = partitioned.memory_bytes,
                                         .cells_of = household_cells()},
                                        folder);
        if (!files) return tl::unexpected(files.error());
        const SpilledTable& counted = side == HouseholdSide::kLeft ? *lefts : *rights;
        auto households = roll_up(*files, counted, side, partitioned, watch);
        if (!households) return hand_on(households);
        return use({lefts->scan.facts, rights->scan.facts, files->accepted, std::move(*households)});
      });
}

}  // namespace matcher
