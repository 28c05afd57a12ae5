// One variant by whole blocks: its choice and summary come from the line in CMakeLists.txt.
#include "plugins/gpu/block_variant.hpp"

namespace {

class Variant : public assay::gpu::BlockVariant {
 public:
  Variant(assay::sdk::Host host, const assay::sdk::Params& params) : BlockVariant(host, params, ASSAY_GPU_BLOCKS) {}
};

}  // namespace

ASSAY_PLUGIN(Variant, ASSAY_GPU_SUMMARY, ASSAY_LIST("names.score"), ASSAY_LIST("cuda:sm_90"))
