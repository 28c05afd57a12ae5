// Where persons come from: a file or a database table, read in batches.
#pragma once

#include <cstddef>
#include <string>

#include "matcher/io/csv_format.hpp"
#include "matcher/model/error.hpp"
#include "matcher/model/persons_table.hpp"

namespace matcher {

// One pass over one table. Call order: read until it answers false. Rows come in the order of the source.
class PersonsSource {
 public:
  PersonsSource() = default;
  PersonsSource(const PersonsSource&) = delete;
  PersonsSource& operator=(const PersonsSource&) = delete;
  virtual ~PersonsSource() = default;

  // Declares in `table` the columns the source has and appends at most max_rows rows. False: there are no more (rows
  // may have been appended all the same). Errors: kBadInput with the place and the value; kInternal.
  [[nodiscard]] virtual Result<bool> read(PersonsTable& table, std::size_t max_rows) = 0;

  // Rows that were left out so far.
  [[nodiscard]] virtual ReadReport report() const { return {}; }

  // For messages and results: a path, or server/database/table without credentials.
  [[nodiscard]] virtual std::string name() const = 0;
};

}  // namespace matcher
