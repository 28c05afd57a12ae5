// Random persons.
#include "tests/matcher/agreement/random_persons.hpp"

#include <iterator>
#include <optional>

namespace agreement {
namespace {

using matcher::reference::Person;
using Text = std::optional<std::string>;

Text part(RandomText& random, const std::vector<std::string>& pool) {
  if (random.one_in(12)) return std::nullopt;
  if (random.one_in(20)) return "";
  if (random.one_in(30)) return std::string(1 + random.below(3), random.one_in(2) ? ' ' : '-');
  const std::string& text = pool[random.below(pool.size())];
  return random.one_in(2) ? text : random.edited(text);
}

Text middle(RandomText& random, const std::vector<std::string>& pool) {
  constexpr const char* kShort[] = {"M.", "m", " Q ", "..a..", "Maria Santos", "de la", "A B C", "."};
  return random.one_in(3) ? Text(kShort[random.below(std::size(kShort))]) : part(random, pool);
}

Text place(RandomText& random) {
  constexpr const char* kPlaces[] = {"B1", "b1 ", "B-2", "", "  ", "\xC3\x89l"};
  return random.one_in(6) ? std::nullopt : Text(kPlaces[random.below(std::size(kPlaces))]);
}

// Days that are equal, one apart, exchanged day and month, in one month, one year, neighbouring and distant years.
std::optional<std::int32_t> birthdate(RandomText& random) {
  constexpr std::int32_t kDays[] = {11295, 11296, 11051, 11300, 11052, 11100, 11688, 10957, 10956, -20000, 0, 59, 790};
  if (random.one_in(15)) return std::nullopt;
  return kDays[random.one_in(2) ? 0 : random.below(std::size(kDays))];
}

Person random_person(RandomText& random, const std::vector<std::string>& pool) {
  Person person;
  person.first = part(random, pool);
  person.middle = middle(random, pool);
  person.last = part(random, pool);
  person.birthdate_days = birthdate(random);
  constexpr const char* kHouseholds[] = {"h1", "h2", "7", ""};
  if (!random.one_in(5)) person.uuid = kHouseholds[random.below(std::size(kHouseholds))];
  if (!random.one_in(4)) person.hh_id = kHouseholds[random.below(std::size(kHouseholds))];
  person.barangay_code = place(random);
  person.city_code = place(random);
  return person;
}

}  // namespace

std::vector<std::string> random_pool(RandomText& random) {
  std::vector<std::string> pool;
  for (std::size_t n = 2 + random.below(8); n > 0; --n) pool.push_back(random.name());
  return pool;
}

Persons random_persons(RandomText& random, const std::vector<std::string>& pool, std::size_t rows,
                       const Persons& others) {
  Persons persons;
  for (std::size_t i = 0; i < rows; ++i) {
    Person person = random_person(random, pool);
    if (!others.empty() && random.one_in(3)) person = others[random.below(others.size())];
    if (i > 0 && random.one_in(6)) person = persons[random.below(i)];
    if (person.first && random.one_in(4)) person.first = random.edited(*person.first);
    if (random.one_in(4)) person.birthdate_days = birthdate(random);
    person.id = static_cast<std::int64_t>(i * 7919 % 1000) - 300;
    if (random.one_in(20)) person.id = 5;
    persons.push_back(person);
  }
  return persons;
}

matcher::PersonsTable table_of(const Persons& persons) {
  matcher::PersonsTable table;
  const auto append = [](matcher::TextBuilder& column, const Text& text) {
    text ? column.append(*text) : column.append_null();
  };
  for (const auto column : matcher::kTextColumns) {
    if (column != &matcher::PersonsTable::text_id) (table.*column).declare();
  }
  for (const Person& p : persons) {
    table.id.push_back(p.id);
    append(table.uuid, p.uuid);
    append(table.first_name, p.first);
    append(table.middle_name, p.middle);
    append(table.last_name, p.last);
    append(table.hh_id, p.hh_id);
    append(table.barangay_code, p.barangay_code);
    append(table.city_code, p.city_code);
    table.birthdate.append(p.birthdate_days);
  }
  return table;
}

std::string shown(const Persons& persons) {
  std::string text;
  for (const Person& p : persons) {
    text.append("\n").append(std::to_string(p.id));
    for (const auto& name : {p.first, p.middle, p.last, p.uuid, p.hh_id, p.barangay_code, p.city_code}) {
      text.append(" ").append(name ? "'" + escaped(*name) + "'" : "null");
    }
    text.append(" ").append(p.birthdate_days ? std::to_string(*p.birthdate_days) : "null");
  }
  return text;
}

}  // namespace agreement
