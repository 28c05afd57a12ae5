// Prepares every form once, so that no benchmark times the making of its input.
#include "matcher/benchmarks/name_sample.hpp"

#include <string_view>

#include "matcher/io/csv_reader.hpp"
#include "matcher/text/normalize.hpp"
#include "matcher/text/utf8.hpp"

namespace matcher {
namespace {

constexpr std::string_view kFirstNames[] = {
    "James",     "Mary",  "John",    "Patricia", "Robert", "Linda",    "Michael", "Barbara", "William",
    "Elizabeth", "David", "Maria",   "Richard",  "Susan",  "Carlos",   "Karen",   "Joseph",  "Nancy",
    "Thomas",    "Lisa",  "Charles", "Sandra",   "Daniel", "Kimberly", "Jose",    "Ashley",  "Christopher"};
constexpr std::string_view kLastNames[] = {
    "Smith",  "Johnson", "Williams", "Jones",    "Brown",     "Davis",   "Miller",    "Wilson",   "Moore",     "Taylor",
    "Garcia", "O'Brien", "Thompson", "Martinez", "Rodriguez", "Nguyen",  "McDonald",  "Schmidt",  "Lopez",     "Hill",
    "Young",  "Wright",  "Phillips", "Campbell", "Van Dyke",  "Sanchez", "Hernandez", "Kowalski", "Fitzgerald"};

constexpr std::size_t kTypingErrors = 4;

// Deletes, doubles, exchanges or replaces one letter; the counter chooses which and where.
std::string misspelt(std::string name, std::size_t counter) {
  const std::size_t at = 1 + (counter * 7) % (name.size() - 1);
  switch (counter % kTypingErrors) {
    case 0:
      name.erase(at, 1);
      break;
    case 1:
      name.insert(at, 1, name[at]);
      break;
    case 2:
      std::swap(name[at - 1], name[at]);
      break;
    default:
      name[at] = 'e';
  }
  return name;
}

NamePair make_pair_of(std::string left, std::string right) {
  NamePair pair{std::move(left), std::move(right), {}, {}};
  decode_utf8(pair.left, pair.left_scalars);
  decode_utf8(pair.right, pair.right_scalars);
  return pair;
}

void prepare(NameSample& sample) {
  std::vector<std::string> simple;
  for (const std::string& raw : sample.raw) {
    std::string stripped;
    std::string form;
    normalize_text(raw, stripped);
    normalize_for_phonetic(stripped, form);
    sample.phonetic.push_back(form);
    normalize_simple(stripped, form);
    if (is_ascii(form) && form.size() > 1) simple.push_back(form);
  }
  for (std::size_t i = 0; i < simple.size(); ++i) {
    sample.unrelated.push_back(make_pair_of(simple[i], simple[(i + 1) % simple.size()]));
    sample.misspelt.push_back(make_pair_of(simple[i], misspelt(simple[i], i)));
    std::string with_stroke = simple[i];
    with_stroke.replace(0, 1, "\xC5\x82");  // l with stroke stays when accents are stripped
    sample.accented.push_back(make_pair_of(with_stroke, misspelt(simple[i], i)));
  }
}

}  // namespace

Result<NameSample> read_name_sample(const std::filesystem::path& csv) {
  auto table = read_persons_csv(csv);
  if (!table) return hand_on(table);
  const PersonsView view = table->view();
  NameSample sample;
  sample.source = csv.filename().string();
  for (std::size_t row = 0; row < view.row_count && sample.raw.size() < kSampleSize; ++row) {
    if (!view.first_name.valid(row) || !view.last_name.valid(row)) continue;
    sample.raw.push_back(std::string(view.first_name[row]) + " " + std::string(view.last_name[row]));
  }
  prepare(sample);
  if (sample.unrelated.size() < 2) {
    return fail(ErrorKind::kBadInput, "{}: {} usable names, 2 are needed; take a larger table", csv.string(),
                sample.unrelated.size());
  }
  return sample;
}

NameSample built_in_name_sample() {
  NameSample sample;
  sample.source = "built in";
  const std::size_t last_names = std::size(kLastNames);
  for (std::size_t i = 0; i < kSampleSize; ++i) {
    const std::string_view first = kFirstNames[i % std::size(kFirstNames)];
    sample.raw.push_back(std::string(first) + " " + std::string(kLastNames[(i * 5 + i / last_names) % last_names]));
  }
  prepare(sample);
  return sample;
}

}  // namespace matcher
