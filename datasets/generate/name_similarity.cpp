#include "datasets/generate/name_similarity.hpp"

#include <algorithm>
#include <functional>
#include <mutex>
#include <numeric>
#include <string>
#include <vector>

#include "datasets/generate/letters.hpp"
#include "datasets/generate/parallel.hpp"
#include "datasets/load/column_view.hpp"

namespace assay::datasets {
namespace {

constexpr std::uint64_t kChunkRows = 50'000;

class FullNames {
 public:
  explicit FullNames(const assay_table& table)
      : parts_{find_column(table, "first_name"), find_column(table, "middle_name"), find_column(table, "last_name")},
        first_id_(table.row_count == 0 ? 0 : value<std::int64_t>(*find_column(table, "id"), 0)) {}

  // Ids are dense and rise from row to row. Replaces *name; `text` is scratch space.
  void read(std::int64_t id, std::string* text, std::u32string* name) const {
    const auto row = static_cast<std::uint64_t>(id - first_id_);
    text->clear();
    for (const assay_column* part : parts_) {
      if (is_null(*part, row)) continue;
      if (!text->empty()) *text += ' ';
      *text += datasets::text(*part, row);
    }
    decode_utf8(*text, name);
  }

 private:
  std::array<const assay_column*, 3> parts_;
  std::int64_t first_id_;
};

std::size_t edit_distance(const std::u32string& a, const std::u32string& b, std::vector<std::size_t>* row) {
  row->resize(b.size() + 1);
  std::iota(row->begin(), row->end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = i;
    (*row)[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = (*row)[j + 1];
      (*row)[j + 1] = std::min({replaced, diagonal + 1, (*row)[j] + 1});
    }
  }
  return row->back();
}

}  // namespace

SimilarityHistogram name_similarity(const assay_table& left, const assay_table& right, const assay_table& truth,
                                    unsigned threads) {
  const FullNames left_names(left);
  const FullNames right_names(right);
  const assay_column& left_ids = *find_column(truth, "left_id");
  const assay_column& right_ids = *find_column(truth, "right_id");
  SimilarityHistogram histogram{};
  std::mutex mutex;
  for_each_index((truth.row_count + kChunkRows - 1) / kChunkRows, threads, [&](std::uint64_t chunk) {
    SimilarityHistogram counts{};
    std::string text;
    std::u32string a;
    std::u32string b;
    std::vector<std::size_t> row;
    const std::uint64_t end = std::min(truth.row_count, (chunk + 1) * kChunkRows);
    for (std::uint64_t pair = chunk * kChunkRows; pair < end; ++pair) {
      left_names.read(value<std::int64_t>(left_ids, pair), &text, &a);
      right_names.read(value<std::int64_t>(right_ids, pair), &text, &b);
      const std::size_t longer = std::max<std::size_t>({a.size(), b.size(), 1});
      ++counts[(longer - edit_distance(a, b, &row)) * (kSimilarityBins - 1) / longer];
    }
    const std::lock_guard lock(mutex);
    std::transform(counts.begin(), counts.end(), histogram.begin(), histogram.begin(), std::plus<>());
  });
  return histogram;
}

}  // namespace assay::datasets
