// The oracle tables people-20k: persons of both sides and every pair that A3 and A4 accept.
#pragma once

#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace matcher {

inline std::filesystem::path people_20k_folder() {
  return std::filesystem::path(ASSAY_SHARED_DIR) / "data" / "oracle" / "people-20k";
}

// The rows of a CSV file without quoted fields, header left out.
inline std::vector<std::vector<std::string>> read_plain_csv(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> fields(1);
    for (const char byte : line) {
      if (byte == ',') {
        fields.emplace_back();
      } else {
        fields.back().push_back(byte);
      }
    }
    rows.push_back(std::move(fields));
  }
  return rows;
}

struct OraclePerson {
  std::array<std::string, 3> names;  // first, middle, last; an empty middle is null
  std::string birthdate;
};

// Person i of the table has id i + 1.
inline std::vector<OraclePerson> read_people(const char* table) {
  std::vector<OraclePerson> people;
  for (const auto& row : read_plain_csv(people_20k_folder() / table)) {
    people.push_back({{row.at(2), row.at(3), row.at(4)}, row.at(5)});
  }
  return people;
}

struct OraclePair {
  std::string algorithm;
  std::size_t left = 0;  // indices into the tables
  std::size_t right = 0;
  double score = 0;
  std::string rule;
  double levenshtein_percent = 0;
  double jaro_winkler_percent = 0;
  std::string left_code;
  std::string right_code;
};

inline std::vector<OraclePair> read_pairs() {
  std::vector<OraclePair> pairs;
  for (const auto& row : read_plain_csv(people_20k_folder() / "pairs.csv")) {
    pairs.push_back({row.at(0), std::stoul(row.at(1)) - 1, std::stoul(row.at(2)) - 1, std::stod(row.at(3)), row.at(4),
                     std::stod(row.at(5)), std::stod(row.at(6)), row.at(7), row.at(8)});
  }
  return pairs;
}

}  // namespace matcher
