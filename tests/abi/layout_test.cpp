// C and C++ see the same layout, and a later minor version keeps every field where it was.
#include "tests/abi/layout.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "assay/plugin.h"

namespace {

std::map<std::string, abi_field> by_name(const abi_field* fields) {
  std::map<std::string, abi_field> map;
  for (; fields->name != nullptr; ++fields) map.emplace(fields->name, *fields);
  return map;
}

// Fields must be where they were; structs, which have no dot in their name, may have grown.
void expect_compatible(const abi_field* earlier, const abi_field* later) {
  const auto known = by_name(later);
  ASSERT_FALSE(known.empty());
  for (const auto& [name, field] : by_name(earlier)) {
    ASSERT_TRUE(known.contains(name)) << name;
    EXPECT_EQ(known.at(name).offset, field.offset) << name;
    if (name.find('.') != std::string::npos) {
      EXPECT_EQ(known.at(name).size, field.size) << name;
    } else {
      EXPECT_GE(known.at(name).size, field.size) << name;
    }
  }
}

TEST(Layout, CAndCpp_Agree) {
  const auto in_c = by_name(abi_layout_current());
#define STRUCT(type, bytes) EXPECT_EQ(in_c.at(#type).size, sizeof(type));
#define FIELD(type, field, at_byte, bytes)                            \
  EXPECT_EQ(in_c.at(#type "." #field).offset, offsetof(type, field)); \
  EXPECT_EQ(in_c.at(#type "." #field).size, sizeof(type::field));
#include "tests/abi/layout_v1_0.inc"
#undef STRUCT
#undef FIELD
}

TEST(Layout, PresentHeader_KeepsVersion1_0) {
  expect_compatible(abi_layout_frozen_1_0(), abi_layout_current());
}

TEST(Layout, NextMinor_KeepsThePresentOneAndGrows) {
  expect_compatible(abi_layout_current(), abi_layout_next());
  const auto present = by_name(abi_layout_current());
  for (const auto& [name, field] : by_name(abi_layout_next())) {
    if (name.find('.') != std::string::npos || name == "assay_param") continue;
    EXPECT_GT(field.size, present.at(name).size) << name;
  }
}

}  // namespace
