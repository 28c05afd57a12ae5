// Chooses the finest joins that lose nothing, or those the user asked for.
#include "matcher/engine/match_plan.hpp"

#include <algorithm>

#include "matcher/engine/sound.hpp"
#include "matcher/model/needed_columns.hpp"

namespace matcher {
namespace {

// Without equal sounds a case-rule score is at most (100 + 100 + 0) / 3 = 66.67 %.
constexpr double kOutOfReachWithoutSound = 66.7;
constexpr double kMax3ReviewPercent = 85.0;

using Parts = std::vector<KeyPart>;

Status check_percent(double percent, const char* what) {
  if (percent >= 0.0 && percent <= 100.0) return {};
  return fail(ErrorKind::kBadInput, "{} {} is not a percentage; choose one from 0 to 100", what, percent);
}

Status check(const MatchOptions& options) {
  if (auto status = check_percent(options.threshold_percent, "threshold"); !status) return status;
  if (options.review_percent) {
    if (auto status = check_percent(*options.review_percent, "review bound"); !status) return status;
    if (*options.review_percent > options.threshold_percent) {
      return fail(ErrorKind::kBadInput, "review bound {} is above the threshold {}; choose a lower one",
                  *options.review_percent, options.threshold_percent);
    }
  }
  const std::string_view name = algorithm_name(options.algorithm);
  if (options.conventions.code_length > kLongestPackedCode) {
    return fail(ErrorKind::kBadInput, "code length {} is out of range; choose 1 to {}, or 0 for full codes",
                options.conventions.code_length, kLongestPackedCode);
  }
  if (options.direct_normalization && options.algorithm != Algorithm::kA1 && options.algorithm != Algorithm::kA2) {
    return fail(ErrorKind::kBadInput, "direct normalization belongs to A1 and A2, not to {}; leave it out", name);
  }
  if (options.date_test != DateTest::kEqual && !takes_date_test(options.algorithm)) {
    return fail(ErrorKind::kBadInput, "{} has its own rule for birthdates; leave the date test 'equal'", name);
  }
  if (options.date_test == DateTest::kAny) {
    if (options.algorithm == Algorithm::kL10) {
      return fail(ErrorKind::kBadInput, "L10 compares birthdates 'equal' or 'swap', not 'any'");
    }
    if (options.blocking_keys.empty()) {
      return fail(ErrorKind::kBadInput, "any birthdate would compare every row with every row; add blocking keys");
    }
  }
  return {};
}

Forms forms_of(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kA3:
    case Algorithm::kL10:
      return {.full_name = true, .with_middle = true, .sound = true};
    case Algorithm::kA4:
    case Algorithm::kL11:
    case Algorithm::kA7Tiers:
      return {.full_name = true, .with_middle = false, .sound = true};
    case Algorithm::kMax3:
      return {.full_name = true, .with_middle = true, .sound = false};
    case Algorithm::kA1:
    case Algorithm::kL3:
    case Algorithm::kL6:
    case Algorithm::kL9:
      return {.parts = true, .middle = false};
    default:
      return {.parts = true, .middle = true};
  }
}

// The forms that the parts of keys read.
void add_forms(const Parts& parts, Forms& forms) {
  for (const KeyPart& part : parts) {
    switch (part.field) {
      case KeyField::kBirthdate:
      case KeyField::kBirthYear:
      case KeyField::kBirthMonth:
      case KeyField::kMonthDay:
      case KeyField::kSwappedBirthdate:
      case KeyField::kBarangay:
      case KeyField::kCity:
      case KeyField::kSteadySound:
      case KeyField::kSteadyOnly:
      case KeyField::kUnsteadyOnly:
        break;
      case KeyField::kSound:
        forms.key_sound = true;
        break;
      case KeyField::kMiddle:
      case KeyField::kSoundexMiddle:
      case KeyField::kMiddleOrNull:
      case KeyField::kFullMiddle:
      case KeyField::kMiddleInitials:
        forms.middle = true;
        break;
      default:
        forms.parts = true;
    }
  }
}

// Three joins in place of one, as equal names may sound differently (hyphens): steady with steady by sound, unsteady
// ones with everything. No pair comes up twice.
void add_sound_passes(const Parts& left, const Parts& right, std::vector<JoinPass>& passes) {
  const auto with = [](Parts parts, KeyField field) {
    parts.push_back({field, 0});
    return parts;
  };
  passes.push_back({with(left, KeyField::kSteadySound), with(right, KeyField::kSteadySound)});
  passes.push_back({with(left, KeyField::kUnsteadyOnly), right});
  passes.push_back({with(left, KeyField::kSteadyOnly), with(right, KeyField::kUnsteadyOnly)});
}

void add_name_passes(const Parts& left, const Parts& right, bool by_sound, std::vector<JoinPass>& passes) {
  if (by_sound) {
    add_sound_passes(left, right, passes);
  } else {
    passes.push_back({left, right});
  }
}

std::vector<JoinPass> case_rule_passes(const MatchOptions& options, double least_percent) {
  const bool by_sound = least_percent >= kOutOfReachWithoutSound;
  const Parts date = {{KeyField::kBirthdate, 0}};
  std::vector<JoinPass> passes;
  add_name_passes(date, date, by_sound, passes);
  if (options.date_test == DateTest::kSwap) add_name_passes({{KeyField::kSwappedBirthdate, 0}}, date, by_sound, passes);
  return passes;
}

std::vector<JoinPass> tier_passes(double least_percent) {
  // 0.7 N + 0.3 B with B at most 100; the slack is far beyond rounding and far below what it costs.
  const double least_name_percent = (least_percent - 30.0) / 0.7 - 0.001;
  std::vector<JoinPass> passes;
  for (const int offset : {-1, 0, 1}) {
    add_name_passes({{KeyField::kBirthYear, offset}}, {{KeyField::kBirthYear, 0}},
                    least_name_percent >= kOutOfReachWithoutSound, passes);
  }
  return passes;
}

JoinPass equality_pass(const MatchOptions& options) {
  const Algorithm algorithm = options.algorithm;
  const bool nulls = options.direct_normalization && options.conventions.null_equals_null;
  Parts parts;
  if (algorithm >= Algorithm::kL4 && algorithm <= Algorithm::kL6) {
    parts.push_back({KeyField::kBarangay, 0});
  } else if (algorithm >= Algorithm::kL7 && algorithm <= Algorithm::kL9) {
    parts.push_back({KeyField::kCity, 0});
  } else {
    parts.push_back({KeyField::kBirthdate, 0});
  }
  parts.push_back({nulls ? KeyField::kFirstOrNull : KeyField::kFirstNotNull, 0});
  parts.push_back({nulls ? KeyField::kLastOrNull : KeyField::kLastNotNull, 0});
  if (algorithm == Algorithm::kA2) parts.push_back({KeyField::kMiddleOrNull, 0});
  if (algorithm == Algorithm::kL1 || algorithm == Algorithm::kL4 || algorithm == Algorithm::kL7) {
    parts.push_back({KeyField::kFullMiddle, 0});
  }
  if (algorithm == Algorithm::kL2 || algorithm == Algorithm::kL5 || algorithm == Algorithm::kL8) {
    parts.push_back({KeyField::kMiddleInitials, 0});
  }
  return {parts, parts};
}

std::vector<JoinPass> weighted_passes() {
  constexpr int kPrefix = 3;
  std::vector<JoinPass> passes;
  const auto add = [&](Parts parts) { passes.push_back({parts, parts}); };
  add({{KeyField::kBirthdate, 0}, {KeyField::kSoundexFirst, 0}, {KeyField::kSoundexLast, 0}});
  add({{KeyField::kBirthdate, 0}, {KeyField::kFirst, kPrefix}, {KeyField::kLast, kPrefix}});
  add({{KeyField::kBirthdate, 0}, {KeyField::kSoundexMiddle, 0}});
  return passes;
}

void add_passes(const MatchOptions& options, MatchPlan& plan) {
  if (!options.blocking_keys.empty()) {
    for (const BlockingKey& key : options.blocking_keys) plan.passes.push_back({key.parts, key.parts});
    plan.passes_overlap = plan.passes.size() > 1;
  } else if (options.algorithm == Algorithm::kA7Levenshtein) {
    plan.passes = weighted_passes();
    plan.passes_overlap = true;
  } else if (options.algorithm == Algorithm::kA7Tiers) {
    plan.passes = tier_passes(plan.least_percent);
  } else if (options.algorithm == Algorithm::kMax3) {
    plan.passes = case_rule_passes(options, 0.0);
  } else if (is_exact(options.algorithm)) {
    plan.passes.push_back(equality_pass(options));
  } else {
    plan.passes = case_rule_passes(options, plan.least_percent);
  }
}

}  // namespace

std::vector<PassGroup> pass_groups(const MatchPlan& plan, const MatchOptions& options) {
  std::vector<PassGroup> groups;
  for (std::size_t i = 0; i < plan.passes.size(); ++i) {
    JoinPass key = plan.passes[i];
    if (options.blocking_keys.empty()) {
      key.left.resize(1);
      key.right.resize(1);
    }
    const auto same = [&](const PassGroup& group) { return group.left == key.left && group.right == key.right; };
    const auto found = std::find_if(groups.begin(), groups.end(), same);
    if (found == groups.end()) {
      groups.push_back({std::move(key.left), std::move(key.right), {i}});
    } else {
      found->passes.push_back(i);
    }
  }
  return groups;
}

Forms forms_of_groups(const std::vector<PassGroup>& groups) {
  Forms forms;
  for (const PassGroup& group : groups) {
    add_forms(group.left, forms);
    add_forms(group.right, forms);
  }
  return forms;
}

Status check_columns(const MatchOptions& options, const PersonsView& left, const PersonsView& right) {
  const auto lacking = [](std::string_view reader, std::string_view name) -> Status {
    return fail(ErrorKind::kBadInput,
                "{} reads column '{}', which a table lacks; add it, or say which column it is (--map)", reader, name);
  };
  const auto lacks = [&](const TextColumn PersonsView::*column) {
    return (left.*column).is_absent() || (right.*column).is_absent();
  };
  for (const BlockingKey& key : options.blocking_keys) {
    for (const KeyPart& part : key.parts) {
      if (part.field == KeyField::kBarangay && lacks(&PersonsView::barangay_code)) {
        return lacking(key.text, "barangay_code");
      }
      if (part.field == KeyField::kCity && lacks(&PersonsView::city_code)) return lacking(key.text, "city_code");
      const bool reads_middle = part.field == KeyField::kMiddle || part.field == KeyField::kSoundexMiddle;
      if (reads_middle && lacks(&PersonsView::middle_name)) return lacking(key.text, "middle_name");
    }
  }
  const auto missing = missing_column(options.algorithm, left, right);
  return missing ? lacking(algorithm_name(options.algorithm), *missing) : Status();
}

Result<MatchPlan> make_plan(const MatchOptions& options) {
  if (auto status = check(options); !status) return hand_on(status);
  MatchPlan plan;
  plan.match_percent = options.threshold_percent;
  plan.least_percent = options.review_percent.value_or(options.threshold_percent);
  if (options.algorithm == Algorithm::kMax3 && !options.review_percent) {
    plan.least_percent = std::min(kMax3ReviewPercent, options.threshold_percent);
  }
  add_passes(options, plan);
  // The built-in join of an exact algorithm is its whole test: a form is needed once for the key, and for the few pairs
  // whose texts are not the same bytes once more.
  if (is_exact(options.algorithm) && options.blocking_keys.empty()) return plan;
  plan.forms = forms_of(options.algorithm);
  for (const JoinPass& pass : plan.passes) {
    add_forms(pass.left, plan.forms);
    add_forms(pass.right, plan.forms);
  }
  return plan;
}

}  // namespace matcher
