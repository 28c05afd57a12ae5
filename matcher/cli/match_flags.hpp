// Options that say how persons are compared.
#pragma once

#include <CLI/CLI.hpp>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "matcher/engine/match_options.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

struct MatchFlags {
  std::string algorithm = "A3";
  std::string threshold = "95";
  std::string review{};
  std::string profile = "peer";
  std::optional<std::string> normalizer{};
  std::optional<std::string> length_unit{};
  std::optional<unsigned> code_length{};
  std::string birthdate = "equal";
  std::vector<std::string> block{};
  bool direct_normalization = false;
  unsigned threads = 0;

  // What a command lets the user choose; the rest keeps its default.
  struct Choice {
    bool algorithm = true;
    bool threshold = true;
    bool review = true;
    bool block = true;
  };
  void add_to(CLI::App& command, const Choice& choice);

 private:
  void add_conventions_to(CLI::App& command);
};

[[nodiscard]] ConventionChoice convention_choice(const MatchFlags& flags);

// Errors: kBadInput.
[[nodiscard]] Result<MatchOptions> match_options(const MatchFlags& flags);

// Whether the algorithm or a key compares barangay_code or city_code.
[[nodiscard]] bool reads_places(const MatchOptions& options);

// "95", "95%" or "0.95" (above 0 and up to 1: a fraction). Errors: kBadInput.
[[nodiscard]] Result<double> parse_percent(const std::string& text, const char* what);

// Every choice that shapes the result, by name, for summaries.
[[nodiscard]] nlohmann::ordered_json describe(const MatchOptions& options, const std::string& profile);

}  // namespace matcher
