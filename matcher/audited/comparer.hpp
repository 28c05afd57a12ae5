// Decides whether two normalized records match; one per lane, as it owns working memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "matcher/audited/records.hpp"
#include "matcher/engine/match_options.hpp"
#include "matcher/rules/case_rule.hpp"
#include "matcher/rules/full_name.hpp"
#include "matcher/text/normalize.hpp"
#include "matcher/text/utf8.hpp"

namespace matcher {

template <class Stack>
class Comparer {
 public:
  using Strings = typename Stack::Strings;
  using Record = NormalizedPerson<Stack>;

  // Both must outlive the object.
  Comparer(const Strings& strings, const MatchOptions& options) : strings_(&strings), options_(&options) {}

  // The verdict, without the rows; nothing if the records do not match or score below the threshold.
  // REQUIRES for A3 and A4: both birthdates are present and equal.
  [[nodiscard]] std::optional<Match> compare(const Record& left, const Record& right) {
    if (!is_exact(options_->algorithm)) return compare_names(left, right);
    if (!exactly_equal(left, right)) return std::nullopt;
    return Match{};
  }

 private:
  static_assert(Stack::Phonetic::kCached || !Stack::Names::kStored,
                "phonetics per pair need the names joined per pair");

  [[nodiscard]] bool exactly_equal(const Record& left, const Record& right) const {
    if (!left.birthdate || left.birthdate != right.birthdate) return false;
    if (!both_equal(left.first_name, right.first_name) || !both_equal(left.last_name, right.last_name)) return false;
    if (options_->algorithm == Algorithm::kA1) return true;
    if (Strings::is_null(left.middle_name) && Strings::is_null(right.middle_name)) return true;
    return both_equal(left.middle_name, right.middle_name);
  }

  template <class Text>
  [[nodiscard]] static bool both_equal(const Text& left, const Text& right) {
    return !Strings::is_null(left) && !Strings::is_null(right) && Strings::equal(left, right);
  }

  [[nodiscard]] std::optional<Match> compare_names(const Record& left, const Record& right) {
    const std::string_view left_name = full_name(left, left_buffers_);
    const std::string_view right_name = full_name(right, right_buffers_);
    std::array<std::uint32_t, 2> codes{};
    if constexpr (Stack::Phonetic::kCached) {
      codes = {left.phonetic.phonetic_code, right.phonetic.phonetic_code};
    } else if (left_name != right_name) {
      codes = {phonetic_code(left_buffers_), phonetic_code(right_buffers_)};
    }
    const bool same_sound = codes[0] != 0 && codes[0] == codes[1];
    std::optional<CaseMatch> found = apply_rule(left_name, codes[0], right_name, codes[1]);
    if (!found || !passes(found->score, options_->threshold_percent)) return std::nullopt;
    if (found->rule == Rule::kDirect) return Match{.rule = Rule::kDirect, .parts = {}, .score = found->score};
    // The rule was given no name parts, which are close to each other, so its CASE 3 is still to be confirmed: parts
    // are brought into their normal form for these few pairs only.
    if (found->rule == Rule::kCase3 && !parts_are_close(left, right)) found->rule = Rule::kCase2;
    return Match{.rule = found->rule,
                 .parts = found->parts,
                 .phonetic_equal = static_cast<std::uint8_t>(same_sound),
                 .score = found->score};
  }

  [[nodiscard]] std::string_view full_name(const Record& record, NameBuffers& buffers) {
    if constexpr (Stack::Names::kStored) {
      return strings_->view(record.name.full_name);
    } else {
      join_full_name(strings_->view(record.first_name), strings_->view(record.middle_name),
                     strings_->view(record.last_name), uses_middle_name(options_->algorithm), buffers);
      return buffers.simple;
    }
  }

  [[nodiscard]] std::optional<CaseMatch> apply_rule(std::string_view left, std::uint32_t left_code,
                                                    std::string_view right, std::uint32_t right_code) {
    const auto left_bytes = static_cast<std::uint32_t>(left.size());
    const auto right_bytes = static_cast<std::uint32_t>(right.size());
    if (is_ascii(left) && is_ascii(right)) {
      return apply_case_rule(CaseName<std::string_view>{left, left_bytes, left_code, {}},
                             CaseName<std::string_view>{right, right_bytes, right_code, {}}, scorer_);
    }
    decode_utf8(left, left_scalars_);
    decode_utf8(right, right_scalars_);
    return apply_case_rule(CaseName<std::u32string_view>{left_scalars_, left_bytes, left_code, {}},
                           CaseName<std::u32string_view>{right_scalars_, right_bytes, right_code, {}}, scorer_);
  }

  [[nodiscard]] bool parts_are_close(const Record& left, const Record& right) {
    return part_is_close(left.first_name, right.first_name) && part_is_close(left.last_name, right.last_name) &&
           (!uses_middle_name(options_->algorithm) || part_is_close(left.middle_name, right.middle_name));
  }

  template <class Text>
  [[nodiscard]] bool part_is_close(const Text& left, const Text& right) {
    normalize_simple(strings_->view(left), left_buffers_.simple);
    normalize_simple(strings_->view(right), right_buffers_.simple);
    decode_utf8(left_buffers_.simple, left_scalars_);
    decode_utf8(right_buffers_.simple, right_scalars_);
    const std::u32string_view left_part = left_scalars_;
    const std::u32string_view right_part = right_scalars_;
    return scorer_.distance(left_part, right_part, kCase3PartEdits) <= kCase3PartEdits;
  }

  const Strings* strings_;
  const MatchOptions* options_;
  typename Stack::Scorer scorer_;
  NameBuffers left_buffers_;
  NameBuffers right_buffers_;
  std::u32string left_scalars_;
  std::u32string right_scalars_;
};

}  // namespace matcher
