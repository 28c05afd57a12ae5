// Explains a pair by running every step on it.
#include "matcher/evaluation/explanation.hpp"

#include <algorithm>
#include <utility>

#include "matcher/engine/match_engine.hpp"
#include "matcher/engine/prepared_table.hpp"
#include "matcher/engine/row_keys.hpp"
#include "matcher/model/date.hpp"
#include "matcher/model/persons_table.hpp"
#include "matcher/phonetic/double_metaphone.hpp"
#include "matcher/phonetic/soundex.hpp"
#include "matcher/rules/birthdate_tier.hpp"
#include "matcher/rules/full_name.hpp"
#include "matcher/similarity/bit_parallel.hpp"
#include "matcher/similarity/score.hpp"
#include "matcher/text/name_parts.hpp"
#include "matcher/text/normalize.hpp"
#include "matcher/text/utf8.hpp"

namespace matcher {
namespace {

using Text = std::optional<std::string>;
using PartColumn = TextColumn PersonsView::*;

constexpr std::array<std::pair<std::string_view, PartColumn>, 3> kParts = {{{"first_name", &PersonsView::first_name},
                                                                            {"middle_name", &PersonsView::middle_name},
                                                                            {"last_name", &PersonsView::last_name}}};

// A table of one row, copied out of another.
PersonsTable single_row(const PersonsView& view, std::size_t row) {
  PersonsTable table;
  const auto copy = [&](const TextColumn& from, TextBuilder& to) {
    if (from.is_absent()) return;
    from.valid(row) ? to.append(from[row]) : to.append_null();
  };
  table.id.push_back(view.id[row]);
  copy(view.uuid, table.uuid);
  copy(view.first_name, table.first_name);
  copy(view.middle_name, table.middle_name);
  copy(view.last_name, table.last_name);
  copy(view.hh_id, table.hh_id);
  copy(view.barangay_code, table.barangay_code);
  copy(view.city_code, table.city_code);
  table.birthdate.append(view.birthdate.valid(row) ? std::optional(view.birthdate.days[row]) : std::nullopt);
  return table;
}

std::string normalized(std::string_view text, Normalizer normalizer) {
  std::string out;
  normal_form(text, normalizer, out);
  return out;
}

std::string unpacked(std::uint32_t code) {
  std::string text;
  for (; code != 0; code >>= 8) text += static_cast<char>(code & 0xFF);
  return text;
}

class Explainer {
 public:
  Explainer(const PersonsView& left, const PersonsView& right, const MatchOptions& options)
      : rows_{left, right}, options_(options) {}

  void add_values(std::vector<ExplainedValue>& values) const {
    add(values, "birthdate", [](const PersonsView& row) {
      return row.birthdate.valid(0) ? Text(format_iso_date(row.birthdate.days[0])) : Text();
    });
    for (const auto& [name, column] : kParts) {
      add_part(values, name, column);
    }
  }

  [[nodiscard]] ExplainedNames names(bool with_middle) const {
    ExplainedNames names{.with_middle = with_middle};
    std::array<std::u32string, 2> scalars;
    for (std::size_t side = 0; side < 2; ++side) {
      NameBuffers buffers;
      join_full_name(part(side, &PersonsView::first_name), part(side, &PersonsView::middle_name),
                     part(side, &PersonsView::last_name), with_middle, buffers);
      names.full_names[side] = buffers.simple;
      normalize_for_phonetic(buffers.joined, buffers.phonetic);
      const unsigned length = options_.conventions.code_length;
      names.sounds[side] =
          length == 0 ? double_metaphone_full(buffers.phonetic) : double_metaphone(buffers.phonetic, length);
      decode_utf8(buffers.simple, scalars[side]);
    }
    const bool in_bytes = options_.conventions.length_unit == LengthUnit::kBytes;
    const std::size_t longest = in_bytes ? std::max(names.full_names[0].size(), names.full_names[1].size())
                                         : std::max(scalars[0].size(), scalars[1].size());
    const ScoreParts parts = score_bit_parallel(scalars[0], scalars[1]);
    const auto left_length = static_cast<std::uint32_t>(scalars[0].size());
    const auto right_length = static_cast<std::uint32_t>(scalars[1].size());
    names.distance = parts.distance;
    names.levenshtein_percent = levenshtein_percent(parts.distance, static_cast<std::uint32_t>(longest));
    names.jaro_percent = 100.0 * jaro(parts.matches, parts.half_transpositions, left_length, right_length);
    names.jaro_winkler_percent = jaro_winkler_percent(parts, left_length, right_length);
    names.sounds_agree = !names.sounds[0].empty() && names.sounds[0] == names.sounds[1];
    return names;
  }

 private:
  [[nodiscard]] std::string part(std::size_t side, PartColumn column) const {
    return normalized((rows_[side].*column).text_or_empty(0), options_.conventions.normalizer);
  }

  template <class ValueOf>
  void add(std::vector<ExplainedValue>& values, std::string name, const ValueOf& value_of) const {
    values.push_back({std::move(name), {value_of(rows_[0]), value_of(rows_[1])}});
  }

  void add_part(std::vector<ExplainedValue>& values, std::string_view name, PartColumn column) const {
    const auto add_form = [&](std::string_view form, const auto& make) {
      add(values, std::string(name).append(form), [&, column = column](const PersonsView& row) {
        if (!(row.*column).valid(0)) return Text();
        return Text(make((row.*column)[0]));
      });
    };
    const Normalizer normalizer = options_.conventions.normalizer;
    add_form("", [](std::string_view text) { return std::string(text); });
    add_form(", normal form", [&](std::string_view text) { return normalized(text, normalizer); });
    add_form(", simple form", [&](std::string_view text) {
      std::string simple;
      normalize_simple(normalized(text, normalizer), simple);
      return simple;
    });
    add_form(", soundex", [&](std::string_view text) { return unpacked(soundex_code(normalized(text, normalizer))); });
    add_form(", metaphone", [&](std::string_view text) {
      std::string phonetic;
      normalize_for_phonetic(normalized(text, normalizer), phonetic);
      return double_metaphone(phonetic);
    });
    if (column != &PersonsView::middle_name) return;
    add_form(", initials", [&](std::string_view text) {
      std::string letters;
      initials(normalized(text, normalizer), letters);
      return letters;
    });
  }

  std::array<PersonsView, 2> rows_;
  const MatchOptions& options_;
};

Result<ExplainedVerdict> verdict_of(Algorithm algorithm, const PersonsView& left, const PersonsView& right,
                                    const MatchOptions& options, const ConventionChoice& choice) {
  MatchOptions own;
  own.algorithm = algorithm;
  own.threshold_percent = 0.0;
  own.threads = 1;
  own.conventions = choice.of(algorithm);
  if (options.date_test == DateTest::kSwap && takes_date_test(algorithm)) own.date_test = DateTest::kSwap;
  if (!check_columns(own, left, right)) return ExplainedVerdict{.algorithm = algorithm};
  const auto matches = match_persons(left, right, own);
  if (!matches) return tl::unexpected(matches.error());
  if (matches->empty()) return ExplainedVerdict{.algorithm = algorithm};
  return ExplainedVerdict{algorithm, true, matches->front().rule, matches->front().score};
}

}  // namespace

Result<Explanation> explain_pair(const PersonsView& left, std::size_t left_row, const PersonsView& right,
                                 std::size_t right_row, const MatchOptions& options, const ConventionChoice& choice) {
  const PersonsTable left_table = single_row(left, left_row);
  const PersonsTable right_table = single_row(right, right_row);
  const PersonsView left_view = left_table.view();
  const PersonsView right_view = right_table.view();
  const Explainer explainer(left_view, right_view, options);
  Explanation explanation;
  explainer.add_values(explanation.values);
  explanation.names = {explainer.names(true), explainer.names(false)};
  if (left_view.birthdate.valid(0) && right_view.birthdate.valid(0)) {
    explanation.birthdate_tier = birthdate_tier(left_view.birthdate.days[0], right_view.birthdate.days[0]);
  }
  for (std::size_t i = 0; i < kAlgorithmNames.size(); ++i) {
    auto verdict = verdict_of(static_cast<Algorithm>(i), left_view, right_view, options, choice);
    if (!verdict) return hand_on(verdict);
    explanation.verdicts.push_back(*verdict);
  }
  if (options.blocking_keys.empty()) return explanation;
  const auto plan = make_plan(options);
  if (!plan) return tl::unexpected(plan.error());
  const PreparedTable left_forms = prepare_table(left_view, *plan, options, 1);
  const PreparedTable right_forms = prepare_table(right_view, *plan, options, 1);
  for (std::size_t key = 0; key < options.blocking_keys.size(); ++key) {
    const auto left_keys = row_keys(left_forms, plan->passes[key].left, {}, 1, {});
    const auto right_keys = row_keys(right_forms, plan->passes[key].right, {}, 1, {});
    explanation.keys.push_back(
        {options.blocking_keys[key].text, left_keys[0] != kNoKey && left_keys[0] == right_keys[0]});
  }
  return explanation;
}

}  // namespace matcher
