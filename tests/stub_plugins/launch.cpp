#include "tests/stub_plugins/launch.hpp"

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <stdexcept>

#include "datasets/generate/make.hpp"
#include "harness/core/files.hpp"
#include "harness/plan/workload.hpp"

namespace assay::test {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr std::uint64_t kMebibyte = 1 << 20;

fs::path workload_file() {
  return stub_home() / "workloads" / "stub_table.json";
}

template <class T>
T expect(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

std::string people_name(std::uint64_t rows) {
  return datasets::people_name(rows);
}

isolate::SubprocessSpec assay_spec(const std::vector<std::string>& arguments, int output) {
  isolate::SubprocessSpec spec;
  spec.program = program("assay");
  spec.arguments = arguments;
  spec.extra_environment = {{"ASSAY_HOME", stub_home().string()}, {"ASSAY_STATE", test_state().string()}};
  spec.output = output;
  return spec;
}

}  // namespace

fs::path stub_module(const std::string& stub) {
  return fs::path(ASSAY_BINARY_DIR) / "stub_plugins" / ("stub." + stub + ".so");
}

fs::path stub_home() {
  return fs::path(ASSAY_SOURCE_DIR) / "tests" / "stub_plugins" / "home";
}

fs::path program(const char* name) {
  return fs::path(ASSAY_BINARY_DIR) / "bin" / name;
}

fs::path test_state() {
  return fs::path(ASSAY_BINARY_DIR) / "test_state";
}

fs::path people(std::uint64_t rows) {
  const fs::path cache = test_state() / "datasets";
  fs::create_directories(cache);
  return expect(datasets::make({people_name(rows), datasets::Profile::kDirty, 42, cache, 1}));
}

isolate::WorkerTask stub_task(const std::string& stub, std::uint64_t rows, std::uint64_t rounds) {
  isolate::WorkerTask task;
  task.plugin = stub_module(stub).string();
  task.variant = "stub." + stub;
  task.dataset = people(rows).string();
  task.workload_file = workload_file().string();
  task.parameters = {{"rounds", std::to_string(rounds)}};
  task.memory_limit_bytes = short_limits().limits.memory_bytes;
  return task;
}

isolate::LaunchOptions short_limits() {
  isolate::LaunchOptions options{};
  options.program = program("assay-worker");
  options.limits.time = milliseconds(1500);
  options.limits.grace = milliseconds(300);
  options.limits.memory_bytes = 256 * kMebibyte;
  options.limits.output_bytes = kMebibyte;
  return options;
}

cli::RunContext stub_context(const std::vector<std::string>& stubs, std::uint64_t rows) {
  static const std::atomic<bool> never{false};
  cli::RunContext context;
  context.home.root = stub_home();
  context.home.worker = program("assay-worker");
  context.home.malloc_counter = fs::path(ASSAY_BINARY_DIR) / "lib" / "libassay_malloc_counter.so";
  context.home.state = test_state();
  for (const std::string& stub : stubs) {
    for (const cli::CatalogEntry& entry : expect(cli::read_module(stub_module(stub)))) {
      context.catalog.variants.emplace(entry.info.id, entry);
    }
  }
  context.workloads.emplace("stub.table", expect(plan::read_workload(workload_file())));
  const std::string name = people_name(rows);
  context.dataset_folders[name] = people(rows);
  context.datasets.emplace(name, expect(datasets::Dataset::open(people(rows))));
  const isolate::LaunchOptions options = short_limits();
  context.effort.budget_seconds = 0.2;
  context.effort.launches = 1;
  context.effort.limit_seconds = static_cast<double>(options.limits.time.count()) / 1000;
  context.effort.memory_bytes = options.limits.memory_bytes;
  context.environment = Json::object();
  context.interrupted = &never;
  return context;
}

plan::CaseSpec stub_case(const std::string& baseline, const std::string& candidate, std::uint64_t rows,
                         std::uint64_t rounds) {
  return {
      "stub.table", {{"rounds", std::to_string(rounds)}}, "stub." + baseline, "stub." + candidate, people_name(rows)};
}

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "assay-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make the folder " + name);
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

Finished run_assay(const std::vector<std::string>& arguments, milliseconds patience) {
  const isolate::Descriptor output = expect(isolate::make_memory_file("output"));
  isolate::Subprocess process = expect(start_assay(arguments, output.get()));
  const isolate::Ending ending = process.wait(patience);
  return {ending, content(output.get())};
}

Result<isolate::Subprocess> start_assay(const std::vector<std::string>& arguments, int output) {
  return isolate::Subprocess::start(assay_spec(arguments, output));
}

std::string content(int descriptor) {
  std::string text(static_cast<std::size_t>(::lseek(descriptor, 0, SEEK_END)), '\0');
  const ssize_t got = ::pread(descriptor, text.data(), text.size(), 0);
  text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return text;
}

std::optional<Process> Process::open(pid_t pid) {
  const long descriptor = ::syscall(SYS_pidfd_open, pid, 0);
  if (descriptor < 0) return std::nullopt;
  return Process(pid, static_cast<int>(descriptor));
}

void Process::send(int signal) const {
  ::syscall(SYS_pidfd_send_signal, descriptor_.get(), signal, nullptr, 0);
}

bool Process::ends_within(milliseconds patience) const {
  pollfd ended{descriptor_.get(), POLLIN, 0};
  return ::poll(&ended, 1, static_cast<int>(patience.count())) == 1;
}

std::vector<Process> workers_of(pid_t parent) {
  std::vector<Process> workers;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/proc", error)) {
    const pid_t pid = std::atoi(entry.path().filename().c_str());
    const auto status = pid > 0 ? read_file(entry.path() / "stat") : Result<std::string>(std::string());
    // "<pid> (<name>) <state> <parent> ..."; the kernel cuts names after 15 bytes.
    if (!status || status->find("(assay-worker)") == std::string::npos) continue;
    const std::string after_name = status->substr(status->rfind(')') + 1);
    if (std::atoi(after_name.c_str() + 3) != parent) continue;
    if (auto process = Process::open(pid)) workers.push_back(std::move(*process));
  }
  return workers;
}

}  // namespace assay::test
