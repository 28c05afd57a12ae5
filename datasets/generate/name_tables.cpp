#include "datasets/generate/name_tables.hpp"

#include <algorithm>
#include <charconv>

namespace assay::datasets {
namespace {

constexpr std::string_view kSurnamesUs =
#include "surnames_us.inc"
    ;
constexpr std::string_view kSurnamesWorld =
#include "surnames_world.inc"
    ;
constexpr std::string_view kFirstNames =
#include "first_names.inc"
    ;
constexpr std::string_view kNicknames =
#include "nicknames.inc"
    ;
constexpr std::string_view kLetters =
#include "letters.inc"
    ;

constexpr std::array<std::string_view, kOrigins> kOriginNames{
    "us",         "spanish",  "portuguese", "french", "german",   "dutch", "nordic", "polish", "czech",  "turkish",
    "vietnamese", "filipino", "arabic",     "greek",  "cyrillic", "han",   "hangul", "arab",   "hebrew", "devanagari"};

// Households per 1000, in the order of Origin.
constexpr std::array<std::uint64_t, kOrigins> kMostlyUs{800, 60, 15, 20, 20, 10, 12, 15, 8, 8,
                                                        12,  15, 5,  0,  0,  0,  0,  0,  0, 0};
constexpr std::array<std::uint64_t, kOrigins> kWorld{150, 120, 60, 80, 60, 30, 60, 70, 50, 50,
                                                     60,  20,  20, 30, 50, 25, 20, 20, 15, 10};
constexpr std::array<std::uint64_t, kOrigins> kLargeFamilies{500, 120, 25, 15, 15, 5, 5, 10, 5, 10,
                                                             20,  250, 20, 0,  0,  0, 0, 0,  0, 0};

std::vector<std::uint64_t> origin_weights(Profile profile) {
  const auto& weights = profile == Profile::kUnicode      ? kWorld
                        : profile == Profile::kHouseholds ? kLargeFamilies
                                                          : kMostlyUs;
  return {weights.begin(), weights.end()};
}

// The table is ours, so an unknown origin is a defect that the tests find; it falls to the first.
std::size_t origin_index(std::string_view name) {
  for (std::size_t index = 0; index < kOrigins; ++index) {
    if (kOriginNames[index] == name) return index;
  }
  return 0;
}

// Calls row(fields) for every line after the heading; fields are separated by commas, none is quoted.
template <std::size_t Fields, class Row>
void for_each_row(std::string_view csv, const Row& row) {
  csv.remove_prefix(csv.find('\n') + 1);
  while (!csv.empty()) {
    std::string_view line = csv.substr(0, csv.find('\n'));
    csv.remove_prefix(std::min(line.size() + 1, csv.size()));
    std::array<std::string_view, Fields> fields;
    for (std::string_view& field : fields) {
      field = line.substr(0, line.find(','));
      line.remove_prefix(field.size() + (field.size() < line.size() ? 1 : 0));
    }
    row(fields);
  }
}

void weigh_by_rank(NameList* list) {
  std::vector<std::uint64_t> weights;
  for (std::uint64_t rank = 0; rank < list->names.size(); ++rank) weights.push_back(rank_weight(rank));
  list->weights = WeightedIndex(std::move(weights));
}

}  // namespace

NameTables load_name_tables(Profile profile) {
  NameTables tables{{}, {}, {}, {}, Accents(kLetters), WeightedIndex(origin_weights(profile))};
  std::vector<std::uint64_t> counts;
  for_each_row<2>(kSurnamesUs, [&](const auto& fields) {
    std::uint64_t count = 0;
    std::from_chars(fields[1].data(), fields[1].data() + fields[1].size(), count);
    tables.us_surnames.names.push_back(fields[0]);
    counts.push_back(count);
  });
  tables.us_surnames.weights = WeightedIndex(std::move(counts));
  for_each_row<2>(kSurnamesWorld,
                  [&](const auto& fields) { tables.surnames[origin_index(fields[0])].names.push_back(fields[1]); });
  for_each_row<3>(kFirstNames, [&](const auto& fields) {
    auto& genders = tables.first_names[origin_index(fields[0])];
    if (fields[1] != "f") genders[0].names.push_back(fields[2]);
    if (fields[1] != "m") genders[1].names.push_back(fields[2]);
  });
  for_each_row<2>(kNicknames, [&](const auto& fields) { tables.nicknames[fields[0]].push_back(fields[1]); });
  for (NameList& list : tables.surnames) weigh_by_rank(&list);
  for (auto& genders : tables.first_names) {
    for (NameList& list : genders) weigh_by_rank(&list);
  }
  return tables;
}

}  // namespace assay::datasets
