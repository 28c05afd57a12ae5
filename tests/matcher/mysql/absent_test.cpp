// A build without the client library: every way in answers one clear error.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "matcher/mysql/mysql_sink.hpp"
#include "matcher/mysql/mysql_source.hpp"

namespace {

using testing::HasSubstr;

TEST(WithoutClientLibrary, EveryOpen_SaysWhatToInstall) {
  EXPECT_FALSE(matcher::has_mysql_support());
  const matcher::MysqlEndpoint endpoint = *matcher::parse_mysql_url("mysql://localhost/d/t");
  const char* text = "built without MySQL support; install libmariadb-dev and build again";
  EXPECT_THAT(matcher::MysqlConnection::open(endpoint, {}).error().message, HasSubstr(text));
  EXPECT_THAT(matcher::MysqlSource::open(endpoint, {}).error().message, HasSubstr(text));
  EXPECT_THAT(matcher::MysqlSink::open(endpoint, {}).error().message, HasSubstr(text));
}

}  // namespace
