// Every block kernel also compiles at run time, specialised on length class, alphabet and output, as a cache of kernels
// does it.
#include <gtest/gtest.h>
#include <nvrtc.h>

#include <string>
#include <tuple>
#include <vector>

namespace {

struct Compiled {
  std::string log;
  std::string lowered;
  std::size_t cubin_bytes = 0;
};

std::string log_of(nvrtcProgram program) {
  std::size_t bytes = 0;
  nvrtcGetProgramLogSize(program, &bytes);
  std::string log(bytes, '\0');
  nvrtcGetProgramLog(program, log.data());
  return log.substr(0, log.find('\0'));
}

Compiled compile(const std::string& header, const std::string& kernel,
                 const std::vector<std::string>& more_options = {}) {
  const std::string source = "#include \"matcher/gpu/kernels/" + header + "\"\n";
  nvrtcProgram program = nullptr;
  EXPECT_EQ(nvrtcCreateProgram(&program, source.c_str(), "kernel.cu", 0, nullptr, nullptr), NVRTC_SUCCESS);
  EXPECT_EQ(nvrtcAddNameExpression(program, kernel.c_str()), NVRTC_SUCCESS);
  const std::string root = ASSAY_SOURCE_DIR;
  std::vector<std::string> options = {"--gpu-architecture=sm_90", "--std=c++20", "--fmad=false",
                                      "--include-path=" + root,
                                      "--include-path=" + root + "/matcher/gpu/kernels/nvrtc"};
  options.insert(options.end(), more_options.begin(), more_options.end());
  std::vector<const char*> pointers;
  for (const std::string& option : options) pointers.push_back(option.c_str());
  Compiled compiled;
  const nvrtcResult result = nvrtcCompileProgram(program, static_cast<int>(pointers.size()), pointers.data());
  compiled.log = log_of(program);
  if (result == NVRTC_SUCCESS) {
    const char* name = nullptr;
    EXPECT_EQ(nvrtcGetLoweredName(program, kernel.c_str(), &name), NVRTC_SUCCESS);
    compiled.lowered = name;
    EXPECT_EQ(nvrtcGetCUBINSize(program, &compiled.cubin_bytes), NVRTC_SUCCESS);
  }
  nvrtcDestroyProgram(&program);
  return compiled;
}

// Slots, Slots, output or "pruned", source of tasks.
using Parameters = std::tuple<int, const char*, const char*, const char*>;
class Specialisations : public testing::TestWithParam<Parameters> {};

TEST_P(Specialisations, Block_CompilesWithoutAWord) {
  const auto [slots, codes, output, tasks] = GetParam();
  const bool pruned = output == std::string("pruned");
  const std::string arguments = std::to_string(slots) + ", matcher::gpu::" + codes;
  const std::string source = std::string(", matcher::gpu::") + tasks + ">";
  const std::string kernel = pruned ? "matcher::gpu::block_pruned_kernel<" + arguments + source
                                    : "matcher::gpu::block_kernel<" + arguments + ", matcher::gpu::" + output + source;
  const Compiled compiled = compile(pruned ? "block_pruned.cuh" : "block.cuh", kernel);
  EXPECT_EQ(compiled.log, "");
  EXPECT_NE(compiled.lowered.find(pruned ? "block_pruned_kernel" : "block_kernel"), std::string::npos);
  EXPECT_GT(compiled.cubin_bytes, 1000U);
}

std::string name_of(const testing::TestParamInfo<Parameters>& info) {
  return std::to_string(std::get<0>(info.param)) + std::get<1>(info.param) + std::get<2>(info.param) +
         std::get<3>(info.param);
}
INSTANTIATE_TEST_SUITE_P(Classes, Specialisations,
                         testing::Combine(testing::Values(8, 12, 16, 24, 32),
                                          testing::Values("FiveBitSlots", "EightBitSlots"),
                                          testing::Values("ScoreMatrix", "MatchList", "pruned"),
                                          testing::Values("CrossTasks", "ListedTasks")),
                         name_of);

TEST(PairKernels, EachOfThem_CompilesWithoutAWord) {
  const std::string source = "matcher::gpu::RowPairs<64>, matcher::gpu::PackedScores>";
  for (const auto& [header, kernel] : std::vector<std::pair<std::string, std::string>>{
           {"fused.cuh", "matcher::gpu::fused_kernel<64, " + source},
           {"fused_shared_row.cuh", "matcher::gpu::fused_shared_row_kernel<64, " + source},
           {"bitparallel64.cuh",
            "matcher::gpu::bitparallel64_kernel<matcher::gpu::MaskTable<unsigned long long>, " + source},
           {"bitparallel32.cuh", "matcher::gpu::bitparallel32_kernel<matcher::gpu::MaskPlanes<unsigned, 5>, " + source},
           {"four_kernels.cuh", "matcher::gpu::jaro_winkler_kernel<float, 64, matcher::gpu::AuditedPairs>"},
           {"warp_per_pair.cuh", "matcher::gpu::warp_per_pair_kernel<matcher::gpu::PackedPairs<char32_t>>"}}) {
    const Compiled compiled = compile(header, kernel);
    EXPECT_EQ(compiled.log, "") << kernel;
    EXPECT_GT(compiled.cubin_bytes, 1000U) << kernel;
  }
}

TEST(Compile, KernelThatDoesNotExist_SaysSo) {
  EXPECT_NE(compile("block.cuh",
                    "matcher::gpu::block_kernel<10, matcher::gpu::FiveBitSlots, matcher::gpu::ScoreMatrix, "
                    "matcher::gpu::CrossTasks>")
                .log,
            "");
}

}  // namespace
