// The oracle as a variant: the reference matcher behind the same door as every other plugin.
#include <string>
#include <vector>

#include "matcher/reference/match.hpp"
#include "plugins/reference/reference_plugin.hpp"
#include "plugins/sdk/plugin.hpp"

namespace {

const assay::reference_plugin::IcuCleanup icu_cleanup;

using namespace assay::sdk;
using assay::reference_plugin::parse_threshold;
namespace reference = matcher::reference;

reference::Algorithm parse_algorithm(std::string_view text) {
  if (text == "A1") return reference::Algorithm::kA1;
  if (text == "A2") return reference::Algorithm::kA2;
  if (text == "A3") return reference::Algorithm::kA3;
  if (text == "A4") return reference::Algorithm::kA4;
  throw Failure(ASSAY_E_INVALID, "parameter 'algorithm' is '" + std::string(text) + "'; use A1, A2, A3 or A4");
}

std::vector<reference::Person> read_persons(const TableView& table, Host host) {
  const auto ids = table.values<std::int64_t>("id");
  const TextView first = table.text("first_name");
  const TextView middle = table.text("middle_name");
  const TextView last = table.text("last_name");
  const auto birthdates = table.dates("birthdate");
  const auto text = [](const TextView& column, std::size_t row) {
    return column.valid(row) ? std::optional<std::string>(column[row]) : std::nullopt;
  };
  std::vector<reference::Person> persons;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    if (row % 4096 == 0) host.throw_if_cancelled();
    persons.push_back({ids.values[row], text(first, row), text(middle, row), text(last, row),
                       birthdates.valid(row) ? std::optional(birthdates.values[row]) : std::nullopt});
  }
  return persons;
}

class Reference {
 public:
  Reference(Host host, const Params& params)
      : host_(host),
        options_{.algorithm = parse_algorithm(params.get("algorithm", "A3")),
                 .threshold_percent = parse_threshold(params.get("threshold", "95")),
                 .is_cancelled = [host] { return host.is_cancelled(); }} {
    if (params.workload() != "persons.match") {
      throw Failure(ASSAY_E_UNSUPPORTED, "serves workload 'persons.match' only");
    }
  }

  void prepare(const DatasetView& dataset) {
    left_ = read_persons(dataset.table("left"), host_);
    right_ = read_persons(dataset.table("right"), host_);
  }

  void run() {
    auto matches = reference::match(left_, right_, options_);
    if (!matches) throw Failure(ASSAY_E_CANCELLED, "cancelled");
    host_.count(ASSAY_COUNTER_CANDIDATES, std::uint64_t{left_.size()} * right_.size());
    columns_ = {};
    for (const reference::Match& m : *matches) columns_.push_back(m);
  }

  const assay_table* collect() {
    result_.start("matches", columns_.left_id.size());
    result_.add("left_id", columns_.left_id);
    result_.add("right_id", columns_.right_id);
    result_.add("rule", columns_.rule);
    result_.add("distance", columns_.distance);
    result_.add("matches", columns_.matches);
    result_.add("half_transpositions", columns_.half_transpositions);
    result_.add("prefix", columns_.prefix);
    result_.add("phonetic_equal", columns_.phonetic_equal);
    return result_.view();
  }

  void reset() noexcept {
    left_ = {};
    right_ = {};
    columns_ = {};
  }

 private:
  using Counts = std::vector<std::uint32_t>;
  struct Columns {
    std::vector<std::int64_t> left_id, right_id;
    Counts rule, distance, matches, half_transpositions, prefix, phonetic_equal;

    void push_back(const reference::Match& m) {
      left_id.push_back(m.left_id);
      right_id.push_back(m.right_id);
      rule.push_back(static_cast<std::uint32_t>(m.rule));
      distance.push_back(static_cast<std::uint32_t>(m.distance));
      matches.push_back(static_cast<std::uint32_t>(m.matches));
      half_transpositions.push_back(static_cast<std::uint32_t>(m.half_transpositions));
      prefix.push_back(static_cast<std::uint32_t>(m.prefix));
      phonetic_equal.push_back(m.phonetic_equal ? 1 : 0);
    }
  };

  Host host_;
  reference::MatchOptions options_;
  std::vector<reference::Person> left_, right_;
  Columns columns_;
  ResultTable result_;
};

}  // namespace

ASSAY_PLUGIN(Reference, "the definition: every pair of rows, slow and obvious, one thread", ASSAY_LIST("persons.match"),
             ASSAY_LIST())
