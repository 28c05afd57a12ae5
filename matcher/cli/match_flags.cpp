// Options of comparisons.
#include "matcher/cli/match_flags.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "matcher/cli/names.hpp"

namespace matcher {

void MatchFlags::add_to(CLI::App& command, const Choice& choice) {
  const std::string group = "Comparison";
  if (choice.algorithm) {
    command
        .add_option(
            "-a,--algorithm", algorithm,
            "A1: birthdate, first and last name equal; A2: also the middle name; A3: birthdate equal and full names "
            "alike; A4: as A3 without the middle name; A7-TIERS, A7-LEVENSHTEIN, MAX3, L1 to L11: see "
            "docs/algorithms.md")
        ->check(one_of(kAlgorithmNames))
        ->group(group)
        ->capture_default_str();
    command
        .add_flag("--direct-normalization", direct_normalization,
                  "A1, A2: also ignore case, dots and hyphens in the way A3 does")
        ->group(group);
  }
  if (choice.threshold) {
    command.add_option("-t,--threshold", threshold, "least score: 95, 95% or 0.95; exact algorithms do not ask")
        ->group(group)
        ->capture_default_str();
  }
  if (choice.review) {
    command.add_option("--review", review, "pairs below the threshold that reach this are reported for review")
        ->group(group);
  }
  add_conventions_to(command);
  if (choice.block) {
    command
        .add_option(
            "--block", block,
            "look only at pairs that agree on this key, e.g. birthyear+soundex(last); repeatable: on any of them; see "
            "docs/algorithms.md")
        ->allow_extra_args(false)  // tables may follow
        ->group(group);
  }
  command.add_option("--threads", threads, "most threads to use; 0: all cores; results do not depend on it")
      ->check(CLI::Range(0U, 1024U))
      ->group(group)
      ->capture_default_str();
}

void MatchFlags::add_conventions_to(CLI::App& command) {
  const std::string group = "Comparison";
  command.add_option("--profile", profile, "peer: as the audited program; sound: Unicode lengths, full phonetic codes")
      ->check(one_of(kProfileNames))
      ->group(group)
      ->capture_default_str();
  command
      .add_option(
          "--normalizer", normalizer,
          "what is made of name parts before they are compared; text: no accents, lower case; simple: lower case, no "
          "dots, hyphens as spaces; phonetic: letters a to z; raw: as given (default: the profile's)")
      ->check(one_of(kNormalizerNames))
      ->group(group);
  command.add_option("--length-unit", length_unit, "what a Levenshtein percent divides by: bytes or scalars")
      ->check(one_of(kLengthUnitNames))
      ->group(group);
  command.add_option("--code-length", code_length, "symbols of a phonetic code, 1 to 15; 0: full")->group(group);
  command
      .add_option("--birthdate", birthdate,
                  "equal; swap: day and month may be exchanged; any: not compared (needs --block)")
      ->check(one_of(kDateTestNames))
      ->group(group)
      ->capture_default_str();
}

bool reads_places(const MatchOptions& options) {
  if (options.algorithm >= Algorithm::kL4 && options.algorithm <= Algorithm::kL9) return true;
  const auto is_place = [](const KeyPart& part) {
    return part.field == KeyField::kBarangay || part.field == KeyField::kCity;
  };
  return std::any_of(options.blocking_keys.begin(), options.blocking_keys.end(),
                     [&](const BlockingKey& key) { return std::any_of(key.parts.begin(), key.parts.end(), is_place); });
}

Result<double> parse_percent(const std::string& text, const char* what) {
  std::string_view digits = text;
  const bool has_sign = !digits.empty() && digits.back() == '%';
  if (has_sign) digits.remove_suffix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool is_number = error == std::errc() && end == digits.data() + digits.size() && !digits.empty();
  if (is_number && !has_sign && value > 0.0 && value <= 1.0) value *= 100.0;
  if (is_number && value >= 0.0 && value <= 100.0) return value;
  return fail(ErrorKind::kBadInput, "{} '{}' is not a percentage; write 95, 95% or 0.95", what, text);
}

ConventionChoice convention_choice(const MatchFlags& flags) {
  ConventionChoice choice;
  choice.profile = value_of<Profile>(kProfileNames, flags.profile);
  if (flags.normalizer) choice.normalizer = value_of<Normalizer>(kNormalizerNames, *flags.normalizer);
  if (flags.length_unit) choice.length_unit = value_of<LengthUnit>(kLengthUnitNames, *flags.length_unit);
  choice.code_length = flags.code_length;
  return choice;
}

Result<MatchOptions> match_options(const MatchFlags& flags) {
  MatchOptions options;
  options.algorithm = *parse_algorithm(flags.algorithm);
  const auto threshold = parse_percent(flags.threshold, "threshold");
  if (!threshold) return tl::unexpected(threshold.error());
  options.threshold_percent = *threshold;
  if (!flags.review.empty()) {
    const auto review = parse_percent(flags.review, "review bound");
    if (!review) return tl::unexpected(review.error());
    options.review_percent = *review;
  }
  options.conventions = convention_choice(flags).of(options.algorithm);
  options.date_test = value_of<DateTest>(kDateTestNames, flags.birthdate);
  options.direct_normalization = flags.direct_normalization;
  options.threads = flags.threads;
  for (const std::string& text : flags.block) {
    auto key = parse_blocking_key(text);
    if (!key) return hand_on(key);
    options.blocking_keys.push_back(std::move(*key));
  }
  return options;
}

nlohmann::ordered_json describe(const MatchOptions& options, const std::string& profile) {
  nlohmann::ordered_json keys = nlohmann::ordered_json::array();
  for (const BlockingKey& key : options.blocking_keys) keys.push_back(key.text);
  nlohmann::ordered_json json = {
      {"algorithm", algorithm_name(options.algorithm)},
      {"threshold_percent", options.threshold_percent},
      {"review_percent", options.review_percent ? nlohmann::ordered_json(*options.review_percent) : nullptr},
      {"profile", profile},
      {"normalizer", name_of(kNormalizerNames, options.conventions.normalizer)},
      {"length_unit", name_of(kLengthUnitNames, options.conventions.length_unit)},
      {"code_length", options.conventions.code_length},
      {"null_equals_null", options.conventions.null_equals_null},
      {"birthdate", name_of(kDateTestNames, options.date_test)},
      {"direct_normalization", options.direct_normalization},
      {"blocking_keys", keys}};
  return json;
}

}  // namespace matcher
