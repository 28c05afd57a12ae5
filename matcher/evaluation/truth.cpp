// Reads true pairs and finds their rows.
#include "matcher/evaluation/truth.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "matcher/io/csv_records.hpp"
#include "matcher/io/text_input.hpp"

namespace matcher {
namespace {

// Rows by id, as the source writes it. Of rows with the same id the first.
class RowsById {
 public:
  RowsById(const PersonsView& table, StageWatch& stage) : has_text_ids_(!table.text_id.is_absent()) {
    rows_.reserve(table.row_count);
    for (std::size_t row = 0; row < table.row_count; ++row) {
      stage.tick();
      const bool has_text = table.text_id.valid(row);
      rows_.try_emplace(has_text ? std::string(table.text_id[row]) : std::to_string(table.id[row]),
                        static_cast<std::uint32_t>(row));
    }
  }
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view id) const {
    const auto found = rows_.find(has_text_ids_ ? std::string(id) : plain(id));
    return found == rows_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  // A number as the table's ids are kept: 007 is 7.
  static std::string plain(std::string_view id) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
    const bool is_number = error == std::errc() && end == id.data() + id.size();
    return is_number ? std::to_string(number) : std::string(id);
  }

  bool has_text_ids_;
  std::unordered_map<std::string, std::uint32_t> rows_;
};

std::optional<std::size_t> column(const std::vector<std::string_view>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

class TruthReader {
 public:
  TruthReader(const PersonsView& left, const PersonsView& right, bool same_table, StageWatch& stage)
      : left_(left, stage), same_table_(same_table), stage_(stage) {
    if (!same_table) right_.emplace(right, stage);
  }

  Status read(CsvRecords& records, std::string_view name) {
    auto more = records.next();
    if (!more) return hand_on(more);
    const std::vector<std::string_view> header = records.fields();
    const auto first = column(header, "left_id");
    const auto second = column(header, "right_id");
    const auto id = column(header, "id");
    const auto cluster = column(header, "cluster");
    const bool has_pairs = first && second;
    const bool has_clusters = same_table_ && id && cluster;
    if (!*more || (!has_pairs && !has_clusters)) {
      return fail(ErrorKind::kBadInput, "{}:1: needs columns left_id and right_id{}", name,
                  same_table_ ? ", or id and cluster" : "");
    }
    while (true) {
      more = records.next();
      if (!more) return hand_on(more);
      if (!*more) break;
      stage_.tick();
      if (records.fields().size() != header.size()) {
        return fail(ErrorKind::kBadInput, "{}:{}: the row has {} fields, the header has {}", name, records.line(),
                    records.fields().size(), header.size());
      }
      if (has_pairs) {
        add_pair(records.fields()[*first], records.fields()[*second]);
      } else {
        add_member(records.fields()[*id], records.fields()[*cluster]);
      }
    }
    return {};
  }

  Truth finish() {
    for (auto& [name, cluster] : clusters_) {
      std::vector<std::uint32_t>& rows = cluster.rows;
      std::sort(rows.begin(), rows.end());
      rows.erase(std::unique(rows.begin(), rows.end()), rows.end());  // a row may be named twice
      if (cluster.unknown > 0) {
        truth_.pairs_without_row += cluster.unknown * rows.size() + cluster.unknown * (cluster.unknown - 1) / 2;
      }
      for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = i + 1; j < rows.size(); ++j) {
          stage_.tick();
          truth_.pairs.emplace_back(rows[i], rows[j]);
        }
      }
    }
    std::sort(truth_.pairs.begin(), truth_.pairs.end());
    truth_.pairs.erase(std::unique(truth_.pairs.begin(), truth_.pairs.end()), truth_.pairs.end());
    return std::move(truth_);
  }

 private:
  void add_pair(std::string_view left_id, std::string_view right_id) {
    auto left = left_.find(left_id);
    auto right = (right_ ? *right_ : left_).find(right_id);
    if (!left || !right) {
      ++truth_.unknown_ids;
      ++truth_.pairs_without_row;
      return;
    }
    if (same_table_ && *left == *right) return;
    if (same_table_ && *left > *right) std::swap(left, right);
    truth_.pairs.emplace_back(*left, *right);
  }

  void add_member(std::string_view id, std::string_view cluster) {
    const auto row = left_.find(id);
    if (!row) ++truth_.unknown_ids;
    if (cluster.empty()) return;
    Cluster& members = clusters_[std::string(cluster)];
    if (row) {
      members.rows.push_back(*row);
    } else {
      ++members.unknown;
    }
  }

  RowsById left_;
  std::optional<RowsById> right_;
  bool same_table_;
  StageWatch& stage_;
  struct Cluster {
    std::vector<std::uint32_t> rows{};
    std::uint64_t unknown = 0;  // ids that are in no row
  };
  std::unordered_map<std::string, Cluster> clusters_;
  Truth truth_;
};

}  // namespace

Result<Truth> read_truth(const std::filesystem::path& path, const PersonsView& left, const PersonsView& right,
                         bool same_table, const RunWatch& watch) {
  auto input = open_text(path, TextEncoding::kUtf8, watch);
  if (!input) return hand_on(input);
  const std::string name = path.string();
  CsvRecords records(input->text(), name);
  StageWatch stage("read the truth", 0, watch);
  TruthReader reader(left, right, same_table, stage);
  if (auto status = reader.read(records, name); !status) return hand_on(status);
  return reader.finish();
}

}  // namespace matcher
