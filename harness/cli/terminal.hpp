// What the user sees: aligned tables, one progress line, colour only on a terminal that wants it.
#pragma once

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "harness/cli/ledger.hpp"
#include "harness/store/record.hpp"

namespace assay::cli {

// Columns aligned by display width; first row is the header.
[[nodiscard]] std::string table_text(const std::vector<std::vector<std::string>>& rows);

// "12.3 ms", "4.56 s"; nanoseconds in.
[[nodiscard]] std::string duration_text(double nanoseconds);
// "3.2 MiB"
[[nodiscard]] std::string bytes_text(double bytes);
// "2.31x faster", "4.2 % slower", "no change"; candidate / baseline in.
[[nodiscard]] std::string change_text(double ratio, bool of_time);

// The table of verdicts of a run: case, times, change with interval, memory, verdict.
[[nodiscard]] std::string verdict_table(const std::vector<store::CaseRecord>& records);
// What was counted on request (--instructions, --syscalls); empty if nothing was.
[[nodiscard]] std::string counts_table(const std::vector<store::CaseRecord>& records);
// The table of claims of one audit, and one sentence that counts them.
[[nodiscard]] std::string ledger_table(const plan::Audit& audit, const std::vector<LedgerRow>& rows);

// One line that is rewritten on a terminal, and one line per finished step otherwise.
class ProgressLine {
 public:
  explicit ProgressLine(std::FILE* stream, bool quiet);
  void begin(const std::string& step, std::size_t index, std::size_t count);  // count 0: not known beforehand
  void advance(double done);                                                  // of this step, 0 to 1
  void end(const std::string& outcome);

 private:
  void draw(const std::string& tail);
  [[nodiscard]] std::string place() const;  // "3/12"

  std::FILE* stream_;
  bool quiet_;
  bool terminal_;
  std::string step_;
  std::size_t index_ = 0;
  std::size_t count_ = 0;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point drawn_;
};

}  // namespace assay::cli
