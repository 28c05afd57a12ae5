// What a gate leaves behind and shows: gate.json, junit.xml, summary.md, metrics.txt, and a table.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "harness/gate/report.hpp"

namespace assay::cli {

inline constexpr std::string_view kGateFiles[] = {"gate.json", "junit.xml", "summary.md", "metrics.txt"};

// Takes a file: its name inside the folder and its bytes.
using WriteText = std::function<Status(const std::string& name, std::string_view text)>;

// Hands each of kGateFiles to `write`. Errors: those of `write`; kInternal if a figure is not finite.
[[nodiscard]] Status write_gate_files(const gate::GateReport& report, const WriteText& write);

// Cell, ratio, verdict and reason, aligned.
[[nodiscard]] std::string gate_table(const gate::GateReport& report);

}  // namespace assay::cli
