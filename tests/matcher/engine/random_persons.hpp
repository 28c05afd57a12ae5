// Small random tables full of what goes wrong: ties, nulls, blanks, accents, hyphens, dots, typos.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "matcher/model/persons_table.hpp"
#include "matcher/reference/person.hpp"

namespace matcher_test {

// The same rows in the form of the engine and of the reference.
struct RandomPersons {
  matcher::PersonsTable table;
  std::vector<matcher::reference::Person> rows;
};

class PersonsGenerator {
 public:
  explicit PersonsGenerator(std::uint64_t seed) : random_(seed) {}

  // Few distinct names and dates, so that many pairs share a date and resemble each other; ids repeat and are unsorted.
  RandomPersons make(std::size_t row_count) {
    RandomPersons persons;
    for (std::size_t row = 0; row < row_count; ++row) add(persons, person(static_cast<std::int64_t>(row_count)));
    return persons;
  }

 private:
  using Name = std::optional<std::string>;

  matcher::reference::Person person(std::int64_t id_range) {
    return {
        .id = static_cast<std::int64_t>(below(static_cast<std::uint64_t>(id_range))) - 3,
        .first = name({"John", "Jon", "Jose", "JOS\xC3\x89", "Mary-Jane", "Mary Jane", "Thomas", "Thomas-Hall", "Maria",
                       "\xCE\xA3\xCE\xAF\xCF\x83\xCF\x85\xCF\x86\xCE\xBF\xCF\x82", "\xE6\x9D\x8E", "A."}),
        .middle = name({"Lee", "L.", "Michael", "Mikhail", "de la", "\xC3\x9F", "", "Hall"}),
        .last = name({"Smith", "Smyth",
                      "Garc\xC3\xAD"
                      "a",
                      "Garcia", "O'Brien", "OBrien", "Hall", "Hall-Smith", "Hall Smith", "\xC5\x81uk", "van der Berg",
                      "Santos", "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft"}),
        .birthdate_days = below(12) == 0 ? std::nullopt : std::optional<std::int32_t>(-2 + static_cast<int>(below(5)))};
  }

  Name name(const std::vector<std::string>& choices) {
    switch (below(16)) {
      case 0:
        return std::nullopt;
      case 1:
        return " ";
      case 2:
        return "-.-";
      case 3:
      case 4:
        return with_typo(choices[below(choices.size())]);
      default:
        return choices[below(choices.size())];
    }
  }

  // May cut a UTF-8 sequence in two: damaged text must not break anything.
  std::string with_typo(std::string text) {
    const std::size_t at = below(text.size() + 1);
    if (below(2) == 0 || text.empty()) return text.insert(at, 1, static_cast<char>('a' + below(26)));
    return text.erase(at < text.size() ? at : 0, 1);
  }

  static void append(matcher::TextBuilder& column, const Name& value) {
    value ? column.append(*value) : column.append_null();
  }

  static void add(RandomPersons& persons, const matcher::reference::Person& row) {
    persons.table.id.push_back(row.id);
    append(persons.table.first_name, row.first);
    append(persons.table.middle_name, row.middle);
    append(persons.table.last_name, row.last);
    persons.table.birthdate.append(row.birthdate_days);
    persons.rows.push_back(row);
  }

  // Modulo bias does not matter here; std::uniform_int_distribution would give other rows on other libraries.
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  std::mt19937_64 random_;
};

}  // namespace matcher_test
