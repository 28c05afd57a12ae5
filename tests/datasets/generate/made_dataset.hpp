// Data sets that several tests look at: made once per test program, in a folder that is removed at its end.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "datasets/generate/make.hpp"
#include "datasets/load/dataset.hpp"
#include "tests/datasets/load/sample_table.hpp"

namespace assay::datasets::test {

inline const Dataset& made(const std::string& name, Profile profile) {
  static const Folder kCache;
  static std::map<std::pair<std::string, Profile>, Dataset> datasets;
  const auto found = datasets.find({name, profile});
  if (found != datasets.end()) return found->second;
  const auto folder = make({.name = name, .profile = profile, .seed = 42, .cache = kCache.path()});
  if (!folder) throw std::runtime_error(folder.error().message);
  auto opened = Dataset::open(*folder);
  if (!opened) throw std::runtime_error(opened.error().message);
  return datasets.emplace(std::pair(name, profile), std::move(*opened)).first->second;
}

}  // namespace assay::datasets::test
