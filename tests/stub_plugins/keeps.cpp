// Has a cache from the second prepare on, and leaves a letter in a file for later processes of the run.
#include <fstream>

#include "tests/stub_plugins/stub.hpp"

using assay::stub::DatasetView;
using assay::stub::Host;
using assay::stub::Params;

class Keeps : public assay::stub::Stub {
 public:
  Keeps(Host host, const Params& params) : Stub(host, params) {
    if (!host.cache_folder().empty()) std::ofstream(host.cache_folder() + "/processes", std::ios::app) << 'x';
  }
  void prepare(const DatasetView& dataset) {
    Stub::prepare(dataset);
    host_.count(ASSAY_COUNTER_CACHE_REQUESTS, 1);
    host_.count(ASSAY_COUNTER_CACHE_HITS, known_ ? 1 : 0);
    known_ = true;
  }

 private:
  bool known_ = false;
};

ASSAY_STUB(Keeps, "has a cache")
