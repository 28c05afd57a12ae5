"""The directions of dependency: planted violations are caught, and the tree has none."""
import unittest

from include_graph import include_findings, layer_of, link_findings
from tree import C_FAMILY, files, paths
from pathlib import PurePosixPath


def includes(path, *names, exists=lambda path: False):
    return include_findings(path, "".join(f"#include {name}\n" for name in names), exists)


class PlantedIncludes(unittest.TestCase):
    FORBIDDEN = [
        ("include/assay/plugin.h", '"harness/core/result.hpp"'),
        ("harness/core/files.hpp", '"harness/plan/suite.hpp"'),
        ("harness/core/files.hpp", '"datasets/load/dataset.hpp"'),
        ("harness/plan/suite.cpp", '"harness/store/record.hpp"'),
        ("harness/stats/verdict.cpp", '"harness/equivalence/compare.hpp"'),
        ("harness/plan/suite.cpp", '"harness/cli/run.hpp"'),
        ("harness/equivalence/compare.cpp", '"datasets/load/dataset.hpp"'),
        ("harness/cli/run.cpp", '"matcher/engine/match.hpp"'),
        ("harness/cli/run.cpp", '"plugins/sdk/plugin.hpp"'),
        ("harness/cli/run.cpp", '"harness/worker/session.hpp"'),
        ("harness/worker/main.cpp", '"harness/cli/run.hpp"'),
        ("harness/measure/memory.cpp", "<cuda_runtime.h>"),
        ("harness/measure/memory.cpp", "<matcher/text/utf8.hpp>"),
        ("datasets/load/dataset.cpp", '"matcher/text/utf8.hpp"'),
        ("datasets/load/dataset.cpp", '"harness/store/record.hpp"'),
        ("plugins/score/scalar.cpp", '"harness/core/result.hpp"'),
        ("plugins/score/scalar.cpp", '"plugins/strings/copied.hpp"'),
        ("plugins/score/scalar.cpp", '"datasets/load/dataset.hpp"'),
        ("plugins/score/scalar.cpp", '"matcher/reference/match.hpp"'),
        ("plugins/sdk/plugin.hpp", '"matcher/model/person.hpp"'),
        ("plugins/persons/input.hpp", '"matcher/reference/match.hpp"'),
        ("plugins/reference/reference.cpp", '"matcher/engine/match.hpp"'),
        ("matcher/engine/match.cpp", '"plugins/sdk/host.hpp"'),
        ("matcher/engine/match.cpp", '"assay/plugin.h"'),
        ("matcher/engine/match.cpp", '"harness/core/result.hpp"'),
        ("matcher/engine/match.cpp", '"datasets/load/dataset.hpp"'),
        ("matcher/engine/match.cpp", '"matcher/reference/match.hpp"'),
        ("matcher/cli/main.cpp", '"matcher/reference/match.hpp"'),
        ("matcher/reference/match.cpp", '"matcher/text/utf8.hpp"'),
        ("matcher/reference/match.cpp", '"matcher/similarity/scalar.hpp"'),
        ("matcher/text/utf8.cpp", '"../model/person.hpp"'),
        ("matcher/engine/match.cpp", "<cuda_runtime_api.h>"),
        ("matcher/gpu/device/owner.hpp", '"matcher/engine/match.hpp"'),
        ("newfolder/file.cpp", '"harness/core/result.hpp"'),
    ]
    ALLOWED = [
        ("include/assay/plugin.h", "<stdint.h>"),
        ("harness/core/contract.hpp", '"assay/plugin.h"'),
        ("harness/core/json.cpp", '"harness/core/files.hpp"'),
        ("harness/plan/suite.cpp", '"harness/plan/workload.hpp"'),
        ("harness/store/record.cpp", '"harness/core/json.hpp"'),
        ("harness/worker/session.cpp", '"datasets/load/dataset.hpp"'),
        ("harness/worker/session.cpp", '"harness/isolate/protocol.hpp"'),
        ("harness/cli/run.cpp", '"harness/store/record.hpp"'),
        ("datasets/load/dataset.cpp", '"harness/core/files.hpp"'),
        ("plugins/score/scalar.cpp", '"matcher/engine/match.hpp"'),
        ("matcher/gpu/device/owner.hpp", "<cuda_runtime_api.h>"),
        ("plugins/score/scalar.cpp", '"plugins/sdk/plugin.hpp"'),
        ("plugins/score/scalar.cpp", '"plugins/score/shared.hpp"'),
        ("plugins/score/scalar.cpp", '"plugins/persons/input.hpp"'),
        ("plugins/reference/reference.cpp", '"matcher/reference/match.hpp"'),
        ("matcher/engine/match.cpp", '"matcher/text/utf8.hpp"'),
        ("matcher/reference/match.cpp", '"matcher/reference/case_rule.hpp"'),
        ("matcher/reference/match.cpp", '"matcher/model/person.hpp"'),
        ("matcher/fuzz/fuzz_engine.cpp", '"matcher/reference/match.hpp"'),
        ("matcher/benchmarks/names.cpp", '"datasets/generate/make.hpp"'),
        ("tests/harness/core/files_test.cpp", '"harness/core/files.hpp"'),
        ("tests/matcher/agreement/agreement_test.cpp", '"matcher/reference/match.hpp"'),
        ("matcher/io/csv.cpp", "<vector>"),
    ]

    def test_forbidden_include_is_found(self):
        for path, name in self.FORBIDDEN:
            with self.subTest(path=path, name=name):
                self.assertEqual(len(includes(path, "<vector>", name)), 1)

    def test_allowed_include_is_not(self):
        for path, name in self.ALLOWED:
            with self.subTest(path=path, name=name):
                self.assertEqual(includes(path, name), [])

    def test_finding_names_file_line_and_target(self):
        finding = include_findings("matcher/text/utf8.cpp", "// text\n\n  #  include \"plugins/sdk/host.hpp\"\n")[0]
        self.assertEqual(str(finding), "matcher/text/utf8.cpp:3: matcher may not include 'plugins/sdk/host.hpp'")

    def test_include_beside_the_file_counts_as_what_it_is(self):
        exists = {"matcher/reference/match.hpp"}.__contains__
        self.assertEqual(includes("matcher/reference/match.cpp", '"match.hpp"', exists=exists), [])
        self.assertEqual(len(includes("matcher/text/utf8.cpp", '"matcher/reference/match.hpp"', exists=exists)), 1)

    def test_include_in_a_comment_is_none(self):
        self.assertEqual(include_findings("matcher/text/utf8.cpp", '// #include "plugins/sdk/host.hpp"\n'), [])


class PlantedLinks(unittest.TestCase):
    def test_forbidden_target_is_found(self):
        for path, line in [("harness/cli/CMakeLists.txt", "target_link_libraries(assay PRIVATE matcher_engine)"),
                           ("harness/CMakeLists.txt", "find_package(CUDAToolkit)"),
                           ("plugins/score/CMakeLists.txt", "assay_add_plugin(score.scalar SOURCES a.cpp LINK assay_core)"),
                           ("matcher/text/CMakeLists.txt", "target_link_libraries(matcher_text PUBLIC assay_sdk)")]:
            with self.subTest(path=path):
                self.assertEqual(len(link_findings(path, "# a comment\n" + line + "\n")), 1)

    def test_allowed_target_and_comment_are_not(self):
        self.assertEqual(link_findings("plugins/score/CMakeLists.txt", "LINK matcher_engine assay_sdk\n"), [])
        self.assertEqual(link_findings("harness/cli/CMakeLists.txt", "# never matcher\nLINK assay_plan\n"), [])


class Tree(unittest.TestCase):
    def test_every_include_goes_the_allowed_way(self):
        known = set(paths())
        sources = files(lambda path: PurePosixPath(path).suffix in C_FAMILY)
        self.assertGreater(len(sources), 100)
        found = [finding for path, text in sources for finding in include_findings(path, text, known.__contains__)]
        self.assertEqual([], [str(finding) for finding in found])

    def test_every_folder_of_sources_has_a_rule(self):
        without = {path.rsplit("/", 1)[0] for path in paths() if PurePosixPath(path).suffix in C_FAMILY and layer_of(path) is None}
        self.assertEqual(set(), without)

    def test_every_target_goes_the_allowed_way(self):
        lists = files(lambda path: path.endswith("CMakeLists.txt"))
        found = [finding for path, text in lists for finding in link_findings(path, text)]
        self.assertEqual([], [str(finding) for finding in found])


if __name__ == "__main__":
    unittest.main()
