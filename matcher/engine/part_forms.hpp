// The normal forms of the texts of one column.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "matcher/engine/text_chunks.hpp"
#include "matcher/model/persons_view.hpp"
#include "matcher/text/normal_form.hpp"
#include "matcher/text/normalize.hpp"

namespace matcher {

// Kept for every row, or made whenever one is asked for; a null reads as "".
class PartForms {
 public:
  PartForms() = default;
  // simple: normalize_simple follows (direct normalization).
  PartForms(const TextColumn& column, Normalizer normalizer, bool simple)
      : column_(column), normalizer_(normalizer), simple_(simple) {}

  // From here on forms are read that append has kept, all rows of a chunk in order.
  void keep(std::size_t rows) { kept_ = TextChunks(rows); }
  void append(std::size_t chunk, std::string_view form) { kept_.append(chunk, form); }

  // Overwrites `out`. Linear in the text.
  void make(std::size_t row, std::string& out) const {
    normal_form(column_.text_or_empty(row), normalizer_, out);
    if (!simple_) return;
    const std::string text = out;
    normalize_simple(text, out);
  }

  // The form, which lies in `scratch` if it is not kept.
  [[nodiscard]] std::string_view text(std::size_t row, std::string& scratch) const {
    if (!kept_.empty()) return kept_[row];
    make(row, scratch);
    return scratch;
  }

  // REQUIRES: forms are kept.
  [[nodiscard]] std::string_view kept(std::size_t row) const { return kept_[row]; }

  [[nodiscard]] bool valid(std::size_t row) const { return column_.valid(row); }

  // REQUIRES: both tables were prepared by the same options.
  [[nodiscard]] static bool equal(const PartForms& left, std::size_t left_row, const PartForms& right,
                                  std::size_t right_row, std::string& left_scratch, std::string& right_scratch) {
    if (left.column_.text_or_empty(left_row) == right.column_.text_or_empty(right_row)) return true;
    return left.text(left_row, left_scratch) == right.text(right_row, right_scratch);
  }

  // Start loading where the text of a row lies, and, a while later, the text.
  void prefetch_place(std::size_t row) const {
    if (!kept_.empty()) return kept_.prefetch_place(row);
    if (!column_.is_absent()) __builtin_prefetch(column_.offsets + row);
  }
  void prefetch_text(std::size_t row) const {
    if (!kept_.empty()) return kept_.prefetch_text(row);
    if (!column_.is_absent()) __builtin_prefetch(column_.data + column_.offsets[row]);
  }

 private:
  TextColumn column_;
  Normalizer normalizer_ = Normalizer::kText;
  bool simple_ = false;
  TextChunks kept_;
};

}  // namespace matcher
