// Turns rows of the input columns into the records of a stack.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "matcher/audited/records.hpp"
#include "matcher/engine/match_options.hpp"
#include "matcher/model/persons_view.hpp"
#include "matcher/rules/full_name.hpp"
#include "matcher/text/normalize.hpp"

namespace matcher {

template <class Stack>
class Loader {
 public:
  using Strings = typename Stack::Strings;
  using Allocation = typename Stack::Allocation;
  using Text = typename Strings::Text;

  // All must outlive the object.
  Loader(Strings& strings, Allocation& allocation, const MatchOptions& options)
      : strings_(&strings), allocation_(&allocation), options_(&options) {}

  [[nodiscard]] Person<Text> person(const PersonsView& table, std::size_t row) {
    return {.id = table.id[row],
            .uuid = copy(table.uuid, row),
            .first_name = copy(table.first_name, row),
            .middle_name = copy(table.middle_name, row),
            .last_name = copy(table.last_name, row),
            .birthdate = birthdate(table, row),
            .hh_id = copy(table.hh_id, row)};
  }

  [[nodiscard]] NormalizedPerson<Stack> normalized(const PersonsView& table, std::size_t row) {
    NormalizedPerson<Stack> record;
    record.first_name = normalized(table.first_name, row);
    record.middle_name = normalized(table.middle_name, row);
    record.last_name = normalized(table.last_name, row);
    record.birthdate = birthdate(table, row);
    record.id = table.id[row];
    record.uuid = strings_->store(table.uuid.text_or_empty(row), *allocation_);
    if constexpr (Stack::Names::kStored || Stack::Phonetic::kCached) {
      if (!is_exact(options_->algorithm)) add_full_name(record);
    }
    return record;
  }

 private:
  [[nodiscard]] Text copy(const TextColumn& column, std::size_t row) {
    return column.valid(row) ? strings_->store(column[row], *allocation_) : Text();
  }

  [[nodiscard]] Text normalized(const TextColumn& column, std::size_t row) {
    if (!column.valid(row)) return Text();
    normalize_text(column[row], part_);
    return strings_->store(part_, *allocation_);
  }

  [[nodiscard]] static std::optional<std::int32_t> birthdate(const PersonsView& table, std::size_t row) {
    return table.birthdate.valid(row) ? std::optional(table.birthdate.days[row]) : std::nullopt;
  }

  void add_full_name(NormalizedPerson<Stack>& record) {
    join_full_name(strings_->view(record.first_name), strings_->view(record.middle_name),
                   strings_->view(record.last_name), uses_middle_name(options_->algorithm), name_);
    if constexpr (Stack::Names::kStored) record.name.full_name = strings_->store(name_.simple, *allocation_);
    if constexpr (Stack::Phonetic::kCached) record.phonetic.phonetic_code = phonetic_code(name_);
  }

  Strings* strings_;
  Allocation* allocation_;
  const MatchOptions* options_;
  std::string part_;
  NameBuffers name_;
};

}  // namespace matcher
