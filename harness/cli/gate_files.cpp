#include "harness/cli/gate_files.hpp"

#include "harness/cli/terminal.hpp"
#include "harness/gate/outputs.hpp"

namespace assay::cli {

Status write_gate_files(const gate::GateReport& report, const WriteText& write) {
  ASSAY_TRY(const std::string json, json_text(gate::to_json(report), "gate.json"));
  ASSAY_CHECK(write("gate.json", json));
  ASSAY_CHECK(write("junit.xml", gate::to_junit(report)));
  ASSAY_CHECK(write("summary.md", gate::to_markdown(report)));
  return write("metrics.txt", gate::to_gitlab_metrics(report));
}

std::string gate_table(const gate::GateReport& report) {
  std::vector<std::vector<std::string>> rows{{"cell", "head / base", "verdict", "why"}};
  for (const gate::Cell& cell : report.cells) {
    rows.push_back({cell.dataset + " " + cell.variant, gate::figures_text(cell),
                    std::string(gate::to_string(cell.verdict)), gate::explanation(cell)});
  }
  return table_text(rows);
}

}  // namespace assay::cli
