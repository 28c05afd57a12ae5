// A small table in memory and a folder of its own for the tests of column files.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

#include "assay/plugin.h"

namespace assay::datasets::test {

// Removed with everything in it at the end of the test.
class Folder {
 public:
  Folder() {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("assay-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Five rows: id 10..14; name "Ann", null, "", "Zoe\u0308", "Bo".
struct SampleTable {
  std::array<std::int64_t, 5> ids{10, 11, 12, 13, 14};
  std::array<std::int32_t, 6> offsets{0, 3, 3, 3, 8, 10};
  std::string data =
      "AnnZoe\xcc\x88"
      "Bo";
  std::uint8_t validity = 0b11101;
  assay_column id{sizeof(assay_column), ASSAY_TYPE_INT64, "id", nullptr, nullptr, ids.data()};
  assay_column name{sizeof(assay_column), ASSAY_TYPE_UTF8, "name", &validity, offsets.data(), data.data()};
  std::array<const assay_column*, 2> columns{&id, &name};
  assay_table table{sizeof(assay_table), 2, "left", 5, columns.data()};
};

}  // namespace assay::datasets::test
