// Opens and closes the workbook.
#include "matcher/xlsx/xlsx_workbook.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "matcher/io/pending_file.hpp"
#include "matcher/xlsx/workbook_check.hpp"
#include "matcher/xlsx/xlsx_sheet.hpp"

namespace matcher {
namespace {

constexpr std::chrono::milliseconds kPackPoll{20};

// A process that ends itself if we do, or if this object dies before it has ended.
class Child {
 public:
  // Runs body in it and ends it with what body answers.
  explicit Child(const std::function<int()>& body) : id_(::fork()) {
    if (id_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::_exit(body());
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  [[nodiscard]] bool has_started() const { return id_ > 0; }
  // Its status once it has ended.
  [[nodiscard]] std::optional<int> status() {
    int status = 0;
    if (::waitpid(id_, &status, WNOHANG) != id_) return std::nullopt;
    id_ = 0;
    return status;
  }

 private:
  pid_t id_;
};

// A folder of its own beside a file, gone with everything in it.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::filesystem::path& beside) : path_(beside.string() + "-XXXXXX") {
    if (::mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    if (exists()) std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] bool exists() const { return !path_.empty(); }
  [[nodiscard]] const char* path() const { return path_.c_str(); }

 private:
  std::string path_;
};

std::uint64_t size_of(const std::filesystem::path& path) {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  return ignored ? 0 : size;
}

// Makes the file. The child works on a copy of our memory and on the temporary files that both have open.
Status pack(XlsxWorkbook::Book& book, const RunWatch& watch) {
  lxw_workbook* const workbook = book.workbook;
  // The library unlinks its temporary files a moment after it made them; a child that is killed in between leaves one.
  ScratchFolder scratch(book.file.temporary_path());
  Child child([&] {
    if (scratch.exists()) workbook->options.tmpdir = ::strdup(scratch.path());  // the library frees it
    return static_cast<int>(::workbook_close(workbook));
  });
  if (!child.has_started()) {
    return fail(ErrorKind::kInternal, "{}: cannot start a process to pack the workbook: {}; write CSV instead",
                book.file.name(), std::strerror(errno));
  }
  StageWatch stage("pack", 0, watch, "bytes");
  std::uint64_t packed = 0;
  auto status = child.status();
  for (; !status; status = child.status()) {
    std::this_thread::sleep_for(kPackPoll);
    const std::uint64_t now = size_of(book.file.temporary_path());
    stage.tick(now - std::min(packed, now));
    stage.look();
    packed = now;
  }
  if (WIFSIGNALED(*status)) {
    return fail(ErrorKind::kInternal,
                "{}: the process that packs the workbook was ended by signal {}; write CSV instead", book.file.name(),
                WTERMSIG(*status));
  }
  const auto error = static_cast<lxw_error>(WEXITSTATUS(*status));
  return error == LXW_NO_ERROR ? Status{} : Status{fail_library(book, error)};
}

}  // namespace

bool has_xlsx_support() {
  return true;
}

Result<XlsxWorkbook> XlsxWorkbook::open(const std::filesystem::path& path, std::uint32_t rows_per_sheet) {
  assert(rows_per_sheet >= 2 && rows_per_sheet <= kMostRows && "a header and a row");
  auto file = PendingFile::open(path);
  if (!file) return hand_on(file);
  if (file->temporary_path().empty()) {
    return fail(ErrorKind::kBadInput, "{}: a workbook needs a file; name one that ends in .xlsx", file->name());
  }
  auto book = std::make_unique<Book>(std::move(*file), rows_per_sheet);
  std::string folder = (std::filesystem::path(book->file.temporary_path()).parent_path() / ".").string();
  lxw_workbook_options options{.constant_memory = LXW_TRUE, .tmpdir = folder.data(), .use_zip64 = LXW_FALSE};
  book->workbook = ::workbook_new_opt(book->file.temporary_path().c_str(), &options);
  if (book->workbook == nullptr) return fail_library(*book, LXW_ERROR_MEMORY_MALLOC_FAILED);
  book->bold = ::workbook_add_format(book->workbook);
  book->percent2 = ::workbook_add_format(book->workbook);
  book->percent6 = ::workbook_add_format(book->workbook);
  ::format_set_bold(book->bold);
  ::format_set_num_format(book->percent2, "0.00");
  ::format_set_num_format(book->percent6, "0.000000");
  return XlsxWorkbook(std::move(book));
}

Result<std::unique_ptr<TableSink>> XlsxWorkbook::sheet(const std::string& name) {
  auto sheet = std::make_unique<XlsxSheet>(*book_, name);
  auto status = sheet->add_worksheet();
  if (!status) return hand_on(status);
  return sheet;
}

Status XlsxWorkbook::finish(const RunWatch& watch, Publication* publication) {
  if (book_->sheet_count == 0) book_->sheet_count = 1;  // the library adds an empty one
  if (auto status = pack(*book_, watch); !status) return status;
  if (auto status = check_workbook(book_->file.temporary_path(), book_->sheet_count, book_->file.name(), watch);
      !status) {
    return status;
  }
  return publication == nullptr ? book_->file.commit() : publication->add(std::move(book_->file));
}

XlsxWorkbook::XlsxWorkbook(std::unique_ptr<Book> book) : book_(std::move(book)) {}
XlsxWorkbook::XlsxWorkbook(XlsxWorkbook&& other) noexcept = default;
XlsxWorkbook::~XlsxWorkbook() = default;

}  // namespace matcher
