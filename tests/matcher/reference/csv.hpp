// A strict reader for the oracle's CSV files: a header, no quoting, the same number of fields in every line.
#pragma once

#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace csv {

using Line = std::map<std::string, std::string>;

inline std::vector<std::string> split(const std::string& line) {
  if (line.find('"') != std::string::npos) throw std::runtime_error("csv: quoted field in line: " + line);
  std::vector<std::string> fields(1);
  for (const char c : line) {
    if (c == ',') {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

// Every line after the header as field name -> value. Throws std::runtime_error on a missing or malformed file.
inline std::vector<Line> read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  if (!std::getline(file, text)) throw std::runtime_error("csv: cannot read " + path);
  const std::vector<std::string> names = split(text);
  std::vector<Line> lines;
  while (std::getline(file, text)) {
    const std::vector<std::string> fields = split(text);
    if (fields.size() != names.size()) {
      throw std::runtime_error("csv: " + path + " line " + std::to_string(lines.size() + 2) + " has " +
                               std::to_string(fields.size()) + " fields, expected " + std::to_string(names.size()));
    }
    Line& line = lines.emplace_back();
    for (std::size_t i = 0; i < names.size(); ++i) line[names[i]] = fields[i];
  }
  return lines;
}

}  // namespace csv
