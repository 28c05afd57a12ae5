// Addresses of tables: every form that is read, and no error text that repeats a password.
#include "matcher/mysql/endpoint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "matcher/mysql/credentials.hpp"

namespace {

using matcher::parse_mysql_url;
using testing::HasSubstr;
using testing::Not;

std::string error_of(std::string_view url) {
  const auto endpoint = parse_mysql_url(url);
  if (endpoint) return "no error";
  EXPECT_EQ(endpoint.error().kind, matcher::ErrorKind::kBadInput);
  return endpoint.error().message;
}

TEST(ParseMysqlUrl, HostAndPort_AreRead) {
  const auto endpoint = parse_mysql_url("mysql://ann@db.example:3307/people/left");
  ASSERT_TRUE(endpoint) << endpoint.error().message;
  EXPECT_EQ(endpoint->host, "db.example");
  EXPECT_EQ(endpoint->port, 3307);
  EXPECT_EQ(endpoint->user, "ann");
  EXPECT_EQ(endpoint->database, "people");
  EXPECT_EQ(endpoint->table, "left");
  EXPECT_EQ(endpoint->defaults_group, "matcher");
  EXPECT_EQ(endpoint->display_name(), "db.example:3307/people/left");
}

TEST(ParseMysqlUrl, OptionsAndPercentEncoding_AreRead) {
  const auto endpoint = parse_mysql_url(
      "mysql://a%40b@localhost/my%20db/t%2Fx?socket=/run/my%26.sock&defaults-file=/etc/x.cnf&defaults-group=g");
  ASSERT_TRUE(endpoint) << endpoint.error().message;
  EXPECT_EQ(endpoint->user, "a@b");
  EXPECT_EQ(endpoint->database, "my db");
  EXPECT_EQ(endpoint->table, "t/x");
  EXPECT_EQ(endpoint->socket, "/run/my&.sock");
  EXPECT_EQ(endpoint->defaults_file, "/etc/x.cnf");
  EXPECT_EQ(endpoint->defaults_group, "g");
  EXPECT_FALSE(endpoint->port);
}

TEST(ParseMysqlUrl, BracketedAddress_IsAHost) {
  const auto endpoint = parse_mysql_url("mysql://[::1]:3306/d/t");
  ASSERT_TRUE(endpoint) << endpoint.error().message;
  EXPECT_EQ(endpoint->host, "::1");
  EXPECT_EQ(endpoint->port, 3306);
}

TEST(ParseMysqlUrl, Password_IsRefusedAndNotRepeated) {
  for (const char* url :
       {"mysql://ann:s3cret@host/d/t", "mysql://ann:s3/cret?x@host/d/t", "mysql://ann:s3@cret@host/d/t",
        "mysql://ann%3As3cret@host/d/t", "mysql://ann:s3cret/d/t", "mysql://host/d/t?password=s3cret",
        "mysql://:s3cret@host/d/t", "mysql://ann:s3cret%@host", "mysql://host/d/t?s3cret"}) {
    EXPECT_THAT(error_of(url), Not(testing::ContainsRegex("no error|s3|cret"))) << url;
  }
  for (const char* url : {"mysql://ann:s3cret@host/d/t", "mysql://ann:s3/cret@host/d/t"}) {
    EXPECT_THAT(error_of(url), HasSubstr("MATCHER_MYSQL_PASSWORD"));
  }
}

TEST(ParseMysqlUrl, Malformed_SaysWhatIsWrong) {
  EXPECT_THAT(error_of("people.csv"), HasSubstr("does not begin with mysql://"));
  EXPECT_THAT(error_of("mysql:///d/t"), HasSubstr("the host is empty"));
  EXPECT_THAT(error_of("mysql://host"), HasSubstr("the database is empty"));
  EXPECT_THAT(error_of("mysql://host/d"), HasSubstr("the table is empty"));
  EXPECT_THAT(error_of("mysql://host/d/t/u"), HasSubstr("'/' after the table"));
  EXPECT_THAT(error_of("mysql://host:0/d/t"), HasSubstr("the port is not"));
  EXPECT_THAT(error_of("mysql://host:65536/d/t"), HasSubstr("the port is not"));
  EXPECT_THAT(error_of("mysql://host/d/t%2"), HasSubstr("two hex digits"));
  EXPECT_THAT(error_of("mysql://host/d/t%00"), HasSubstr("control character"));
  EXPECT_THAT(error_of("mysql://host/d/t?ssl=1"), HasSubstr("option 'ssl' is not known"));
  EXPECT_THAT(error_of("mysql://host/d/t@x"), HasSubstr("%40"));
  EXPECT_THAT(error_of("mysql://ann@host/d/t@x"), HasSubstr("%40"));
  EXPECT_THAT(error_of("mysql://host/d/t?socket=/s"), HasSubstr("localhost"));
}

TEST(QuotedIdentifier, Backtick_IsDoubled) {
  EXPECT_EQ(matcher::quoted_identifier("a`b"), "`a``b`");
  EXPECT_EQ(parse_mysql_url("mysql://h/d%60/t")->quoted_table(), "`d```.`t`");
}

TEST(CredentialsFromEnvironment, Suffix_SelectsTheServerAndNeverFallsBack) {
  const std::map<std::string, std::string> variables = {
      {"MATCHER_MYSQL_USER", "a"}, {"MATCHER_MYSQL_PASSWORD", "p"}, {"MATCHER_MYSQL_USER_RIGHT", "b"}};
  const auto lookup = [&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  };
  EXPECT_EQ(matcher::credentials_from_environment(lookup).user, "a");
  EXPECT_EQ(matcher::credentials_from_environment(lookup).password, "p");
  EXPECT_EQ(matcher::credentials_from_environment(lookup, "_RIGHT").user, "b");
  EXPECT_EQ(matcher::credentials_from_environment(lookup, "_RIGHT").password, std::nullopt);
}

}  // namespace
