// One variant of the family: its rung, axes and summary come from the line in CMakeLists.txt.
#include "plugins/gpu/axes.hpp"
#include "plugins/gpu/fused_at_run_time.hpp"
#include "plugins/gpu/fused_persistent.hpp"
#include "plugins/gpu/pair_variant.hpp"
#include "plugins/gpu/rungs.hpp"

namespace {

using namespace assay::gpu;
using namespace matcher::gpu;

class Variant : public PairVariant {
 public:
  static void probe() {
    PairVariant::probe();
    ASSAY_GPU_RUNG::probe();
  }
  Variant(assay::sdk::Host host, const assay::sdk::Params& params)
      : PairVariant(host, params, ASSAY_GPU_AXES::options(), std::make_unique<ASSAY_GPU_RUNG>()) {}
};

}  // namespace

ASSAY_PLUGIN(Variant, ASSAY_GPU_SUMMARY, ASSAY_LIST("names.score"), ASSAY_LIST("cuda:sm_90"))
