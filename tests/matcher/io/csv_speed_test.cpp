// How fast persons are read from CSV text; printed, not judged: the machine is shared.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <ctime>
#include <string>

#include "matcher/io/csv_reader.hpp"

namespace {

TEST(CsvSpeed, FiftyMegabytes_AreReadOnOneAndTwoThreads) {
  constexpr std::size_t kBytes = 50'000'000;
  std::string text = "id,uuid,first_name,middle_name,last_name,birthdate,hh_id\n";
  std::int64_t rows = 0;
  for (; text.size() < kBytes; ++rows) {
    fmt::format_to(std::back_inserter(text),
                   "{},{:08x}-0000-4000-8000-{:012x},Maria{},Santos,Dela Cruz,19{:02}-0{}-1{},HH{}\n", rows,
                   rows * 2654435761 % 0xffffffff, rows, rows % 97, rows % 100, 1 + rows % 9, rows % 10, rows / 5);
  }
  for (const unsigned threads : {1U, 2U}) {
    const std::clock_t cpu_start = std::clock();
    const auto start = std::chrono::steady_clock::now();
    const auto read = matcher::parse_persons_csv(text, "t.csv", matcher::CsvFormat{}, threads);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    const double cpu_seconds = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
    ASSERT_TRUE(read);
    ASSERT_EQ(static_cast<std::int64_t>(read->table.id.size()), rows);
    const double megabytes = static_cast<double>(text.size()) / 1e6;
    fmt::print("{} thread(s): {:.0f} MB/s, {:.0f} MB per second of CPU time\n", threads, megabytes / seconds.count(),
               megabytes / cpu_seconds);
  }
}

}  // namespace
