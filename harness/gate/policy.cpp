#include "harness/gate/policy.hpp"

namespace assay::gate {
namespace {

Result<double> number_in(const Json& json, const std::string& where, const char* key, double low, double high) {
  ASSAY_TRY(const double value, member<double>(json, where, key));
  if (value >= low && value <= high) return value;
  return fail(ErrorKind::kUsage, "{}: key '{}' cannot be {}; choose from {} to {}", where, key, value, low, high);
}

Result<std::uint32_t> count_in(const Json& json, const std::string& where, const char* key, std::uint32_t low,
                               std::uint32_t high) {
  ASSAY_TRY(const auto value, member<std::uint32_t>(json, where, key));
  if (value >= low && value <= high) return value;
  return fail(ErrorKind::kUsage, "{}: key '{}' cannot be {}; choose from {} to {}", where, key, value, low, high);
}

Result<CellRule> read_rule(const Json& json, const std::string& where) {
  ASSAY_CHECK(check_keys(json, where, {"match"}, {"margin", "ignore", "reason"}));
  CellRule rule;
  ASSAY_TRY(rule.text, member<std::string>(json, where, "match"));
  try {
    rule.match = std::regex(rule.text);
  } catch (const std::regex_error& error) {
    return fail(ErrorKind::kUsage, "{}: '{}' is no regular expression: {}", where, rule.text, error.what());
  }
  if (json.contains("margin")) {
    ASSAY_TRY(rule.margin, number_in(json, where, "margin", 0.001, 10));
  }
  if (json.contains("ignore")) {
    ASSAY_TRY(rule.ignored, member<bool>(json, where, "ignore"));
  }
  if (json.contains("reason")) {
    ASSAY_TRY(rule.reason, member<std::string>(json, where, "reason"));
  }
  if (rule.ignored && rule.reason.empty()) {
    return fail(ErrorKind::kUsage, "{}: '{}' is ignored without a reason; add \"reason\"", where, rule.text);
  }
  return rule;
}

Status read_pairs(const Json& json, const std::string& where, const char* key, std::uint32_t& pairs,
                  std::uint32_t& launches) {
  if (!json.contains(key)) return {};
  const std::string place = where + ": " + key;
  ASSAY_CHECK(check_keys(json[key], place, {"pairs", "launches"}));
  ASSAY_TRY(pairs, count_in(json[key], place, "pairs", 8, 1000));
  ASSAY_TRY(launches, count_in(json[key], place, "launches", 1, 100));
  return {};
}

Status read_budgets(const Json& json, const std::string& where, Policy& policy) {
  if (!json.contains("budgets")) return {};
  const std::string place = where + ": budgets";
  if (!json["budgets"].is_object()) return fail(ErrorKind::kUsage, "{} is no object of metric: share", place);
  for (const auto& [metric, ignored] : json["budgets"].items()) {
    ASSAY_TRY(policy.budgets[metric], number_in(json["budgets"], place, metric.c_str(), 0, 100));
  }
  return {};
}

}  // namespace

const CellRule* Policy::rule_for(const std::string& cell) const {
  for (const CellRule& rule : rules) {
    if (std::regex_search(cell, rule.match)) return &rule;
  }
  return nullptr;
}

double Policy::margin_for(const std::string& cell) const {
  const CellRule* const rule = rule_for(cell);
  return rule != nullptr && rule->margin ? *rule->margin : margin;
}

Result<Policy> policy_from_json(const Json& json, const std::string& where) {
  ASSAY_CHECK(check_keys(json, where, {"schema", "suite"},
                         {"margin", "budget_seconds", "timing", "confirmation", "family_error", "strict",
                          "offline_time", "budgets", "cells"}));
  if (json["schema"] != "assay-policy/1") {
    return fail(ErrorKind::kUsage, "{}: schema is {}, expected \"assay-policy/1\"", where, json["schema"].dump());
  }
  Policy policy;
  ASSAY_TRY(policy.suite, member<std::string>(json, where, "suite"));
  if (json.contains("margin")) {
    ASSAY_TRY(policy.margin, number_in(json, where, "margin", 0.001, 10));
  }
  if (json.contains("budget_seconds")) {
    ASSAY_TRY(policy.budget_seconds, number_in(json, where, "budget_seconds", 0.1, 86400));
  }
  if (json.contains("family_error")) {
    ASSAY_TRY(policy.family_error, number_in(json, where, "family_error", 1e-6, 0.2));
  }
  if (json.contains("strict")) {
    ASSAY_TRY(policy.strict, member<bool>(json, where, "strict"));
  }
  if (json.contains("offline_time")) {
    ASSAY_TRY(const auto effect, member<std::string>(json, where, "offline_time"));
    if (effect != "warn" && effect != "gate") {
      return fail(ErrorKind::kUsage, "{}: key 'offline_time' cannot be '{}'; choose warn or gate", where, effect);
    }
    policy.judges_offline_time = effect == "gate";
  }
  ASSAY_CHECK(read_pairs(json, where, "timing", policy.most_pairs, policy.launches));
  ASSAY_CHECK(read_pairs(json, where, "confirmation", policy.confirmation_pairs, policy.confirmation_launches));
  ASSAY_CHECK(read_budgets(json, where, policy));
  if (json.contains("cells")) {
    ASSAY_TRY(const auto rules, member<Json::array_t>(json, where, "cells"));
    for (const Json& rule : rules) {
      ASSAY_TRY(CellRule read, read_rule(rule, where + ": cells"));
      policy.rules.push_back(std::move(read));
    }
  }
  return policy;
}

Result<Policy> read_policy(const std::filesystem::path& file) {
  ASSAY_TRY(const Json json, read_json(file));
  return policy_from_json(json, file.string());
}

}  // namespace assay::gate
