// Small random tables full of ties, nulls, blanks and look-alikes, for the engine and for the reference.
#pragma once

#include <string>
#include <vector>

#include "matcher/model/persons_table.hpp"
#include "matcher/reference/person.hpp"
#include "tests/matcher/agreement/random_text.hpp"

namespace agreement {

using Persons = std::vector<matcher::reference::Person>;

// Few different names; edits of them make look-alikes.
[[nodiscard]] std::vector<std::string> random_pool(RandomText& random);

// Half of the rows are repeated from `others` or this table, some with an edit. Ids are neither sorted nor unique.
[[nodiscard]] Persons random_persons(RandomText& random, const std::vector<std::string>& pool, std::size_t rows,
                                     const Persons& others);

[[nodiscard]] matcher::PersonsTable table_of(const Persons& persons);

// For failure messages.
[[nodiscard]] std::string shown(const Persons& persons);

}  // namespace agreement
