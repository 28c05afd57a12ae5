// Says whether a workbook file is whole.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "matcher/model/error.hpp"
#include "matcher/parallel/stage_watch.hpp"

namespace matcher {

// Reads the ZIP archive at path back and unpacks every sheet to its last tag. libxlsxwriter 1.1.4 drops the errors of
// its temporary files (it rewinds them, which clears the error), so that a full disk would give a workbook whose sheets
// are cut off. name: the file in error texts. Errors: kInternal if a sheet is missing or not whole. O(size of the
// sheets). Throws Cancelled.
[[nodiscard]] Status check_workbook(const std::filesystem::path& path, std::size_t sheet_count, const std::string& name,
                                    const RunWatch& watch = {});

}  // namespace matcher
