// `matcher explain`: why two persons match or not.
#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "matcher/cli/command.hpp"
#include "matcher/cli/match_flags.hpp"
#include "matcher/cli/names.hpp"
#include "matcher/cli/summary.hpp"
#include "matcher/evaluation/explanation.hpp"

namespace matcher {
namespace {

struct ExplainCommand {
  std::string left{};
  std::string right{};
  std::string left_id{};
  std::string right_id{};
  bool json = false;
  InputFlags input{};
  MatchFlags match{};
};

Result<std::size_t> row_of(const LoadedTable& table, const std::string& id) {
  const PersonsView view = table.read.table.view();
  for (std::size_t row = 0; row < view.row_count; ++row) {
    const bool is_it = view.text_id.is_absent() ? std::to_string(view.id[row]) == id : view.text_id[row] == id;
    if (is_it) return row;
  }
  return fail(ErrorKind::kBadInput, "{}: no row has the id '{}'", table.name, id);
}

std::string shown(const std::optional<std::string>& value) {
  return value ? fmt::format("'{}'", *value) : "null";
}

// options: those of values, names and keys; a verdict follows the profile's for its algorithm where none is given.
Json to_json(const Explanation& explanation, const Json& options, const ConventionChoice& choice) {
  Json json = {
      {"schema", "matcher-explanation/1"}, {"options", options}, {"values", Json::array()}, {"names", Json::array()}};
  const auto text = [](const std::optional<std::string>& value) { return value ? Json(*value) : Json(nullptr); };
  for (const ExplainedValue& value : explanation.values) {
    json["values"].push_back({{"name", value.name}, {"left", text(value.values[0])}, {"right", text(value.values[1])}});
  }
  for (const ExplainedNames& names : explanation.names) {
    json["names"].push_back({{"with_middle", names.with_middle},
                             {"full_names", names.full_names},
                             {"sounds", names.sounds},
                             {"sounds_agree", names.sounds_agree},
                             {"distance", names.distance},
                             {"levenshtein_percent", names.levenshtein_percent},
                             {"jaro_percent", names.jaro_percent},
                             {"jaro_winkler_percent", names.jaro_winkler_percent}});
  }
  json["birthdate_tier"] = explanation.birthdate_tier ? Json(*explanation.birthdate_tier) : Json(nullptr);
  for (const ExplainedVerdict& verdict : explanation.verdicts) {
    const Normalizer normalizer = choice.of(verdict.algorithm).normalizer;
    json["verdicts"].push_back({{"algorithm", algorithm_name(verdict.algorithm)},
                                {"normalizer", name_of(kNormalizerNames, normalizer)},
                                {"accepted", verdict.accepted},
                                {"rule", verdict.accepted ? Json(short_label(verdict.rule)) : Json(nullptr)},
                                {"score", verdict.accepted ? Json(verdict.score) : Json(nullptr)}});
  }
  json["keys"] = Json::array();
  for (const ExplainedKey& key : explanation.keys) json["keys"].push_back({{"key", key.key}, {"agrees", key.agrees}});
  return json;
}

void print(const Explanation& explanation) {
  for (const ExplainedValue& value : explanation.values) {
    fmt::print("{:28} {:28} {}\n", value.name, shown(value.values[0]), shown(value.values[1]));
  }
  for (const ExplainedNames& names : explanation.names) {
    fmt::print("\nfull names {} middle name: '{}' and '{}'\n", names.with_middle ? "with" : "without",
               names.full_names[0], names.full_names[1]);
    fmt::print("  sounds '{}' and '{}': {}\n", names.sounds[0], names.sounds[1],
               names.sounds_agree ? "agree" : "do not agree");
    fmt::print("  edits {}, Levenshtein {:.4f} %, Jaro {:.4f} %, Jaro-Winkler {:.4f} %\n", names.distance,
               names.levenshtein_percent, names.jaro_percent, names.jaro_winkler_percent);
  }
  if (explanation.birthdate_tier) fmt::print("\nbirthdates: tier {:.0f}\n", *explanation.birthdate_tier);
  fmt::print("\nalgorithms, before any threshold:\n");
  for (const ExplainedVerdict& verdict : explanation.verdicts) {
    if (verdict.accepted) {
      fmt::print("  {:15} accepts, {}, {:.6f} %\n", algorithm_name(verdict.algorithm), short_label(verdict.rule),
                 verdict.score);
    } else {
      fmt::print("  {:15} refuses\n", algorithm_name(verdict.algorithm));
    }
  }
  for (const ExplainedKey& key : explanation.keys) {
    fmt::print("blocking key {}: {}\n", key.key, key.agrees ? "agrees" : "does not agree");
  }
}

Status run(const ExplainCommand& command) {
  const auto options = match_options(command.match);
  if (!options) return tl::unexpected(options.error());
  if (options->date_test == DateTest::kAny && command.match.block.empty()) {
    return fail(ErrorKind::kBadInput, "each algorithm is judged by its own rule for birthdates; choose equal or swap");
  }
  CommandRun run(false, false);
  const auto tables = load_two_tables(command.left, command.right, command.input, command.match.threads, run);
  if (!tables) return tl::unexpected(tables.error());
  const auto left_row = row_of(tables->left, command.left_id);
  if (!left_row) return tl::unexpected(left_row.error());
  const auto right_row = row_of(tables->right, command.right_id);
  if (!right_row) return tl::unexpected(right_row.error());
  const auto explanation = explain_pair(tables->left.read.table.view(), *left_row, tables->right.read.table.view(),
                                        *right_row, *options, convention_choice(command.match));
  if (!explanation) return tl::unexpected(explanation.error());
  if (auto status = run.publish(); !status) return status;
  if (command.json) {
    fmt::print("{}\n",
               to_json(*explanation, describe(*options, command.match.profile), convention_choice(command.match))
                   .dump(1, ' ', false, Json::error_handler_t::replace));
  } else {
    print(*explanation);
  }
  return {};
}

}  // namespace

Command add_explain_command(CLI::App& program) {
  auto command = std::make_shared<ExplainCommand>();
  CLI::App* app = program.add_subcommand("explain", "Show everything that decides about one pair");
  app->add_option("left", command->left, "a table, as for match")->required();
  app->add_option("right", command->right, "the other table; the same one for a pair within it")->required();
  app->add_option("left_id", command->left_id, "id of a row of the left table")->required();
  app->add_option("right_id", command->right_id, "id of a row of the right table")->required();
  app->add_flag("--json", command->json, "as JSON");
  command->match.add_to(*app, {.algorithm = false, .threshold = false, .review = false, .block = true});
  command->input.add_to(*app, true);
  app->footer("Example:\n  matcher explain left.csv right.csv 17 1000000009 --profile sound");
  return {app, [command] { return run(*command); }};
}

}  // namespace matcher
