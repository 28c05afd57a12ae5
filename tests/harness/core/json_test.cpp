// Strict JSON: what is refused, and that the text says where and which value.
#include "harness/core/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "harness/core/files.hpp"
#include "tests/harness/core/temporary_folder.hpp"

namespace assay {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::TemporaryFolder;

std::string read_error(const std::string& content) {
  const TemporaryFolder folder;
  const auto json = read_json(folder.write("file.json", content));
  if (json) return "no error";
  EXPECT_EQ(json.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(json.error().message, HasSubstr(folder.path().string()));
  EXPECT_EQ(json.error().message.find('\n'), std::string::npos);
  return json.error().message;
}

template <class T>
std::string member_error(const char* object, const char* key) {
  const auto value = member<T>(Json::parse(object), "suite.json", key);
  return value ? "no error" : value.error().message;
}

TEST(ReadJson, ErrorInTheThirdLine_NamesLineAndColumn) {
  EXPECT_THAT(read_error("{\n \"a\": 1,\n  oops\n}\n"), HasSubstr("file.json:3:3: not valid JSON"));
}

TEST(ReadJson, FileCutShort_IsAnErrorAtItsEnd) {
  EXPECT_THAT(read_error("{\"a\": [1,\n2"), HasSubstr("file.json:2:"));
  EXPECT_THAT(read_error(""), HasSubstr("file.json:1:1"));
}

TEST(ReadJson, NotANumberOrTooLarge_IsRefused) {
  EXPECT_THAT(read_error("{\"a\": NaN}"), HasSubstr("not valid JSON"));
  EXPECT_THAT(read_error("{\"a\": 1e999}"), HasSubstr("1e999"));
}

TEST(ReadJson, BytesThatAreNoUtf8_AreRefused) {
  EXPECT_THAT(read_error("{\"a\": \"\xff\"}"), HasSubstr("file.json:1:8"));
}

TEST(ReadJson, KeyGivenTwice_IsRefused) {
  EXPECT_THAT(read_error("{\"launches\": 3,\n \"limits\": {\"a\": 1},\n \"launches\": 5}"),
              HasSubstr("key 'launches' is given twice"));
  EXPECT_EQ(read_error("{\"a\": {\"b\": 1}, \"c\": [{\"b\": 1}, {\"b\": 2}]}"), "no error");
}

TEST(WriteJson, WhatIsWritten_IsReadBack) {
  const TemporaryFolder folder;
  const Json json = {{"z", 1}, {"a", {1.5, nullptr, "\xc3\xa9"}}};
  ASSERT_TRUE(write_json(folder / "out.json", json));
  EXPECT_EQ(read_json(folder / "out.json").value(), json);
  EXPECT_EQ(read_file(folder / "out.json").value().back(), '\n');
}

TEST(WriteJson, NumberThatIsNotFinite_IsRefusedAndNothingIsWritten) {
  const TemporaryFolder folder;
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    const Status written = write_json(folder / "out.json", {{"samples", {{{"ns", bad}}}}});
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::kInternal);
    EXPECT_THAT(written.error().message, AllOf(HasSubstr("out.json"), HasSubstr("not finite")));
  }
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(CheckKeys, MissingUnknownOrNoObject_NamesPlaceAndKey) {
  const auto error = [](const char* text) {
    const Status checked = check_keys(Json::parse(text), "suite.json: limits", {"seconds", "memory_bytes"}, {"note"});
    return checked ? std::string("no error") : checked.error().message;
  };
  EXPECT_EQ(error(R"({"seconds": 1, "memory_bytes": 2})"), "no error");
  EXPECT_EQ(error(R"({"seconds": 1, "memory_bytes": 2, "note": ""})"), "no error");
  EXPECT_EQ(error(R"({"seconds": 1})"), "suite.json: limits: key 'memory_bytes' is missing");
  EXPECT_EQ(error(R"({"seconds": 1, "memory_bytes": 2, "second": 1})"), "suite.json: limits: unknown key 'second'");
  EXPECT_EQ(error("[1]"), "suite.json: limits: expected an object");
}

TEST(Member, RightType_IsItsValue) {
  const Json json = Json::parse(R"({"n": -3, "x": 1.5, "whole": 2, "t": "text", "b": true, "l": ["a", "b"]})");
  EXPECT_EQ(member<int>(json, "f", "n").value(), -3);
  EXPECT_EQ(member<double>(json, "f", "x").value(), 1.5);
  EXPECT_EQ(member<double>(json, "f", "whole").value(), 2.0);
  EXPECT_EQ(member<std::string>(json, "f", "t").value(), "text");
  EXPECT_TRUE(member<bool>(json, "f", "b").value());
  EXPECT_THAT(member<std::vector<std::string>>(json, "f", "l").value(), ::testing::ElementsAre("a", "b"));
  EXPECT_EQ(member<std::uint32_t>(Json{{"n", 7}}, "f", "n").value(), 7U);  // made in code: a signed number
  EXPECT_EQ(member<std::uint64_t>(Json::parse(R"({"n": 18446744073709551615})"), "f", "n").value(), UINT64_MAX);
}

TEST(Member, MissingKey_IsNamed) {
  EXPECT_EQ(member_error<int>("{}", "launches"), "suite.json: key 'launches' is missing");
}

TEST(Member, WrongType_NamesKeyAndValue) {
  EXPECT_THAT(member_error<int>(R"({"launches": "three"})", "launches"),
              AllOf(HasSubstr("suite.json"), HasSubstr("'launches'"), HasSubstr("\"three\"")));
  EXPECT_THAT(member_error<std::string>(R"({"id": 7})", "id"), AllOf(HasSubstr("'id'"), HasSubstr("7")));
  EXPECT_THAT(member_error<bool>(R"({"headline": 1})", "headline"), HasSubstr("'headline'"));
  EXPECT_THAT(member_error<std::vector<std::string>>(R"({"datasets": "people-10k"})", "datasets"),
              HasSubstr("\"people-10k\""));
}

// nlohmann's get<> would wrap, cut or convert all of these without a word.
TEST(Member, NumberThatTheTypeCannotHold_IsRefused) {
  EXPECT_THAT(member_error<std::uint32_t>(R"({"n": -1})", "n"), HasSubstr("-1"));
  EXPECT_THAT(member_error<std::uint32_t>(R"({"n": 4294967296})", "n"), HasSubstr("4294967296"));
  EXPECT_THAT(member_error<std::uint64_t>(R"({"n": -1})", "n"), HasSubstr("-1"));
  EXPECT_THAT(member_error<int>(R"({"n": 2.5})", "n"), HasSubstr("2.5"));
  EXPECT_THAT(member_error<int>(R"({"n": true})", "n"), HasSubstr("true"));
  EXPECT_THAT(member_error<int>(R"({"n": 18446744073709551615})", "n"), HasSubstr("18446744073709551615"));
}

TEST(Member, LongValue_IsShortenedInTheError) {
  const std::string object = R"({"id": [")" + std::string(5000, 'x') + R"("]})";
  EXPECT_LT(member_error<std::string>(object.c_str(), "id").size(), 200U);
}

TEST(OrNull, EmptyOptional_IsNullAndNeverZero) {
  EXPECT_TRUE(or_null(std::optional<int>()).is_null());
  EXPECT_EQ(or_null(std::optional<int>(0)), Json(0));
}

}  // namespace
}  // namespace assay
