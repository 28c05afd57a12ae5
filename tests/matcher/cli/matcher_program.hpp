// The program `matcher` run as a user runs it, in a folder of its own.
#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

namespace matcher_test {

inline std::string content(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Outcome {
  int exit_code;
  std::string out;
  std::string err;
};

class MatcherProgram : public testing::Test {
 protected:
  void SetUp() override {
    const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
    std::string name = fmt::format("matcher_{}_{}", test.test_suite_name(), test.name());
    std::replace(name.begin(), name.end(), '/', '_');
    folder_ = std::filesystem::path(testing::TempDir()) / name;
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    write("left.csv",
          "id,first_name,middle_name,last_name,birthdate\n1,Jon,,Smith,1980-02-03\n2,Ann,,Lee,1990-01-01\n");
    write("right.csv", "birthdate,id,last_name,first_name\n1980-02-03,7,Smith,John\n1990-01-01,8,Lee,Ann\n");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const char* name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  // Runs `matcher <arguments>` with the test's folder as working directory.
  [[nodiscard]] Outcome run(const std::string& arguments) const {
    const std::string command =
        fmt::format("cd '{}' && '{}' {} >'stdout.txt' 2>'stderr.txt'", folder_.string(), MATCHER_PROGRAM, arguments);
    const int status = std::system(command.c_str());
    Outcome outcome{WEXITSTATUS(status), content(folder_ / "stdout.txt"), content(folder_ / "stderr.txt")};
    std::filesystem::remove(folder_ / "stdout.txt");
    std::filesystem::remove(folder_ / "stderr.txt");
    return outcome;
  }
  [[nodiscard]] std::string content_of(const char* name) const { return content(folder_ / name); }
  // Runs, wants exit code 0, and reads the summary or other JSON at that path.
  [[nodiscard]] nlohmann::json run_for_json(const std::string& arguments, const char* name) const {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return nlohmann::json::parse(content_of(name), nullptr, false);
  }
  [[nodiscard]] std::size_t file_count() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder_), {}));
  }
  void expect_refused(const std::string& arguments, int exit_code, const std::string& text) const {
    const std::size_t files = file_count();
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.exit_code, exit_code) << arguments;
    EXPECT_THAT(outcome.err, testing::HasSubstr(text)) << arguments;
    EXPECT_EQ(outcome.err.find('\n'), outcome.err.size() - 1) << "not one line: " << outcome.err;
    EXPECT_EQ(file_count(), files) << "something was left behind by " << arguments;
  }

  std::filesystem::path folder_;
};

}  // namespace matcher_test
