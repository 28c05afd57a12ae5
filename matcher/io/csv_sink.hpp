// Writes rows of cells as a CSV file.
#pragma once

#include <filesystem>
#include <memory>

#include "matcher/io/publication.hpp"
#include "matcher/io/table_sink.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

// RFC 4180 with LF line ends and a header line. A field is quoted only if it holds a comma, a quote, CR or LF, or
// begins or ends with a space, and if it is the only field of its line and empty (the line would be blank). kNull and
// the empty text are both the empty field. A path that ends in .gz or .zst is compressed; see PendingFile for devices,
// pipes and "-". publication: the file appears with it; null: with finish. Errors, of the calls of the sink too: as for
// PendingFile.
[[nodiscard]] Result<std::unique_ptr<TableSink>> open_csv_sink(const std::filesystem::path& path,
                                                               Publication* publication = nullptr);

}  // namespace matcher
