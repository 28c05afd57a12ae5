// Blocking keys: the value of each part, and which rows meet.
#include "matcher/reference/blocking.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/matcher/reference/persons.hpp"

namespace {

using namespace matcher::reference;
using namespace reference_test;
using Values = std::optional<KeyValues>;

Person full_person() {
  Person p = person(1, "Jos\u00e9", "Maria", "Smith", date(1980, 3, 5));
  p.barangay_code = " B1";
  p.city_code = "C1 ";
  return p;
}

Values values(const std::string& key, const Person& p) {
  MatchOptions options = all_of(Algorithm::kMax3);
  options.blocking_keys = {key};
  return make_row(p, 0, options).keys.at(0);
}

TEST(BlockingKey, EachPart_HasItsValue) {
  const Person p = full_person();
  EXPECT_EQ(values("birthdate", p), Values({std::to_string(date(1980, 3, 5))}));
  EXPECT_EQ(values("birthyear", p), Values({"1980"}));
  EXPECT_EQ(values("birthmonth", p), Values({"1980-3"}));
  EXPECT_EQ(values("monthday", p), Values({"3-5"}));
  EXPECT_EQ(values("first", p), Values({"jose"}));
  EXPECT_EQ(values("middle", p), Values({"maria"}));
  EXPECT_EQ(values("last", p), Values({"smith"}));
  EXPECT_EQ(values("soundex(first)", p), Values({"J200"}));
  EXPECT_EQ(values("soundex(middle)", p), Values({"M600"}));
  EXPECT_EQ(values("soundex(last)", p), Values({"S530"}));
  EXPECT_EQ(values("metaphone(first)", p), Values({"HS"}));
  EXPECT_EQ(values("metaphone(last)", p), Values({"SM0"}));
  EXPECT_EQ(values("sound", p), Values({"HSMR"}));
  EXPECT_EQ(values("barangay", p), Values({"b1"}));
  EXPECT_EQ(values("city", p), Values({"c1"}));
}

TEST(BlockingKey, FirstCharacters_AreScalarsAndAllOfAShorterName) {
  const Person p = person(1, "\u674e\u5c0f\u9f99", "Lou", "Lee");
  EXPECT_EQ(values("first:2", p), Values({"\u674e\u5c0f"}));
  EXPECT_EQ(values("middle:1", p), Values({"l"}));
  EXPECT_EQ(values("last:12", p), Values({"lee"}));
}

TEST(BlockingKey, Names_AreNormalForms) {
  MatchOptions options = all_of(Algorithm::kMax3);
  options.normalizer = Normalizer::kRaw;
  options.blocking_keys = {"first:1+last"};
  EXPECT_EQ(make_row(full_person(), 0, options).keys.at(0), Values({"J", "Smith"}));
}

TEST(BlockingKey, Sound_HasTheRunsLengthAndMetaphoneFour) {
  MatchOptions options = all_of(Algorithm::kMax3);
  options.code_length = 0;
  options.blocking_keys = {"sound", "metaphone(last)"};
  const Row row = make_row(person(1, "Jon", "Lou", "Montgomery"), 0, options);
  EXPECT_EQ(row.keys.at(0), Values({"JNLMNTKMR"}));
  EXPECT_EQ(row.keys.at(1), Values({"MNTK"}));
}

TEST(BlockingKey, NullOrEmptyPart_LeavesNoKey) {
  for (const Name& absent : {Name(), Name(""), Name(" ")}) {
    Person p = person(1, absent, absent, absent, std::nullopt);
    p.barangay_code = p.city_code = absent;
    for (const char* part :
         {"birthdate", "birthyear", "birthmonth", "first", "middle", "last", "first:2", "soundex(first)",
          "soundex(middle)", "soundex(last)", "metaphone(first)", "metaphone(last)", "sound", "barangay", "city"}) {
      EXPECT_EQ(values(part, p), std::nullopt) << part;
    }
    p.birthdate_days = 100;
    EXPECT_EQ(values("birthdate+first", p), std::nullopt);
  }
}

TEST(BlockingKey, NoAsciiLetter_HasNoCode) {
  const Person p = person(1, "\u674e", "\u674e", "\u674e");
  for (const char* part : {"soundex(first)", "metaphone(last)", "sound"}) EXPECT_EQ(values(part, p), std::nullopt);
}

TEST(BlockingKey, UnknownPart_IsAnError) {
  for (const char* key : {"", "first+", "+first", "first:0", "first:", "first:x", "first:1x", "sound:2", "uuid",
                          "First", "soundex(sound)", "metaphone(middle)", " first"}) {
    EXPECT_THROW(static_cast<void>(parse_blocking_key(key)), std::invalid_argument) << key;
    MatchOptions options = all_of(Algorithm::kA1);
    options.blocking_keys = {key};
    EXPECT_THROW(matches({}, {}, options), std::invalid_argument) << key;
  }
}

TEST(Blocking, Pairs_MustAgreeOnEveryPartOfOneKey) {
  MatchOptions options = all_of(Algorithm::kMax3);
  options.birthdate_test = BirthdateTest::kAny;
  options.blocking_keys = {"birthyear+last", "first+middle"};
  const Person left = person(1, "Ann", "Lou", "Lee", date(1980, 3, 5));
  EXPECT_TRUE(match_of(left, person(2, "Bob", "Ray", "Lee", date(1980, 4, 6)), options));
  EXPECT_FALSE(match_of(left, person(2, "Bob", "Lou", "Lee", date(1981, 4, 6)), options));
  EXPECT_TRUE(match_of(left, person(2, "Ann", "Lou", "Moss", std::nullopt), options));
  EXPECT_FALSE(match_of(left, person(2, "Lou", "Ann", "Moss", std::nullopt), options));
}

TEST(Blocking, PairThatAgreesOnSeveralKeys_IsThereOnce) {
  MatchOptions options = all_of(Algorithm::kA1);
  options.blocking_keys = {"first", "last"};
  const Person p = person(1, "Ann", {}, "Lee");
  EXPECT_EQ(matches({p}, {p}, options).size(), 1U);
}

TEST(Blocking, RowsWithoutAKey_MeetNobody) {
  MatchOptions options = all_of(Algorithm::kA1);
  options.blocking_keys = {"middle"};
  const Person p = person(1, "Ann", {}, "Lee");
  EXPECT_FALSE(match_of(p, p, options));
}

TEST(Blocking, ValuesOfDifferentParts_AreNotRunTogether) {
  MatchOptions options = all_of(Algorithm::kMax3);
  options.blocking_keys = {"first+last"};
  EXPECT_FALSE(match_of(person(1, "an", {}, "nlee"), person(2, "ann", {}, "lee"), options));
}

}  // namespace
