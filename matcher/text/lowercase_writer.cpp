// The state machine behind the final-sigma rule.
#include "matcher/text/lowercase_writer.hpp"

#include "matcher/text/unicode.hpp"
#include "matcher/text/utf8.hpp"

namespace matcher {
namespace {

constexpr char32_t kCapitalSigma = 0x03A3;
constexpr char32_t kSmallSigma = 0x03C3;
constexpr char kFinalSigmaTail = '\x82';  // U+03C2 and U+03C3 differ in their second UTF-8 byte only

}  // namespace

void LowercaseWriter::write(char32_t scalar) {
  if (!is_case_ignorable(scalar)) settle(is_cased(scalar));
  if (scalar == kCapitalSigma) {
    append_utf8(kSmallSigma, out_);
    if (after_cased_before_) sigma_end_ = out_.size();
  } else {
    append_utf8(to_lower(scalar), out_);
  }
}

// A scalar that is not case-ignorable decides about the sigma before it and becomes the new neighbour.
void LowercaseWriter::settle(bool cased) {
  if (sigma_end_ != 0 && !cased) out_[sigma_end_ - 1] = kFinalSigmaTail;
  sigma_end_ = 0;
  after_cased_before_ = after_cased_;
  after_cased_ = cased;
}

}  // namespace matcher
