// Copy me: the smallest useful variant. For every right person it says how many left persons share the birthdate.
#include <unordered_map>
#include <vector>

#include "plugins/sdk/plugin.hpp"

namespace {

using namespace assay::sdk;

class BirthdateCount {
 public:
  BirthdateCount(Host host, const Params& params) : host_(host) {
    if (params.workload() != "persons.birthdates") {
      throw Failure(ASSAY_E_UNSUPPORTED, "serves workload 'persons.birthdates' only");
    }
  }

  void prepare(const DatasetView& dataset) {
    const TableView left = dataset.table("left");
    const auto dates = left.dates("birthdate");
    for (std::size_t row = 0; row < left.row_count(); ++row) {
      if (dates.valid(row)) ++rows_by_date_[dates.values[row]];
    }
    right_ids_ = dataset.table("right").values<std::int64_t>("id");
    right_dates_ = dataset.table("right").dates("birthdate");
  }

  void run() {
    counts_.clear();
    ids_.clear();
    for (std::size_t row = 0; row < right_ids_.values.size(); ++row) {
      if (row % 4096 == 0) host_.throw_if_cancelled();
      const auto found = right_dates_.valid(row) ? rows_by_date_.find(right_dates_.values[row]) : rows_by_date_.end();
      ids_.push_back(right_ids_.values[row]);
      counts_.push_back(found == rows_by_date_.end() ? 0U : found->second);
    }
  }

  const assay_table* collect() {
    result_.start("birthdates", ids_.size());
    result_.add("right_id", ids_);
    result_.add("same_date", counts_);
    return result_.view();
  }

  void reset() noexcept {
    rows_by_date_.clear();
    ids_.clear();
    counts_.clear();
  }

 private:
  Host host_;
  std::unordered_map<std::int32_t, std::uint32_t> rows_by_date_;
  ValuesView<std::int64_t> right_ids_;
  ValuesView<std::int32_t> right_dates_;
  std::vector<std::int64_t> ids_;
  std::vector<std::uint32_t> counts_;
  ResultTable result_;
};

}  // namespace

ASSAY_PLUGIN(BirthdateCount, "rows of the left table that share each right person's birthdate",
             ASSAY_LIST("persons.birthdates"), ASSAY_LIST())
