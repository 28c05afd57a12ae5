// A gate's report in the formats that CI systems show.
#pragma once

#include <string>

#include "harness/gate/report.hpp"

namespace assay::gate {

// A comment begins with this line, so that a later run finds and replaces it.
inline constexpr std::string_view kCommentMarker = "<!-- assay-gate -->";

// JUnit XML, one test case per cell: red verdicts are failures, INCONCLUSIVE, IGNORED and SKIPPED are skipped. Source:
// github.com/testmoapp/junitxml, which both Jenkins and GitLab read.
[[nodiscard]] std::string to_junit(const GateReport& report);

// GitHub-flavoured Markdown for $GITHUB_STEP_SUMMARY and, with its hidden marker, for a comment: the sentence, then the
// cells, the gravest first. At most 60,000 bytes: cells that do not fit are counted. Source: GitHub's docs, "Workflow
// commands", limit 1 MiB for a step and 65,536 characters for a comment.
[[nodiscard]] std::string to_markdown(const GateReport& report);

// Workflow commands (::error title=...::text), one line for every cell that is red or inconclusive; at most 10 errors
// and 10 warnings, which is what GitHub shows.
[[nodiscard]] std::string to_github_annotations(const GateReport& report);

// OpenMetrics text for GitLab's metrics report: ratio and its interval of every cell that was timed.
[[nodiscard]] std::string to_gitlab_metrics(const GateReport& report);

}  // namespace assay::gate
