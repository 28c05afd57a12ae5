// A plugin that does nothing: what is measured of it is the harness.
#include "plugins/sdk/plugin.hpp"

namespace {

using namespace assay::sdk;

class Nothing {
 public:
  Nothing(Host /*host*/, const Params& /*params*/) {}
  void prepare(const DatasetView& /*dataset*/) {}
  void run() {}
  const assay_table* collect() {
    result_.start("birthdates", 0);
    result_.add("right_id", ids_);
    result_.add("same_date", counts_);
    return result_.view();
  }
  void reset() noexcept {}

 private:
  std::vector<std::int64_t> ids_;
  std::vector<std::uint32_t> counts_;
  ResultTable result_;
};

}  // namespace

ASSAY_PLUGIN(Nothing, "does nothing", ASSAY_LIST("persons.birthdates"), ASSAY_LIST())
