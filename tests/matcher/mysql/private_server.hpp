// A MariaDB server of the test's own: data in a temporary folder, a private socket, gone with the object.
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "matcher/mysql/connection.hpp"

// Root of a private server has no password; nobody else can reach the socket's folder.
inline const matcher::MysqlCredentials kRoot{"root", ""};

class PrivateServer {
 public:
  // Why there can be none on this machine; empty if there can.
  static std::string reason_to_skip();

  enum class Reach { kSocket, kSocketAndTcp };

  // Starts and waits until it answers; without success is_running() is false.
  explicit PrivateServer(Reach reach = Reach::kSocket);
  PrivateServer(const PrivateServer&) = delete;
  PrivateServer& operator=(const PrivateServer&) = delete;
  ~PrivateServer();

  [[nodiscard]] bool is_running() const { return process_ > 0; }
  // SIGKILL; returns when the process is gone.
  void kill();
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] std::string socket() const { return (folder_ / "s").string(); }
  // Through the socket.
  [[nodiscard]] matcher::MysqlEndpoint endpoint(std::string_view table, std::string_view database = "mysql") const;
  // REQUIRES: kSocketAndTcp. On localhost.
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  std::filesystem::path folder_;
  std::uint16_t port_ = 0;
  pid_t process_ = 0;
};

// The server that the cases of a suite share, with an empty database "d" for each case.
class MysqlTest : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  static PrivateServer& server();
  [[nodiscard]] static matcher::MysqlEndpoint endpoint(std::string_view table = "t") {
    return server().endpoint(table, "d");
  }
  // Runs one statement as root in database d; reports what fails.
  void sql(std::string_view statement);
  // The first value of a query, "NULL" if it is that or there is no row.
  std::string value(std::string_view query);

 private:
  std::unique_ptr<matcher::MysqlConnection> connection_;
};
