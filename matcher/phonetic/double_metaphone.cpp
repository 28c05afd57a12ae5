// One function per letter; each emits what its letter sounds like and returns the index where reading goes on.
//
// Only the primary code is built. Rules of the original that cannot show in it are left out: alternate sounds, silent
// vowels that are skipped anyway, and words another rule already covers.
#include "matcher/phonetic/double_metaphone.hpp"

#include <array>

#include "matcher/phonetic/letter_window.hpp"

namespace matcher {
namespace {

// Collects the code in a buffer of the caller and drops what does not fit.
class Code {
 public:
  Code(char* data, std::size_t capacity) : data_(data), capacity_(capacity) {}

  [[nodiscard]] bool full() const { return size_ == capacity_; }
  [[nodiscard]] std::size_t size() const { return size_; }

  void put(char sound) {
    if (!full()) data_[size_++] = sound;
  }
  void put(char first, char second) {
    put(first);
    put(second);
  }

 private:
  char* data_;
  std::size_t capacity_;
  std::size_t size_ = 0;
};

class PrimaryEncoder : private LetterWindow {
 public:
  PrimaryEncoder(std::string_view text, Code& code) : LetterWindow(text), code_(code) {}

  void encode() {
    const bool silent_start = any(0, "gn", "kn", "pn", "wr", "ps");
    for (int i = silent_start ? 1 : 0; i < length() && !code_.full();) i = read(i);
  }

 private:
  [[nodiscard]] bool germanic_prefix() const { return any(0, "van ", "von ", "sch"); }

  // A name with w, k or cz anywhere is read the Slavic or Germanic way.
  [[nodiscard]] bool slavo_germanic() const {
    for (int i = 0; i < length(); ++i) {
      if (in(i, "wk") || has(i, "cz")) return true;
    }
    return false;
  }

  // Emits `sound`, and swallows the next letter if it is one of `swallowed`.
  int sound(int i, char sound, LetterSet swallowed) {
    code_.put(sound);
    return in(i + 1, swallowed) ? i + 2 : i + 1;
  }
  int sound(int i, char sound, int letters) {
    code_.put(sound);
    return i + letters;
  }

  int read(int i) {
    switch (at(i)) {
      case 'a':
      case 'e':
      case 'i':
      case 'o':
      case 'u':
      case 'y':
        return i == 0 ? sound(i, 'A', 1) : i + 1;
      case 'b':
        return sound(i, 'P', "b");
      case 'c':
        return read_c(i);
      case 'd':
        return read_d(i);
      case 'f':
        return sound(i, 'F', "f");
      case 'g':
        return read_g(i);
      case 'h':
        return read_h(i);
      case 'j':
        return read_j(i);
      case 'k':
        return sound(i, 'K', "k");
      case 'l':
        return sound(i, 'L', "l");
      case 'm':
        return read_m(i);
      case 'n':
        return sound(i, 'N', "n");
      case 'p':
        return at(i + 1) == 'h' ? sound(i, 'F', 2) : sound(i, 'P', "pb");
      case 'q':
        return sound(i, 'K', "q");
      case 'r':
        return read_r(i);
      case 's':
        return read_s(i);
      case 't':
        return read_t(i);
      case 'v':
        return sound(i, 'F', "v");
      case 'w':
        return read_w(i);
      case 'x':
        return read_x(i);
      case 'z':
        return at(i + 1) == 'h' ? sound(i, 'J', 2) : sound(i, 'S', "z");
      default:
        return i + 1;
    }
  }

  int read_c(int i) {
    if (germanic_ach(i)) return sound(i, 'K', 2);
    if (i == 0 && has(i, "caesar")) return sound(i, 'S', 2);
    if (has(i, "ch")) return sound(i, sound_of_ch(i), 2);
    if (has(i, "cz") && !has(i - 2, "wicz")) return sound(i, 'S', 2);
    if (has(i + 1, "cia")) return sound(i, 'X', 3);                    // focaccia
    if (has(i, "cc") && !(i == 1 && at(0) == 'm')) return read_cc(i);  // but McClelland
    if (has(i, "cg")) return sound(i, 'K', 2);
    if (any(i, "ci", "ce", "cy")) return sound(i, 'S', 2);
    if (any(i + 1, " c", " q", " g")) return sound(i, 'K', 3);  // Mac Caffrey, Mac Gregor
    if (any(i + 1, "ce", "ci")) return sound(i, 'K', 1);
    return sound(i, 'K', "ckq");
  }

  // "chia", or "ach" after a consonant: Bacher, Macher, but not Bach-i or Bach-e.
  [[nodiscard]] bool germanic_ach(int i) const {
    if (has(i, "chia")) return true;
    if (i < 2 || vowel(i - 2) || !has(i - 1, "ach")) return false;
    return !in(i + 2, "ie") || any(i - 2, "bacher", "macher");
  }

  [[nodiscard]] char sound_of_ch(int i) const {
    if (i > 0 && has(i, "chae")) return 'K';  // Michael
    if (greek_ch(i) || germanic_ch(i)) return 'K';
    return i > 0 && has(0, "mc") ? 'K' : 'X';
  }

  // chemistry, chorus, Charisma; but chore
  [[nodiscard]] bool greek_ch(int i) const {
    return i == 0 && any(1, "harac", "haris", "hor", "hym", "hem") && !has(0, "chore");
  }

  [[nodiscard]] bool germanic_ch(int i) const {
    if (has(0, "sch") || any(i - 2, "orches", "archit", "orchid")) return true;
    if (i > 1 && in(i + 2, "ts")) return true;
    return (i == 0 || in(i - 1, "aoue")) && (in(i + 2, "lrnmbhfvw ") || last(i + 1));
  }

  int read_cc(int i) {
    if (!in(i + 2, "ieh") || has(i + 2, "hu")) return sound(i, 'K', 2);  // Bacchus
    if ((i == 1 && at(0) == 'a') || any(i - 1, "uccee", "ucces")) {      // accident, succeed
      code_.put('K', 'S');
    } else {  // Bertucci
      code_.put('X');
    }
    return i + 3;
  }

  int read_d(int i) {
    if (has(i, "dg")) {
      if (in(i + 2, "iey")) return sound(i, 'J', 3);  // edge
      code_.put('T', 'K');                            // Edgar
      return i + 2;
    }
    return sound(i, 'T', "td");
  }

  int read_g(int i) {
    if (at(i + 1) == 'h') return read_gh(i);
    if (at(i + 1) == 'n') return read_gn(i);
    const bool hard_start = i == 0 && any(1, "es", "ep", "eb", "el", "ey", "ib", "il", "in", "ie", "ei");
    if (hard_start || hard_ger_gy(i)) return sound(i, 'K', 2);
    if (in(i + 1, "eiy") || any(i - 1, "aggi", "oggi")) {
      return sound(i, germanic_prefix() || has(i + 1, "et") ? 'K' : 'J', 2);
    }
    return sound(i, 'K', "g");
  }

  [[nodiscard]] bool hard_ger_gy(int i) const {
    return (has(i + 1, "er") || at(i + 1) == 'y') && !any(0, "danger", "ranger", "manger") && !in(i - 1, "ei") &&
           !any(i - 1, "rgy", "ogy");
  }

  int read_gn(int i) {
    const bool slavic = slavo_germanic();
    const bool hard = (i == 1 && vowel(0) && !slavic) || has(i + 2, "ey") || slavic;
    if (hard) code_.put('K');
    return sound(i, 'N', 2);
  }

  int read_gh(int i) {
    if (i == 0) return sound(i, at(2) == 'i' ? 'J' : 'K', 2);
    if (!vowel(i - 1)) return sound(i, 'K', 2);
    if (in(i - 2, "bhd") || in(i - 3, "bhd") || in(i - 4, "bh")) return i + 2;     // Hugh
    if (i > 2 && at(i - 1) == 'u' && in(i - 3, "cglrt")) return sound(i, 'F', 2);  // McLaughlin
    return at(i - 1) == 'i' ? i + 2 : sound(i, 'K', 2);
  }

  int read_h(int i) {
    const bool spoken = (i == 0 || vowel(i - 1)) && vowel(i + 1);
    return spoken ? sound(i, 'H', 2) : i + 1;
  }

  int read_j(int i) {
    const bool san = has(0, "san ");  // San Jacinto
    if (san || has(i, "jose")) {
      return sound(i, san || (i == 0 && at(4) == ' ') || length() == 4 ? 'H' : 'J', 1);
    }
    const bool spoken = i == 0 || last(i) || !(in(i + 1, "ltksnmbz") || in(i - 1, "skl"));
    if (spoken) code_.put('J');
    return at(i + 1) == 'j' ? i + 2 : i + 1;
  }

  int read_m(int i) {
    const bool silent_b = has(i - 1, "umb") && (last(i + 1) || has(i + 2, "er"));  // thumb, plumber
    return sound(i, 'M', at(i + 1) == 'm' || silent_b ? 2 : 1);
  }

  int read_r(int i) {
    const bool silent = i > 3 && last(i) && has(i - 2, "ie") && !any(i - 4, "me", "ma") && !slavo_germanic();
    if (!silent) code_.put('R');  // Rogier
    return at(i + 1) == 'r' ? i + 2 : i + 1;
  }

  int read_s(int i) {
    if (any(i - 1, "isl", "ysl")) return i + 1;  // island, Carlisle
    if (i == 0 && has(i, "sugar")) return sound(i, 'X', 1);
    if (has(i, "sh")) return sound(i, any(i + 1, "heim", "hoek", "holm", "holz") ? 'S' : 'X', 2);
    if (has(i, "sc")) return read_sc(i);
    if (last(i) && any(i - 2, "ai", "oi")) return i + 1;  // Resnais, Artois
    return sound(i, 'S', "sz");
  }

  int read_sc(int i) {
    if (at(i + 2) != 'h') {
      if (in(i + 2, "iey")) return sound(i, 'S', 3);
      code_.put('S', 'K');
    } else if (any(i + 3, "oo", "uy", "ed", "em")) {  // school
      code_.put('S', 'K');
    } else {
      code_.put('X');
    }
    return i + 3;
  }

  int read_t(int i) {
    if (any(i, "tion", "tia", "tch")) return sound(i, 'X', 3);
    if (any(i, "th", "tth")) return sound(i, any(i + 2, "om", "am") || germanic_prefix() ? 'T' : '0', 2);
    return sound(i, 'T', "td");
  }

  int read_w(int i) {
    if (has(i, "wr")) return sound(i, 'R', 2);
    if (i == 0 && (vowel(1) || at(1) == 'h')) return sound(i, 'A', 1);
    if (any(i, "wicz", "witz") && !has(0, "sch")) {  // Filipowicz
      code_.put('T', 'S');
      return i + 4;
    }
    return i + 1;
  }

  int read_x(int i) {
    if (i == 0) return sound(i, 'S', 1);
    const bool silent = last(i) && any(i - 2, "au", "ou");  // Breaux
    if (!silent) code_.put('K', 'S');
    return in(i + 1, "cx") ? i + 2 : i + 1;
  }

  Code& code_;
};

}  // namespace

std::string double_metaphone(std::string_view phonetic_text, std::size_t maximum_length) {
  std::string code(maximum_length < 2 * phonetic_text.size() ? maximum_length : 2 * phonetic_text.size(), '\0');
  Code sink(code.data(), code.size());
  PrimaryEncoder(phonetic_text, sink).encode();
  code.resize(sink.size());
  return code;
}

std::string double_metaphone_full(std::string_view phonetic_text) {
  constexpr std::size_t kMostPerLetter = 3;  // "x" gives two, and no rule gives more than three
  return double_metaphone(phonetic_text, kMostPerLetter * phonetic_text.size());
}

std::uint32_t double_metaphone_code(std::string_view phonetic_text) {
  std::array<char, kPhoneticCodeLength> code{};
  Code sink(code.data(), code.size());
  PrimaryEncoder(phonetic_text, sink).encode();
  std::uint32_t packed = 0;
  for (std::size_t k = code.size(); k-- > 0;) packed = (packed << 8) | static_cast<unsigned char>(code[k]);
  return packed;
}

}  // namespace matcher
