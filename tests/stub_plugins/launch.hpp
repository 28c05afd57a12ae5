// Where tests find the stub plugins, a small data set and the worker; and the processes they start.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/cli/experiment.hpp"
#include "harness/isolate/subprocess.hpp"
#include "harness/isolate/worker_handle.hpp"

namespace assay::test {

// "segfault" -> <build>/stub_plugins/stub.segfault.so
[[nodiscard]] std::filesystem::path stub_module(const std::string& stub);
// Holds workloads/ with stub.table and suites/ with stubs: an ASSAY_HOME.
[[nodiscard]] std::filesystem::path stub_home();
[[nodiscard]] std::filesystem::path program(const char* name);  // "assay"
// Below the build folder, kept between tests; an ASSAY_STATE.
[[nodiscard]] std::filesystem::path test_state();
// People-<rows>, made on first use. Throws std::runtime_error if it cannot be.
std::filesystem::path people(std::uint64_t rows);

inline constexpr std::uint64_t kFewPeople = 400;

// stub.<stub> on stub.table with people(rows).
[[nodiscard]] isolate::WorkerTask stub_task(const std::string& stub, std::uint64_t rows = kFewPeople,
                                            std::uint64_t rounds = 1);
// Limits short enough that whatever hangs or floods is over in about a second.
[[nodiscard]] isolate::LaunchOptions short_limits();

// Context of a run of stubs on people(rows): catalog of these stubs, workload, data set, limits as short_limits().
[[nodiscard]] cli::RunContext stub_context(const std::vector<std::string>& stubs, std::uint64_t rows = kFewPeople);
[[nodiscard]] plan::CaseSpec stub_case(const std::string& baseline, const std::string& candidate,
                                       std::uint64_t rows = kFewPeople, std::uint64_t rounds = 1);

// A folder of its own, removed with everything in it.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Finished {
  isolate::Ending ending;
  std::string output;  // standard output and error
};

// Runs `assay` with these arguments in stub_home() and test_state(); kills it when patience runs out.
[[nodiscard]] Finished run_assay(const std::vector<std::string>& arguments,
                                 std::chrono::milliseconds patience = std::chrono::seconds(60));
// The same, not waited for; output goes to the descriptor.
[[nodiscard]] Result<isolate::Subprocess> start_assay(const std::vector<std::string>& arguments, int output);

// What has been written to a memory file so far.
[[nodiscard]] std::string content(int descriptor);

// Names a process safely: its number may be given to another once it has ended, this descriptor may not.
class Process {
 public:
  // nullopt if it is gone already.
  [[nodiscard]] static std::optional<Process> open(pid_t pid);
  [[nodiscard]] pid_t pid() const { return pid_; }
  void send(int signal) const;
  // True if it has ended by then.
  [[nodiscard]] bool ends_within(std::chrono::milliseconds patience) const;

 private:
  Process(pid_t pid, int descriptor) : pid_(pid), descriptor_(descriptor) {}
  pid_t pid_;
  isolate::Descriptor descriptor_;
};

// Processes that run assay-worker and whose parent is `parent`.
[[nodiscard]] std::vector<Process> workers_of(pid_t parent);

}  // namespace assay::test
