// The few Unicode properties that normalization needs, with the meaning Rust's standard library gives them.
#pragma once

namespace matcher {

// White_Space: what Rust's `trim` removes. Not U+200B, not U+FEFF.
[[nodiscard]] bool is_white_space(char32_t scalar);

// General category Mn, Mc or Me.
[[nodiscard]] bool is_combining_mark(char32_t scalar);

// Simple lowercase mapping. U+0130 is the only scalar whose full mapping (two scalars) differs: callers handle it.
[[nodiscard]] char32_t to_lower(char32_t scalar);

// Derived property Cased (Unicode 15, D135): decides whether a capital sigma stands at the end of a word.
[[nodiscard]] bool is_cased(char32_t scalar);

// Derived property Case_Ignorable (D136): skipped when looking for the neighbours of a capital sigma.
[[nodiscard]] bool is_case_ignorable(char32_t scalar);

}  // namespace matcher
