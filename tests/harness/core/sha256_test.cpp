// SHA-256 against the known answers of FIPS 180-2, appendix B.
#include "harness/core/sha256.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "harness/core/descriptor.hpp"
#include "tests/harness/core/temporary_folder.hpp"

namespace assay {
namespace {

std::string digest_of(const std::string& text) {
  return sha256(std::as_bytes(std::span(text)));
}

TEST(Sha256, KnownAnswers_AreMet) {
  EXPECT_EQ(digest_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(digest_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(digest_of(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, OfAFile_IsThatOfItsBytes) {
  const testing::TemporaryFolder folder;
  EXPECT_EQ(sha256_file(folder.write("data", "abc")).value(), digest_of("abc"));
  EXPECT_EQ(sha256_file(folder.write("empty", "")).value(), digest_of(""));
}

TEST(Sha256, OfADescriptor_ReadsFromTheBeginningInPieces) {
  const Descriptor file = make_memory_file("test").value();
  const std::string content(200'000, 'a');
  ASSERT_EQ(::write(file.get(), content.data(), content.size()), static_cast<ssize_t>(content.size()));
  EXPECT_EQ(sha256_descriptor(file.get()).value(), digest_of(content));
  EXPECT_EQ(sha256_descriptor(file.get()).value(), digest_of(content));
}

TEST(Sha256, OfAMissingFile_IsAnErrorThatNamesIt) {
  const testing::TemporaryFolder folder;
  const auto digest = sha256_file(folder / "absent");
  ASSERT_FALSE(digest);
  EXPECT_EQ(digest.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(digest.error().message, ::testing::HasSubstr("absent"));
}

}  // namespace
}  // namespace assay
