#include "datasets/generate/measure.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "datasets/generate/error_model.hpp"
#include "datasets/generate/name_similarity.hpp"
#include "datasets/generate/parallel.hpp"
#include "datasets/load/column_view.hpp"

namespace assay::datasets {
namespace {

constexpr std::array<const char*, 3> kNameColumns{"first_name", "middle_name", "last_name"};

Json null_counts(const assay_table& table) {
  Json counts = Json::object();
  for (std::uint32_t index = 0; index < table.column_count; ++index) {
    const assay_column& column = *table.columns[index];
    std::uint64_t nulls = 0;
    for (std::uint64_t row = 0; column.validity != nullptr && row < table.row_count; ++row)
      nulls += is_null(column, row);
    counts[column.name] = nulls;
  }
  return counts;
}

// 64-bit hashes instead of strings: two of ten million names share one with a probability of 3 in a million.
std::uint64_t distinct_texts(const assay_table& table, const char* name) {
  const assay_column& column = *find_column(table, name);
  std::unordered_set<std::size_t> hashes;
  const std::hash<std::string_view> hash;
  for (std::uint64_t row = 0; row < table.row_count; ++row) {
    if (!is_null(column, row)) hashes.insert(hash(text(column, row)));
  }
  return hashes.size();
}

std::size_t letters(std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(name.begin(), name.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// Index: length; value: rows. Rows where the name is null are not in it.
std::vector<std::uint64_t> length_histogram(const assay_table& table, const std::vector<const char*>& parts) {
  std::vector<const assay_column*> columns;
  for (const char* part : parts) columns.push_back(find_column(table, part));
  std::vector<std::uint64_t> histogram;
  for (std::uint64_t row = 0; row < table.row_count; ++row) {
    std::size_t length = 0;
    std::size_t present = 0;
    for (const assay_column* column : columns) {
      if (is_null(*column, row)) continue;
      length += letters(text(*column, row)) + (present++ > 0 ? 1 : 0);
    }
    if (present == 0) continue;
    if (histogram.size() <= length) histogram.resize(length + 1);
    ++histogram[length];
  }
  return histogram;
}

Json lengths(const std::vector<std::uint64_t>& histogram) {
  std::uint64_t rows = 0;
  std::uint64_t sum = 0;
  for (std::size_t length = 0; length < histogram.size(); ++length) {
    rows += histogram[length];
    sum += histogram[length] * length;
  }
  // Thousandths keep the manifest free of rounding differences.
  return {{"mean_thousandths", rows == 0 ? Json(nullptr) : Json(sum * 1000 / rows)}, {"histogram", histogram}};
}

std::uint64_t same_birthdate_pairs(const assay_table& left, const assay_table& right) {
  const assay_column& left_dates = *find_column(left, "birthdate");
  const assay_column& right_dates = *find_column(right, "birthdate");
  std::unordered_map<std::int32_t, std::uint64_t> rows;
  for (std::uint64_t row = 0; row < left.row_count; ++row) {
    if (!is_null(left_dates, row)) ++rows[value<std::int32_t>(left_dates, row)];
  }
  std::uint64_t pairs = 0;
  for (std::uint64_t row = 0; row < right.row_count; ++row) {
    if (is_null(right_dates, row)) continue;
    const auto found = rows.find(value<std::int32_t>(right_dates, row));
    if (found != rows.end()) pairs += found->second;
  }
  return pairs;
}

Json errors_per_pair(const assay_table& truth) {
  const assay_column& kinds = *find_column(truth, "error_kinds");
  std::vector<std::uint64_t> pairs;
  for (std::uint64_t row = 0; row < truth.row_count; ++row) {
    const auto count = static_cast<std::size_t>(std::popcount(value<std::uint32_t>(kinds, row)));
    if (pairs.size() <= count) pairs.resize(count + 1);
    ++pairs[count];
  }
  return pairs;
}

}  // namespace

Json count_error_kinds(const assay_table& truth) {
  const assay_column& kinds = *find_column(truth, "error_kinds");
  std::array<std::uint64_t, 32> counts{};
  for (std::uint64_t row = 0; row < truth.row_count; ++row) {
    for (std::uint32_t bits = value<std::uint32_t>(kinds, row); bits != 0; bits &= bits - 1) {
      ++counts[static_cast<std::size_t>(std::countr_zero(bits))];
    }
  }
  Json json = Json::object();
  for (const DamageRule& rule : kErrorModel) json[std::string(rule.name)] = counts[static_cast<std::size_t>(rule.kind)];
  return json;
}

Json measure(const assay_table& left, const assay_table& right, const assay_table& truth, unsigned threads) {
  Json result{{"true_pairs", truth.row_count},
              {"same_birthdate_pairs", nullptr},
              {"errors_per_pair", nullptr},
              {"true_pair_name_similarity", name_similarity(left, right, truth, threads)}};
  std::vector<std::function<void()>> tasks;
  std::array<std::array<std::uint64_t, 3>, 2> distinct{};
  std::array<Json, 2> nulls;
  std::array<std::vector<std::uint64_t>, 2> last_lengths;
  std::array<std::vector<std::uint64_t>, 2> full_lengths;
  const std::array<const assay_table*, 2> tables{&right, &left};  // the slowest tasks first
  for (std::size_t side = 0; side < 2; ++side) {
    const assay_table& table = *tables[side];
    for (std::size_t part = 0; part < 3; ++part) {
      tasks.emplace_back([&, side, part] { distinct[side][part] = distinct_texts(table, kNameColumns[part]); });
    }
    tasks.emplace_back([&, side] {
      full_lengths[side] = length_histogram(table, {"first_name", "middle_name", "last_name"});
    });
    tasks.emplace_back([&, side] { last_lengths[side] = length_histogram(table, {"last_name"}); });
    tasks.emplace_back([&, side] { nulls[side] = null_counts(table); });
  }
  tasks.emplace_back([&] { result["same_birthdate_pairs"] = same_birthdate_pairs(left, right); });
  tasks.emplace_back([&] { result["errors_per_pair"] = errors_per_pair(truth); });
  for_each_index(tasks.size(), threads, [&](std::uint64_t index) { tasks[index](); });
  for (const std::size_t side : {std::size_t{1}, std::size_t{0}}) {
    result[side == 1 ? "left" : "right"] = {{"nulls", nulls[side]},
                                            {"distinct_first_names", distinct[side][0]},
                                            {"distinct_middle_names", distinct[side][1]},
                                            {"distinct_last_names", distinct[side][2]},
                                            {"last_name_length", lengths(last_lengths[side])},
                                            {"full_name_length", lengths(full_lengths[side])}};
  }
  return result;
}

}  // namespace assay::datasets
