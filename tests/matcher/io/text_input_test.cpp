// Whatever the file is made of, its text comes out as UTF-8, whole or piece by piece, or one clear error.
#include "matcher/io/text_input.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/matcher/io/packed.hpp"
#include "tests/matcher/io/scratch_folder.hpp"

namespace {

using matcher::open_text;
using matcher::Result;
using matcher::TextEncoding;
using matcher::TextStream;
using matcher_test::gzip;
using matcher_test::zstd;
using std::string_view_literals::operator""sv;
using testing::AllOf;
using testing::HasSubstr;

constexpr TextEncoding kEncodings[] = {TextEncoding::kUtf8, TextEncoding::kLatin1};

Result<std::string> streamed(const std::filesystem::path& path, TextEncoding encoding, std::size_t piece) {
  auto stream = TextStream::open(path, encoding);
  if (!stream) return matcher::hand_on(stream);
  std::string text;
  std::string buffer(piece, '\0');
  while (true) {
    auto count = stream->read(buffer.data(), buffer.size());
    if (!count) return matcher::hand_on(count);
    if (*count == 0) return text;
    text.append(buffer, 0, *count);
  }
}

class TextInput : public matcher_test::ScratchFolder {
 protected:
  // The text of a file with these bytes; checks that the stream in pieces of several sizes says the same.
  Result<std::string> read(std::string_view bytes, TextEncoding encoding = TextEncoding::kUtf8) {
    const std::filesystem::path path = folder_ / "in.csv";
    save(path, bytes);
    auto input = open_text(path, encoding);
    for (const std::size_t piece : {1U, 7U, 65536U}) {
      const auto text = streamed(path, encoding, piece);
      EXPECT_EQ(text.has_value(), input.has_value()) << piece;
      if (text && input) {
        EXPECT_TRUE(*text == input->text()) << piece;
      }
      if (!text && !input) {
        EXPECT_EQ(text.error().message, input.error().message) << piece;
      }
    }
    if (!input) return matcher::hand_on(input);
    return std::string(input->text());
  }
  std::string error(std::string_view bytes, TextEncoding encoding = TextEncoding::kUtf8) {
    const auto text = read(bytes, encoding);
    EXPECT_FALSE(text);
    if (text) return {};
    EXPECT_EQ(text.error().kind, matcher::ErrorKind::kBadInput);
    EXPECT_THAT(text.error().message, HasSubstr("in.csv: "));
    return text.error().message;
  }
};

// Longer than the blocks of the streams, and not easy to compress.
std::string long_text() {
  std::mt19937 random(5);
  std::string text(300'000, '\0');
  for (char& c : text) c = static_cast<char>('a' + random() % 26);
  return text;
}

TEST_F(TextInput, PlainUtf8_IsHandedOnAsItIs) {
  for (const std::string& text : {std::string(), std::string("a"), std::string("id\n\xC3\xB1\n"), long_text()}) {
    EXPECT_TRUE(read(text) == text);
  }
}

TEST_F(TextInput, InvalidUtf8_IsNotCheckedHere) {
  EXPECT_EQ(read("\xFF\xC3 x"), "\xFF\xC3 x");
}

TEST_F(TextInput, Compressed_IsUnpackedWhateverTheName) {
  for (const std::string& text : {std::string(), std::string("a,b\n"), long_text(), std::string(5'000'000, 'x')}) {
    EXPECT_TRUE(read(gzip(text)) == text) << text.size();
    EXPECT_TRUE(read(zstd(text)) == text) << text.size();
  }
}

TEST_F(TextInput, SeveralMembersOrFrames_AreOneText) {
  const std::string text = long_text();
  EXPECT_TRUE(read(gzip("id,") + gzip("") + gzip(text) + gzip("end\n")) == "id," + text + "end\n");
  EXPECT_TRUE(read(zstd("id,") + zstd("") + zstd(text) + zstd("end\n")) == "id," + text + "end\n");
}

TEST_F(TextInput, CutOffAnywhere_IsAnErrorWithThePosition) {
  for (const std::string& packed : {gzip("id,first_name\n1,ana\n"), zstd("id,first_name\n1,ana\n")}) {
    for (std::size_t size = 4; size < packed.size(); ++size) {
      EXPECT_THAT(error(packed.substr(0, size)), HasSubstr("data is cut off at byte " + std::to_string(size) + ";"));
    }
    for (std::size_t size = 4; size < packed.size(); ++size) {  // in the second member or frame
      EXPECT_THAT(error(packed + packed.substr(0, size)), HasSubstr("is cut off at byte"));
    }
  }
}

TEST_F(TextInput, LongTextCutOff_IsAnErrorWithThePosition) {
  for (const std::string& packed : {gzip(long_text()), zstd(long_text())}) {
    EXPECT_THAT(error(packed.substr(0, 65536)), HasSubstr("data is cut off at byte 65536;"));
    EXPECT_THAT(error(packed.substr(0, packed.size() - 1)),
                HasSubstr("data is cut off at byte " + std::to_string(packed.size() - 1) + ";"));
  }
}

TEST_F(TextInput, AnyByteDamaged_IsAnErrorOrTheSameText) {
  const std::string text = "id,first_name\n1,ana\n2,ana\n3,ana\n";
  for (const std::string& packed : {gzip(text), zstd(text)}) {
    for (std::size_t i = 4; i < packed.size(); ++i) {
      std::string damaged = packed;
      damaged[i] = static_cast<char>(damaged[i] ^ 0x11);
      const auto unpacked = read(damaged);
      EXPECT_EQ(unpacked.value_or(text), text) << i;  // times and names in the header of gzip do not matter
    }
  }
}

TEST_F(TextInput, ChecksumWrong_NamesFormatAndPosition) {
  std::string packed = gzip("id\n");
  packed[packed.size() - 8] = static_cast<char>(packed[packed.size() - 8] ^ 1);
  EXPECT_THAT(error(packed),
              AllOf(HasSubstr("damaged gzip data at byte "), HasSubstr(": incorrect data check; fetch")));
  packed = zstd("id\n");
  packed.back() = static_cast<char>(packed.back() ^ 1);
  EXPECT_THAT(error(packed), AllOf(HasSubstr("damaged zstd data at byte "), HasSubstr("checksum")));
}

TEST_F(TextInput, OtherBytesAfterTheLastMember_AreDamage) {
  const std::string packed = gzip("id\n");
  EXPECT_THAT(error(packed + "abcdefgh"),
              AllOf(HasSubstr("damaged gzip data at byte "), HasSubstr("incorrect header")));
  EXPECT_THAT(error(zstd("id\n") + "abcdefgh"), HasSubstr("damaged zstd data at byte "));
}

TEST_F(TextInput, ByteOrderMarkOfUtf8_IsRemovedOnce) {
  EXPECT_EQ(read("\xEF\xBB\xBFid\n"), "id\n");
  EXPECT_EQ(read("\xEF\xBB\xBF"), "");
  EXPECT_EQ(read("\xEF\xBB\xBF\xEF\xBB\xBFid\n"), "\xEF\xBB\xBFid\n");
  EXPECT_EQ(read(gzip("\xEF\xBB\xBFid\n")), "id\n");
  EXPECT_EQ(read(zstd("\xEF\xBB\xBFid\n")), "id\n");
}

TEST_F(TextInput, ByteOrderMarkOfUtf16Or32_SaysHowToConvert) {
  for (const TextEncoding encoding : kEncodings) {
    EXPECT_THAT(error("\xFF\xFEi\0d\0"sv, encoding), HasSubstr("is UTF-16 text; convert it: iconv -f UTF-16 -t UTF-8"));
    EXPECT_THAT(error("\xFE\xFF\0i\0d"sv, encoding), HasSubstr("iconv -f UTF-16 -t UTF-8"));
    EXPECT_THAT(error("\xFF\xFE\0\0i\0\0\0"sv, encoding), HasSubstr("iconv -f UTF-32 -t UTF-8"));
    EXPECT_THAT(error("\0\0\xFE\xFF\0\0\0i"sv, encoding), HasSubstr("iconv -f UTF-32 -t UTF-8"));
    EXPECT_THAT(error(gzip("\xFF\xFEi\0d\0"sv), encoding), HasSubstr("iconv -f UTF-16 -t UTF-8"));
  }
}

TEST_F(TextInput, Latin1_EveryByteIsItsCodePoint) {
  std::string latin1;
  std::string utf8;
  for (int code = 0x00; code <= 0xFF; ++code) {
    latin1 += static_cast<char>(code);
    if (code < 0x80) utf8 += static_cast<char>(code);
    if (code >= 0x80 && code < 0xC0) utf8 += {'\xC2', static_cast<char>(code)};
    if (code >= 0xC0) utf8 += {'\xC3', static_cast<char>(code - 0x40)};
  }
  EXPECT_EQ(read(latin1, TextEncoding::kLatin1), utf8);
  EXPECT_EQ(read(gzip(latin1), TextEncoding::kLatin1), utf8);
  EXPECT_EQ(read(zstd(latin1), TextEncoding::kLatin1), utf8);
}

TEST_F(TextInput, LongLatin1_IsTranscodedWhole) {
  std::string utf8;
  for (int i = 0; i < 200'000; ++i) utf8 += "\xC3\xB1";
  EXPECT_TRUE(read(std::string(200'000, '\xF1'), TextEncoding::kLatin1) == utf8);
}

TEST_F(TextInput, Latin1WithAMarkOfUtf8_IsAContradiction) {
  EXPECT_THAT(error("\xEF\xBB\xBFid\n", TextEncoding::kLatin1), HasSubstr("latin1 was given; give utf8"));
}

TEST_F(TextInput, Moved_KeepsItsText) {
  for (const std::string& bytes : {std::string("id\n"), gzip("id\n")}) {
    save(folder_ / "in.csv", bytes);
    auto input = open_text(folder_ / "in.csv", TextEncoding::kUtf8);
    ASSERT_TRUE(input);
    const matcher::TextInput moved(std::move(*input));
    input = tl::unexpected<matcher::Error>(matcher::Error{});
    EXPECT_EQ(moved.text(), "id\n");
  }
}

TEST_F(TextInput, Pipe_IsReadAndUnpacked) {
  const std::filesystem::path path = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const std::string text = long_text();
  for (const std::string& bytes : {text, gzip(text)}) {
    std::thread writer([&] { save(path, bytes); });
    const auto input = open_text(path, TextEncoding::kUtf8);
    writer.join();
    ASSERT_TRUE(input);
    EXPECT_TRUE(input->text() == text);
  }
}

TEST_F(TextInput, MissingFileOrFolder_IsOneClearError) {
  for (const auto& [path, message] :
       {std::pair{folder_ / "no.csv", "no.csv: cannot open the file: No such file or directory; check the path"},
        std::pair{folder_, ": is a folder, not a file; name a CSV file"}}) {
    const auto input = open_text(path, TextEncoding::kUtf8);
    ASSERT_FALSE(input);
    EXPECT_THAT(input.error().message, HasSubstr(message));
    const auto stream = TextStream::open(path, TextEncoding::kUtf8);
    ASSERT_FALSE(stream);
    EXPECT_EQ(stream.error().message, input.error().message);
  }
}

}  // namespace
