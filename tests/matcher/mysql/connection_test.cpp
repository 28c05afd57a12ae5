// Connecting: attempts, refused logins, option files; a password never shows.
#include "matcher/mysql/connection.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "tests/matcher/mysql/private_server.hpp"

namespace {

using matcher::ErrorKind;
using matcher::MysqlConnection;
using matcher::MysqlConnectOptions;
using matcher::MysqlRow;
using matcher::Status;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string error_of(const matcher::Result<MysqlConnection>& connection) {
  return connection ? "no error" : connection.error().message;
}

class MysqlConnectionTest : public MysqlTest {
 protected:
  std::vector<milliseconds> slept_;
  MysqlConnectOptions options_ = with_recorder();

 private:
  MysqlConnectOptions with_recorder() {
    MysqlConnectOptions options;
    options.sleep = [this](milliseconds time) { slept_.push_back(time); };
    return options;
  }
};

TEST_F(MysqlConnectionTest, NobodyAnswers_IsTriedThreeTimesWithGrowingPauses) {
  auto nowhere = endpoint();
  nowhere.socket += "-none";
  const auto connection = MysqlConnection::open(nowhere, kRoot, options_);
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().kind, ErrorKind::kInternal);
  EXPECT_THAT(connection.error().message, HasSubstr("localhost/d/t: cannot connect: "));
  EXPECT_THAT(connection.error().message, HasSubstr("attempt 3"));
  EXPECT_THAT(slept_, ElementsAre(milliseconds(200), milliseconds(400)));
}

TEST_F(MysqlConnectionTest, ServerThatComesUpLate_IsReached) {
  auto late = endpoint();
  late.socket = (server().folder() / "late").string();
  options_.sleep = [&](milliseconds) { std::filesystem::create_symlink(server().socket(), late.socket); };
  const auto connection = MysqlConnection::open(late, kRoot, options_);
  std::filesystem::remove(late.socket);
  EXPECT_TRUE(connection) << connection.error().message;
}

TEST_F(MysqlConnectionTest, WrongPassword_IsNotTriedAgainNorShown) {
  sql("CREATE OR REPLACE USER eve@localhost IDENTIFIED BY 'right-one'");
  const auto connection = MysqlConnection::open(endpoint(), {"eve", "s3cret"}, options_);
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().kind, ErrorKind::kBadInput);
  EXPECT_THAT(connection.error().message, HasSubstr("Access denied"));
  EXPECT_THAT(connection.error().message, Not(HasSubstr("s3cret")));
  EXPECT_THAT(slept_, IsEmpty());
}

TEST_F(MysqlConnectionTest, OptionFile_GivesUserAndPassword) {
  sql("CREATE OR REPLACE USER opt@localhost IDENTIFIED BY 'file-word'");
  sql("GRANT SELECT ON *.* TO opt@localhost");
  auto address = endpoint();
  address.defaults_file = (server().folder() / "my.cnf").string();
  std::ofstream(address.defaults_file)
      << "[client]\nuser=opt\n[matcher]\npassword=file-word\n[other]\npassword=wrong\n";
  auto connection = MysqlConnection::open(address, {}, options_);
  ASSERT_TRUE(connection) << connection.error().message;
  EXPECT_EQ(*connection->query_value("SELECT CURRENT_USER()"), "opt@localhost");

  address.defaults_group = "other";
  EXPECT_THAT(error_of(MysqlConnection::open(address, {}, options_)), HasSubstr("Access denied"));
  EXPECT_TRUE(MysqlConnection::open(address, {"opt", "file-word"}, options_)) << "given credentials come first";
}

TEST_F(MysqlConnectionTest, OptionFileMissing_IsAnErrorOfItsOwn) {
  auto address = endpoint();
  address.defaults_file = "no/such.cnf";
  EXPECT_THAT(error_of(MysqlConnection::open(address, kRoot, options_)),
              HasSubstr("cannot read the option file 'no/such.cnf'"));
}

TEST_F(MysqlConnectionTest, OptionFileWithAnotherCharacterSet_ChangesNothing) {
  auto address = endpoint();
  address.defaults_file = (server().folder() / "latin.cnf").string();
  std::ofstream(address.defaults_file) << "[client]\ndefault-character-set=latin1\n";
  auto connection = MysqlConnection::open(address, kRoot, options_);
  ASSERT_TRUE(connection) << connection.error().message;
  EXPECT_EQ(*connection->query_value("SELECT @@character_set_client"), "utf8mb4");
  EXPECT_EQ(*connection->query_value("SELECT _utf8mb4 x'c3a9'"), "\xc3\xa9");
}

TEST_F(MysqlConnectionTest, AppendQuoted_ReadsBackByteForByte) {
  auto connection = MysqlConnection::open(endpoint(), kRoot, options_);
  ASSERT_TRUE(connection) << connection.error().message;
  const std::string text("a'b\"c\\d\n\0e\x1a`%_\xc3\xa9\xf0\x9f\x98\x80", 20);
  std::string query = "SELECT ";
  connection->append_quoted(query, text);
  EXPECT_EQ(*connection->query_value(query), text);
}

TEST_F(MysqlConnectionTest, VisitorThatFails_LeavesAUsableConnection) {
  auto connection = MysqlConnection::open(endpoint(), kRoot, options_);
  ASSERT_TRUE(connection) << connection.error().message;
  int rows = 0;
  const auto status = connection->query("SELECT seq FROM seq_1_to_1000", [&](const MysqlRow&) -> Status {
    return ++rows < 3 ? Status() : matcher::fail(ErrorKind::kBadInput, "enough");
  });
  EXPECT_EQ(status.error().message, "enough");
  EXPECT_EQ(rows, 3);
  EXPECT_EQ(*connection->query_value("SELECT 7"), "7");
}

TEST_F(MysqlConnectionTest, SilentServer_IsGivenUpAfterTheReadTimeout) {
  options_.read_timeout = std::chrono::seconds(1);
  auto connection = MysqlConnection::open(endpoint(), kRoot, options_);
  ASSERT_TRUE(connection) << connection.error().message;
  const auto status = connection->execute("SELECT SLEEP(30)");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::kInternal);
}

TEST_F(MysqlConnectionTest, CancelledWhileTheServerWorks_ReturnsAtOnce) {
  int asked = 0;
  options_.is_cancelled = [&] { return ++asked > 2; };
  auto connection = MysqlConnection::open(endpoint(), kRoot, options_);
  ASSERT_TRUE(connection) << connection.error().message;
  const auto begin = std::chrono::steady_clock::now();
  const auto status = connection->execute("SELECT SLEEP(30)");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::kCancelled);
  EXPECT_TRUE(connection->was_cancelled());
  EXPECT_FALSE(connection->execute("SELECT 1")) << "the answer to the first is still to come";
}

}  // namespace
