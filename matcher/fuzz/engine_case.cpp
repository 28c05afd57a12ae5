// Decodes the tables and options of a fuzzed run.
#include "matcher/fuzz/engine_case.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "matcher/fuzz/require.hpp"

namespace matcher::fuzz {
namespace {

constexpr std::size_t kMostRows = 6;
constexpr std::size_t kMostNameBytes = 80;

// Around every bound of the case rule, of the joins and of rounding.
constexpr std::array kPercents = {95.0,  0.0,  50.0, 60.0, 66.6,  66.66, 66.67, 66.7,       70.0,
                                  76.67, 80.0, 85.0, 88.0, 93.33, 97.5,  100.0, 99.9999999, 94.99999999999999,
                                  66.69};

// The first two differ in what they swap to; then a day, a month and years apart, leap days, and before 1970.
constexpr std::array<std::int32_t, 15> kDays = {11020, 11050, 11021, 11000, 10957, 10956, 11322, 10590,
                                                0,     -1,    11016, 12112, -365,  31,    30};

constexpr std::array<std::string_view, 20> kKeys = {"birthdate",       "birthyear",
                                                    "birthmonth",      "first",
                                                    "middle",          "last",
                                                    "soundex(first)",  "soundex(middle)",
                                                    "soundex(last)",   "metaphone(first)",
                                                    "metaphone(last)", "sound",
                                                    "barangay",        "city",
                                                    "first:1",         "last:2",
                                                    "middle:3",        "birthyear+soundex(last)",
                                                    "city+first:2",    "sound+birthyear"};

// Composed and decomposed accents, a bare mark, letters that do not decompose, sigmas, both Turkish i, spaces and
// dashes outside ASCII, other scripts, a joiner, and damaged UTF-8.
constexpr std::array<std::string_view, 26> kHard = {
    "\xc3\xa9",     "e\xcc\x81",    "\xcc\x81",     "\xc3\x9f",     "\xc3\xa6",         "\xc3\x98", "\xc4\x91",
    "\xc5\x82",     "\xce\xa3",     "\xcf\x82",     "\xc4\xb0",     "\xc4\xb1",         "\xc2\xa0", "\xe3\x80\x80",
    "\xe2\x80\x8b", "\xe2\x80\x90", "\xe1\xba\x9e", "\xed\x95\x9c", "\xf0\x9f\x91\xa9", "\xc3",     "\xed\xa0\x80",
    "\xc3\x91",     "\xe1\xbb\x87", "\xd0\x90",     "\xef\xbc\x8e", "\xc3\xa7"};

unsigned digit(std::string_view& line, char zero, std::size_t count) {
  if (line.empty()) return 0;
  const unsigned byte = take_byte(line);
  return static_cast<unsigned char>(byte - static_cast<unsigned char>(zero)) % static_cast<unsigned>(count);
}

std::string_view take_until(std::string_view& text, char end) {
  const std::string_view taken = text.substr(0, text.find(end));
  text.remove_prefix(std::min(taken.size() + 1, text.size()));
  return taken;
}

MatchOptions decode_options(std::string_view line) {
  MatchOptions options;
  options.threads = 1;
  options.algorithm = static_cast<Algorithm>(digit(line, 'A', kAlgorithmNames.size()));
  options.conventions.normalizer = static_cast<Normalizer>(digit(line, '0', 4));
  options.conventions.length_unit = static_cast<LengthUnit>(digit(line, '0', 2));
  options.conventions.null_equals_null = digit(line, '0', 2) == 0;
  options.direct_normalization = digit(line, '0', 2) == 1;
  options.same_table = digit(line, '0', 2) == 1;
  options.date_test = static_cast<DateTest>(digit(line, '0', 3));
  options.threshold_percent = kPercents[digit(line, '0', kPercents.size())];
  const unsigned review = digit(line, '0', kPercents.size() + 1);
  if (review > 0) options.review_percent = kPercents[review - 1];
  options.conventions.code_length = line.empty() ? 4 : digit(line, '0', 17);  // 16 is refused
  while (!line.empty() && options.blocking_keys.size() < 3) {
    options.blocking_keys.push_back(parse_blocking_key(kKeys[digit(line, 'a', kKeys.size())]).value());
  }
  return options;
}

std::optional<std::string> decode_text(std::string_view field, const std::optional<std::string>& model) {
  std::string text;
  for (const char c : field) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '~') return std::nullopt;
    if (text.size() > kMostNameBytes) break;
    if (c == '^') {
      text += model.value_or("");
    } else if (byte >= 0x80) {
      text += kHard[byte % kHard.size()];
    } else {
      text += c;
    }
  }
  return text;
}

reference::Person decode_person(std::string_view line, const reference::Person& model) {
  reference::Person person;
  person.id = static_cast<std::int64_t>(digit(line, '0', 8)) - 3;
  take_until(line, ',');
  const std::string_view date = take_until(line, ',');
  if (date == "^") {
    person.birthdate_days = model.birthdate_days;
  } else if (!date.empty() && date.front() != '~') {
    std::string_view rest = date;
    person.birthdate_days = kDays[digit(rest, '0', kDays.size())];
  }
  const auto text = [&](std::optional<std::string> reference::Person::*column) {
    if (!line.empty()) person.*column = decode_text(take_until(line, ','), model.*column);
  };
  text(&reference::Person::first);
  text(&reference::Person::middle);
  text(&reference::Person::last);
  text(&reference::Person::barangay_code);
  text(&reference::Person::city_code);
  return person;
}

void add_row(std::string_view line, CaseTable& table, const CaseTable* other) {
  const bool is_out = !line.empty() && line.front() == '!';
  if (is_out) line.remove_prefix(1);
  const std::size_t row = table.persons.size();
  reference::Person model;
  if (other != nullptr && row < other->persons.size()) {
    model = other->persons[row];
  } else if (row > 0) {
    model = table.persons.back();
  }
  table.persons.push_back(decode_person(line, model));
  table.pool.push_back(is_out ? 0 : 1);
}

void show(const CaseTable& table, std::string& out) {
  for (std::size_t i = 0; i < table.persons.size(); ++i) {
    const reference::Person& p = table.persons[i];
    out.append(table.pool[i] == 0 ? "\n  out " : "\n  ").append(std::to_string(p.id)).append(" ");
    out.append(p.birthdate_days ? std::to_string(*p.birthdate_days) : "null");
    for (const auto& text : {p.first, p.middle, p.last, p.barangay_code, p.city_code}) {
      out.append(text ? " '" + escaped(*text) + "'" : std::string(" null"));
    }
  }
}

}  // namespace

PersonsTable CaseTable::columns() const {
  PersonsTable table;
  for (const auto column : kTextColumns) {
    if (column != &PersonsTable::text_id) (table.*column).declare();
  }
  const auto append = [](TextBuilder& column, const std::optional<std::string>& text) {
    text ? column.append(*text) : column.append_null();
  };
  for (const reference::Person& p : persons) {
    table.id.push_back(p.id);
    append(table.first_name, p.first);
    append(table.middle_name, p.middle);
    append(table.last_name, p.last);
    append(table.barangay_code, p.barangay_code);
    append(table.city_code, p.city_code);
    table.birthdate.append(p.birthdate_days);
  }
  return table;
}

EngineCase decode_case(std::string_view bytes) {
  EngineCase decoded;
  decoded.options = decode_options(take_until(bytes, '\n'));
  bool in_right = false;
  while (!bytes.empty()) {
    std::string_view line = take_until(bytes, '\n');
    if (!line.empty() && line.front() == '=') {
      line.remove_prefix(1);
      in_right = true;
    }
    CaseTable& table = in_right ? decoded.right : decoded.left;
    if (table.persons.size() < kMostRows) add_row(line, table, in_right ? &decoded.left : nullptr);
  }
  if (decoded.options.same_table) decoded.right = decoded.left;
  return decoded;
}

reference::MatchOptions reference_options(const MatchOptions& options) {
  reference::MatchOptions same;
  same.algorithm = static_cast<reference::Algorithm>(options.algorithm);
  same.threshold_percent = options.threshold_percent;
  same.normalizer = static_cast<reference::Normalizer>(options.conventions.normalizer);
  same.length_unit = static_cast<reference::LengthUnit>(options.conventions.length_unit);
  same.code_length = options.conventions.code_length;
  same.direct_normalization = options.direct_normalization;
  same.null_equals_null = options.conventions.null_equals_null;
  same.birthdate_test = static_cast<reference::BirthdateTest>(options.date_test);
  same.review_percent = options.review_percent;
  // MAX3 has a bound for review of its own where none is asked for.
  if (options.algorithm == Algorithm::kMax3 && !same.review_percent) {
    same.review_percent = std::min(85.0, options.threshold_percent);
  }
  for (const BlockingKey& key : options.blocking_keys) same.blocking_keys.push_back(key.text);
  same.same_table = options.same_table;
  return same;
}

std::string shown(const EngineCase& engine_case) {
  const MatchOptions& options = engine_case.options;
  std::string out(algorithm_name(options.algorithm));
  out.append(" ").append(kNormalizerNames[static_cast<std::size_t>(options.conventions.normalizer)]);
  out.append(" ").append(kLengthUnitNames[static_cast<std::size_t>(options.conventions.length_unit)]);
  out.append(options.conventions.null_equals_null ? "" : " null-differs");
  out.append(options.direct_normalization ? " direct" : "").append(options.same_table ? " same-table" : "");
  out.append(" dates ").append(kDateTestNames[static_cast<std::size_t>(options.date_test)]);
  out.append(" threshold ").append(std::to_string(options.threshold_percent));
  if (options.review_percent) out.append(" review ").append(std::to_string(*options.review_percent));
  out.append(" code ").append(std::to_string(options.conventions.code_length));
  for (const BlockingKey& key : options.blocking_keys) out.append(" by ").append(key.text);
  out.append("\nleft");
  show(engine_case.left, out);
  out.append("\nright");
  show(engine_case.right, out);
  return out;
}

}  // namespace matcher::fuzz
