// The key under which records are grouped for a join.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "matcher/engine/join_key_value.hpp"
#include "matcher/engine/match_options.hpp"
#include "matcher/engine/records.hpp"

namespace matcher {

// True if no pair with different phonetic codes can pass, save one with equal names: without equal codes a score is at
// most (100 + 100 + 0) / 3 = 66.67 %.
[[nodiscard]] inline bool needs_equal_sound(const MatchOptions& options) {
  constexpr double kOutOfReachPercent = 66.7;
  return !is_exact(options.algorithm) && options.threshold_percent >= kOutOfReachPercent;
}

template <class Stack>
class JoinKey {
 public:
  // Both must outlive the object.
  JoinKey(const typename Stack::Strings& strings, const MatchOptions& options)
      : strings_(&strings), options_(&options) {}

  // Nothing: the record matches nobody. The converse of JoinKeyValue's promise does not hold: candidates are compared.
  [[nodiscard]] std::optional<JoinKeyValue> operator()(const NormalizedPerson<Stack>& record) const {
    if (!record.birthdate) return std::nullopt;
    const std::uint64_t date = static_cast<std::uint32_t>(*record.birthdate);
    if constexpr (Stack::Candidates::kFinestKey) {
      if (is_exact(options_->algorithm)) return exact_key(record, date);
      if (needs_equal_sound(*options_)) return JoinKeyValue{date, record.join.sound};
    }
    return JoinKeyValue{date, 0};
  }

 private:
  [[nodiscard]] std::optional<JoinKeyValue> exact_key(const NormalizedPerson<Stack>& record, std::uint64_t date) const {
    using Strings = typename Stack::Strings;
    if (Strings::is_null(record.first_name) || Strings::is_null(record.last_name)) return std::nullopt;
    std::uint64_t group = combine(combine(date, record.first_name), record.last_name);
    if (options_->algorithm == Algorithm::kA2 && !Strings::is_null(record.middle_name)) {
      group = combine(group, record.middle_name);
    }
    return JoinKeyValue{group, 0};
  }

  template <class Text>
  [[nodiscard]] std::uint64_t combine(std::uint64_t key, const Text& text) const {
    constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15ULL;  // 2^64 / golden ratio: spreads neighbouring keys
    const std::uint64_t mixed = (key ^ std::hash<std::string_view>()(strings_->view(text))) * kOdd;
    return mixed ^ (mixed >> 32);
  }

  const typename Stack::Strings* strings_;
  const MatchOptions* options_;
};

}  // namespace matcher
