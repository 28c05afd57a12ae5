// The machine class: what changes it, what does not, and what an environment leaves out.
#include "harness/core/machine_class.hpp"

#include <gtest/gtest.h>

namespace assay {
namespace {

Json environment() {
  return {{"cpu_model", "AMD EPYC"}, {"cores", 2},           {"kernel", "Linux 6.1.0-18-amd64 x86_64"},
          {"libc", "glibc 2.36"},    {"compiler", "12.2.0"}, {"load_average", {0.1, 0.2, 0.3}}};
}

TEST(MachineClass, WholeEnvironment_IsOneLine) {
  EXPECT_EQ(machine_class(environment()), "AMD EPYC, 2 cores, Linux 6.1 x86_64, glibc 2.36, compiler 12.2.0");
}

TEST(MachineClass, KernelPatchAndLoad_DoNotCount) {
  Json other = environment();
  other["kernel"] = "Linux 6.1.77 x86_64";
  other["load_average"] = nullptr;
  EXPECT_EQ(machine_class(other), machine_class(environment()));
}

TEST(MachineClass, ModelCoresSystemAndCompiler_Count) {
  const Json changes = {{"cpu_model", "Intel Xeon"},
                        {"cores", 4},
                        {"kernel", "Linux 6.2.0-18-amd64 x86_64"},
                        {"libc", "glibc 2.39"},
                        {"compiler", "13.1.0"}};
  for (const auto& change : changes.items()) {
    Json other = environment();
    other[change.key()] = change.value();
    EXPECT_NE(machine_class(other), machine_class(environment())) << change.key();
  }
}

TEST(MachineClass, WhatIsNotTold_IsUnknown) {
  const std::string nothing = "unknown, unknown cores, unknown, unknown, compiler unknown";
  EXPECT_EQ(machine_class(Json::object()), nothing);
  EXPECT_EQ(machine_class(nullptr), nothing);
  EXPECT_EQ(machine_class({{"cpu_model", nullptr}, {"cores", "two"}, {"kernel", 6}}), nothing);
}

}  // namespace
}  // namespace assay
