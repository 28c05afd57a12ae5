// Digests of key values.
#include "matcher/engine/row_keys.hpp"

#include <xxhash.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "matcher/model/date.hpp"
#include "matcher/parallel/fork_join.hpp"
#include "matcher/phonetic/double_metaphone.hpp"
#include "matcher/phonetic/soundex.hpp"
#include "matcher/rules/case_rule.hpp"
#include "matcher/text/name_parts.hpp"
#include "matcher/text/normalize.hpp"
#include "matcher/text/utf8.hpp"

namespace matcher {
namespace {

constexpr std::size_t kChunkRows = 8192;
constexpr std::uint64_t kNullDigest = 0x6e756c6cULL;  // of a null that counts as a value

std::uint64_t mix(std::uint64_t key, std::uint64_t value) {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15ULL;  // 2^64 / golden ratio: spreads neighbouring keys
  key = (key ^ value) * kOdd;
  return key ^ (key >> 32);
}

// One lane's view of a table while it makes keys.
class KeyMaker {
 public:
  KeyMaker(const PreparedTable& table, std::span<const KeyPart> parts) : table_(table), parts_(parts) {}

  [[nodiscard]] std::uint64_t key(std::size_t row) {
    std::uint64_t key = 0;
    for (const KeyPart& part : parts_) {
      if (part.field == KeyField::kSteadyOnly || part.field == KeyField::kUnsteadyOnly) {
        const bool unsteady = (table_.sounds[row] & kUnsteadySound) != 0;
        if (unsteady != (part.field == KeyField::kUnsteadyOnly)) return kNoKey;
        continue;
      }
      const auto value = digest(part, row);
      if (!value) return kNoKey;
      key = mix(key, *value);
    }
    return key == kNoKey ? 1 : key;
  }

 private:
  using Digest = std::optional<std::uint64_t>;

  [[nodiscard]] Digest digest(const KeyPart& part, std::size_t row) {
    switch (part.field) {
      case KeyField::kBirthdate:
      case KeyField::kBirthYear:
      case KeyField::kBirthMonth:
      case KeyField::kMonthDay:
      case KeyField::kSwappedBirthdate:
        return date_digest(part, row);
      case KeyField::kFirst:
        return text(first_scalars(form(table_.first, row), static_cast<std::size_t>(part.number)));
      case KeyField::kMiddle:
        return text(first_scalars(form(table_.middle, row), static_cast<std::size_t>(part.number)));
      case KeyField::kLast:
        return text(first_scalars(form(table_.last, row), static_cast<std::size_t>(part.number)));
      case KeyField::kSoundexFirst:
        return code(soundex_code(form(table_.first, row)));
      case KeyField::kSoundexMiddle:
        return code(soundex_code(form(table_.middle, row)));
      case KeyField::kSoundexLast:
        return code(soundex_code(form(table_.last, row)));
      case KeyField::kMetaphoneFirst:
        return code(metaphone(form(table_.first, row)));
      case KeyField::kMetaphoneLast:
        return code(metaphone(form(table_.last, row)));
      case KeyField::kSound:
        return code(table_.key_sounds[row]);
      case KeyField::kBarangay:
        return place(table_.view.barangay_code, row);
      case KeyField::kCity:
        return place(table_.view.city_code, row);
      case KeyField::kSteadySound:
        return (table_.sounds[row] & kUnsteadySound) != 0 ? Digest() : Digest(table_.sounds[row]);
      default:
        return name_digest(part, row);
    }
  }

  [[nodiscard]] Digest date_digest(const KeyPart& part, std::size_t row) const {
    if (!table_.view.birthdate.valid(row)) return std::nullopt;
    const std::int32_t days = table_.view.birthdate.days[row];
    if (part.field == KeyField::kBirthdate) return static_cast<std::uint32_t>(days);
    if (part.field == KeyField::kSwappedBirthdate) {
      const auto swapped = swap_day_and_month(days);
      if (!swapped || *swapped == days) return std::nullopt;
      return static_cast<std::uint32_t>(*swapped);
    }
    const CalendarDate date = calendar_date(days);
    if (part.field == KeyField::kMonthDay) return date.month * 100 + date.day;
    if (part.field == KeyField::kBirthYear) return static_cast<std::uint32_t>(date.year + part.number);
    return static_cast<std::uint32_t>(date.year * 12 + static_cast<int>(date.month));
  }

  // Parts of the keys of exact algorithms, where "" is a value.
  [[nodiscard]] Digest name_digest(const KeyPart& part, std::size_t row) {
    const PersonsView& view = table_.view;
    switch (part.field) {
      case KeyField::kFirstNotNull:
        return view.first_name.valid(row) ? hash(form(table_.first, row)) : Digest();
      case KeyField::kLastNotNull:
        return view.last_name.valid(row) ? hash(form(table_.last, row)) : Digest();
      case KeyField::kFirstOrNull:
        return view.first_name.valid(row) ? hash(form(table_.first, row)) : kNullDigest;
      case KeyField::kLastOrNull:
        return view.last_name.valid(row) ? hash(form(table_.last, row)) : kNullDigest;
      case KeyField::kMiddleOrNull:
        return view.middle_name.valid(row) ? hash(form(table_.middle, row)) : kNullDigest;
      case KeyField::kFullMiddle:
        return is_full_name_part(form(table_.middle, row)) ? hash(form(table_.middle, row)) : Digest();
      default:  // kMiddleInitials
        initials(form(table_.middle, row), scratch_);
        return text(scratch_);
    }
  }

  [[nodiscard]] std::string_view form(const PartForms& part, std::size_t row) { return part.text(row, form_); }

  [[nodiscard]] Digest place(const TextColumn& column, std::size_t row) {
    if (!column.valid(row)) return std::nullopt;
    normalize_text(column[row], scratch_);
    return text(scratch_);
  }

  [[nodiscard]] std::uint64_t metaphone(std::string_view part) {
    normalize_for_phonetic(part, scratch_);
    return double_metaphone_code(scratch_);
  }

  [[nodiscard]] static std::uint64_t hash(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }
  [[nodiscard]] static Digest text(std::string_view text) { return text.empty() ? Digest() : Digest(hash(text)); }
  [[nodiscard]] static Digest code(std::uint64_t code) { return code == 0 ? Digest() : Digest(code); }

  const PreparedTable& table_;
  std::span<const KeyPart> parts_;
  std::string form_;
  std::string scratch_;
};

}  // namespace

std::vector<std::uint64_t> row_keys(const PreparedTable& table, std::span<const KeyPart> parts,
                                    std::span<const std::uint8_t> pool, unsigned threads,
                                    const CancelCallback& is_cancelled) {
  const std::size_t rows = table.view.row_count;
  std::vector<std::uint64_t> keys(rows, kNoKey);
  std::vector<KeyMaker> makers(threads, KeyMaker(table, parts));
  std::vector<CancelPoller> pollers(threads, CancelPoller(is_cancelled));
  fork_join(threads, (rows + kChunkRows - 1) / kChunkRows, [&](unsigned lane, std::size_t chunk) {
    const std::size_t end = std::min((chunk + 1) * kChunkRows, rows);
    for (std::size_t row = chunk * kChunkRows; row < end; ++row) {
      pollers[lane].tick();
      if (pool.empty() || pool[row] != 0) keys[row] = makers[lane].key(row);
    }
  });
  return keys;
}

}  // namespace matcher
