// Starts and stops private MariaDB servers.
#include "tests/matcher/mysql/private_server.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <vector>

namespace {

using matcher::MysqlConnection;

std::string find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string folders = fmt::format("{}:/usr/sbin:/usr/libexec", path == nullptr ? "" : path);
  for (std::size_t start = 0; start < folders.size();) {
    const std::size_t end = std::min(folders.find(':', start), folders.size());
    const std::string file = folders.substr(start, end - start) + "/" + name;
    if (::access(file.c_str(), X_OK) == 0) return file;
    start = end + 1;
  }
  return {};
}

// In memory where there is room: every CREATE TABLE waits for the disk, five times over on a busy one.
std::string temporary_folder() {
  constexpr std::uintmax_t kRoom = 1U << 30U;  // four servers' worth
  std::error_code error;
  const auto space = std::filesystem::space("/dev/shm", error);
  const bool fits = !error && space.available >= kRoom && ::access("/dev/shm", W_OK) == 0;
  return fits ? "/dev/shm/" : testing::TempDir();
}

std::filesystem::path make_folder() {
  // Short: the path of a socket has at most 107 bytes.
  std::string folder = temporary_folder() + "mXXXXXX";
  return ::mkdtemp(folder.data()) == nullptr ? std::filesystem::path() : std::filesystem::path(folder);
}

// Starts a program with its output in a file; it dies with this process.
pid_t start(std::vector<std::string> arguments, const std::filesystem::path& log) {
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  const pid_t process = ::fork();
  if (process != 0) return process;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::execv(pointers[0], pointers.data());
  ::_exit(127);
}

// One that nobody listens on now.
std::uint16_t free_port() {
  const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(probe, reinterpret_cast<const sockaddr*>(&address), size);
  ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(probe);
  return ntohs(address.sin_port);
}

int wait_for(pid_t process) {
  int status = 0;
  ::waitpid(process, &status, 0);
  return status;
}

std::vector<std::string> with_user(std::vector<std::string> arguments) {
  if (::geteuid() == 0) arguments.emplace_back("--user=root");
  return arguments;
}

// A data folder as the installer leaves it, made once and copied for each server.
class Template {
 public:
  Template() : folder_(make_folder()) {
    const auto arguments =
        with_user({find_program("mariadb-install-db"), "--no-defaults", "--datadir=" + data().string(),
                   "--auth-root-authentication-method=normal", "--skip-test-db", "--innodb-log-file-size=4M"});
    if (wait_for(start(arguments, folder_ / "log")) != 0) ADD_FAILURE() << "mariadb-install-db failed";
  }
  ~Template() { std::filesystem::remove_all(folder_); }
  [[nodiscard]] std::filesystem::path data() const { return folder_ / "data"; }

 private:
  std::filesystem::path folder_;
};

const Template& installed() {
  static const Template kOnce;
  return kOnce;
}

std::optional<PrivateServer>& shared_server() {
  static std::optional<PrivateServer> server;
  return server;
}

class StopSharedServer : public testing::Environment {
  void TearDown() override { shared_server().reset(); }
};
[[maybe_unused]] const auto* const kStop = testing::AddGlobalTestEnvironment(new StopSharedServer);

}  // namespace

std::string PrivateServer::reason_to_skip() {
  if (!matcher::has_mysql_support()) return "built without MySQL support";
  for (const char* name : {"mariadbd", "mariadb-install-db"}) {
    if (find_program(name).empty()) return fmt::format("{} is not installed", name);
  }
  return {};
}

PrivateServer::PrivateServer(Reach reach)
    : folder_(make_folder()), port_(reach == Reach::kSocket ? std::uint16_t{0} : free_port()) {
  std::filesystem::copy(installed().data(), folder_ / "data", std::filesystem::copy_options::recursive);
  process_ =
      start(with_user({find_program("mariadbd"), "--no-defaults", "--datadir=" + (folder_ / "data").string(),
                       "--socket=" + socket(), "--pid-file=" + (folder_ / "pid").string(),
                       port_ == 0 ? "--skip-networking" : fmt::format("--port={}", port_), "--bind-address=127.0.0.1",
                       "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=64M",
                       "--character-set-server=latin1", "--max-allowed-packet=1M"}),
            folder_ / "log");
  matcher::MysqlConnectOptions patient;
  patient.attempts = 1200;
  patient.backoff = std::chrono::milliseconds(0);
  patient.sleep = [](std::chrono::milliseconds) { ::usleep(25000); };
  const auto connection = MysqlConnection::open(endpoint("user"), kRoot, patient);
  if (connection) return;
  ADD_FAILURE() << connection.error().message;
  kill();
}

PrivateServer::~PrivateServer() {
  kill();  // nothing of it is wanted any more
  std::filesystem::remove_all(folder_);
}

void PrivateServer::kill() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  wait_for(process_);
  process_ = 0;
}

matcher::MysqlEndpoint PrivateServer::endpoint(std::string_view table, std::string_view database) const {
  matcher::MysqlEndpoint endpoint;
  endpoint.host = "localhost";
  endpoint.socket = socket();
  endpoint.database = database;
  endpoint.table = table;
  return endpoint;
}

PrivateServer& MysqlTest::server() {
  if (!shared_server()) shared_server().emplace();
  return *shared_server();
}

void MysqlTest::SetUp() {
  if (const std::string reason = PrivateServer::reason_to_skip(); !reason.empty()) GTEST_SKIP() << reason;
  ASSERT_TRUE(server().is_running());
  auto connection = MysqlConnection::open(server().endpoint("user"), kRoot);
  ASSERT_TRUE(connection) << connection.error().message;
  connection_ = std::make_unique<MysqlConnection>(std::move(*connection));
  sql("DROP DATABASE IF EXISTS d");
  sql("CREATE DATABASE d CHARACTER SET utf8mb4");
  sql("USE d");
}

void MysqlTest::TearDown() {
  connection_.reset();
}

void MysqlTest::sql(std::string_view statement) {
  const auto status = connection_->execute(statement);
  EXPECT_TRUE(status) << status.error().message << "\nin " << statement;
}

std::string MysqlTest::value(std::string_view query) {
  const auto found = connection_->query_value(query);
  EXPECT_TRUE(found) << found.error().message;
  return found && *found ? **found : "NULL";
}
