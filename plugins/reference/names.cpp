// The oracle of workload names.score: every pair of rows, slow and obvious.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "matcher/reference/jaro_winkler.hpp"
#include "matcher/reference/levenshtein.hpp"
#include "matcher/reference/normalize.hpp"
#include "plugins/reference/reference_plugin.hpp"
#include "plugins/sdk/plugin.hpp"

namespace {

const assay::reference_plugin::IcuCleanup icu_cleanup;

using namespace assay::sdk;
using assay::reference_plugin::parse_threshold;
namespace reference = matcher::reference;

struct Person {
  std::int64_t id;
  std::optional<std::int32_t> birthdate;
  std::u32string name;
  std::size_t bytes;
};

std::string part(const TextView& column, std::size_t row) {
  return column.valid(row) ? reference::normalize_text(column[row]) : std::string();
}

std::vector<Person> read_persons(const TableView& table, Host host) {
  const auto ids = table.values<std::int64_t>("id");
  const TextView first = table.text("first_name");
  const TextView last = table.text("last_name");
  const auto birthdates = table.dates("birthdate");
  std::vector<Person> persons;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    if (row % 4096 == 0) host.throw_if_cancelled();
    const std::string name = part(first, row) + " " + part(last, row);
    persons.push_back({ids.values[row], birthdates.valid(row) ? std::optional(birthdates.values[row]) : std::nullopt,
                       reference::code_points(name), name.size()});
  }
  return persons;
}

class NamesReference {
 public:
  NamesReference(Host host, const Params& params)
      : host_(host), threshold_(parse_threshold(params.get("threshold", "90"))) {
    if (params.workload() != "names.score") {
      throw Failure(ASSAY_E_UNSUPPORTED, "serves workload 'names.score' only");
    }
  }

  void prepare(const DatasetView& dataset) {
    left_ = read_persons(dataset.table("left"), host_);
    right_ = read_persons(dataset.table("right"), host_);
  }

  void run() {
    columns_ = {};
    std::uint64_t candidates = 0;
    for (const Person& left : left_) {
      host_.throw_if_cancelled();
      for (const Person& right : right_) {
        if (!left.birthdate || left.birthdate != right.birthdate) continue;
        score(left, right);
        ++candidates;
      }
    }
    host_.count(ASSAY_COUNTER_CANDIDATES, candidates);
  }

  const assay_table* collect() {
    result_.start("scores", columns_.left_id.size());
    result_.add("left_id", columns_.left_id);
    result_.add("right_id", columns_.right_id);
    result_.add("distance", columns_.distance);
    result_.add("matches", columns_.matches);
    result_.add("half_transpositions", columns_.half_transpositions);
    result_.add("prefix", columns_.prefix);
    return result_.view();
  }

  void reset() noexcept {
    left_ = {};
    right_ = {};
    columns_ = {};
  }

 private:
  void score(const Person& left, const Person& right) {
    const std::size_t distance = reference::levenshtein(left.name, right.name);
    const reference::JaroCounts counts = reference::count_jaro(left.name, right.name);
    const double best = std::max({reference::levenshtein_percent(distance, std::max(left.bytes, right.bytes)),
                                  reference::jaro(counts) * 100.0, reference::jaro_winkler(counts) * 100.0});
    if (best < threshold_) return;
    columns_.left_id.push_back(left.id);
    columns_.right_id.push_back(right.id);
    columns_.distance.push_back(static_cast<std::uint32_t>(distance));
    columns_.matches.push_back(static_cast<std::uint32_t>(counts.matches));
    columns_.half_transpositions.push_back(static_cast<std::uint32_t>(counts.half_transpositions));
    columns_.prefix.push_back(static_cast<std::uint32_t>(counts.prefix));
  }

  struct Columns {
    std::vector<std::int64_t> left_id, right_id;
    std::vector<std::uint32_t> distance, matches, half_transpositions, prefix;
  };

  Host host_;
  double threshold_;
  std::vector<Person> left_, right_;
  Columns columns_;
  ResultTable result_;
};

}  // namespace

ASSAY_PLUGIN(NamesReference, "the definition: every pair of rows of one birthdate, one thread",
             ASSAY_LIST("names.score"), ASSAY_LIST())
