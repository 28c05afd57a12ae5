#include <pugixml.hpp>
#include <sstream>

#include "harness/gate/outputs.hpp"

namespace assay::gate {
namespace {

enum class Shown { kPassed, kFailed, kSkipped };

Shown shown_as(CellVerdict verdict) {
  switch (verdict) {
    case CellVerdict::kNotEquivalent:
    case CellVerdict::kBroken:
    case CellVerdict::kOverBudget:
    case CellVerdict::kRegressed:
      return Shown::kFailed;
    case CellVerdict::kSeemsSlower:
    case CellVerdict::kInconclusive:
    case CellVerdict::kIgnored:
    case CellVerdict::kSkipped:
    case CellVerdict::kRemoved:
      return Shown::kSkipped;
    default:
      return Shown::kPassed;
  }
}

}  // namespace

std::string to_junit(const GateReport& report) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node suite = document.append_child("testsuites").append_child("testsuite");
  suite.append_attribute("name") = "assay gate";
  std::size_t failed = 0;
  std::size_t skipped = 0;
  for (const Cell& cell : report.cells) {
    const Shown shown =
        report.contaminated && cell.verdict == CellVerdict::kRegressed ? Shown::kSkipped : shown_as(cell.verdict);
    pugi::xml_node entry = suite.append_child("testcase");
    entry.append_attribute("classname") = ("assay." + cell.dataset).c_str();
    entry.append_attribute("name") = cell.id.c_str();
    entry.append_attribute("time") = fmt::format("{:.3f}", cell.seconds).c_str();
    if (shown == Shown::kPassed) continue;
    failed += shown == Shown::kFailed ? 1 : 0;
    skipped += shown == Shown::kSkipped ? 1 : 0;
    pugi::xml_node note = entry.append_child(shown == Shown::kFailed ? "failure" : "skipped");
    note.append_attribute("message") = fmt::format("{}: {}", to_string(cell.verdict), explanation(cell)).c_str();
    if (shown == Shown::kFailed) note.append_attribute("type") = std::string(to_string(cell.verdict)).c_str();
  }
  suite.append_attribute("tests") = report.cells.size();
  suite.append_attribute("failures") = failed;
  suite.append_attribute("errors") = 0;
  suite.append_attribute("skipped") = skipped;
  suite.append_attribute("time") = fmt::format("{:.3f}", report.seconds).c_str();
  suite.append_attribute("timestamp") = report.created_utc.c_str();
  std::ostringstream text;
  document.save(text, "  ");
  return text.str();
}

}  // namespace assay::gate
