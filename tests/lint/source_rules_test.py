"""Rules on the text of single files: a planted violation of each is caught, and the tree has none."""
import sys
import unittest

import source_rules
from tree import files, is_code, paths


class Planted(unittest.TestCase):
    VIOLATIONS = [
        (source_rules.ascii_findings, "matcher/text/utf8.cpp", "// caf\u00e9\n"),
        (source_rules.ascii_findings, "cmake/Toolchain.cmake", "# \u2192\n"),
        (source_rules.machine_path_findings, "docs/a.md", "see /wo" "rk/main/x\n"),
        (source_rules.machine_path_findings, "scripts/run.sh", "cd '/ho" "me/someone'\n"),
        (source_rules.machine_path_findings, "a.cpp", 'open("/tm' 'p/file")\n'),
        (source_rules.network_findings, "CMakeLists.txt", "include(Fetch" "Content)\n"),
        (source_rules.network_findings, "cmake/x.cmake", "External" "Project_Add(x)\n"),
        (source_rules.network_findings, "cmake/x.cmake", "file( DOWN" "LOAD http://x y)\n"),
        (source_rules.length_findings, "a.cpp", "\n" * 401),
        (source_rules.guard_findings, "a.hpp", "// text\n#include <vector>\n"),
        (source_rules.guard_findings, "a.hpp", "#ifndef A\n#define A\n#endif\n"),
        (source_rules.guard_findings, "a.h", "#define A\n"),
        (source_rules.licence_findings, "include/assay/ext/a.h", "/* SPDX-FileCopyrightText: 2026 */\n"),
        (source_rules.name_findings, "harness/core/string_util.hpp", ""),
        (source_rules.name_findings, "matcher/common/names.cpp", ""),
    ]
    HARMLESS = [
        (source_rules.ascii_findings, "datasets/names/first_names.csv", "Andr\u00e9\n"),
        (source_rules.ascii_findings, "matcher/text/utf8.cpp", '"caf\\xc3\\xa9"\n'),
        (source_rules.machine_path_findings, "a.py", "/usr/bin/python3 /proc/self/exe build/wo" "rk/x ${A}/ho" "me/x\n"),
        (source_rules.network_findings, "docs/a.md", "never Fetch" "Content\n"),
        (source_rules.network_findings, "CMakeLists.txt", "find_package(CURL)\n"),
        (source_rules.length_findings, "a.cpp", "\n" * 400),
        (source_rules.length_findings, "audits/a.json", "\n" * 500),
        (source_rules.guard_findings, "a.hpp", "// text\n#pragma once\n"),
        (source_rules.guard_findings, "a.h", "/* text */\n#ifndef A_H\n#define A_H\n#endif\n"),
        (source_rules.guard_findings, "a.cpp", ""),
        (source_rules.licence_findings, "harness/core/a.hpp", ""),
        (source_rules.name_findings, "harness/plan/suite.cpp", ""),
    ]

    def test_violation_is_found_once_with_its_place(self):
        for rule, path, text in self.VIOLATIONS:
            with self.subTest(rule=rule.__name__, path=path, text=text[:40]):
                found = rule(path, text)
                self.assertEqual(len(found), 1)
                self.assertTrue(str(found[0]).startswith(path + ":"))

    def test_harmless_text_is_not(self):
        for rule, path, text in self.HARMLESS:
            with self.subTest(rule=rule.__name__, path=path, text=text[:40]):
                self.assertEqual(rule(path, text), [])


class Tree(unittest.TestCase):
    def test_tree_is_read(self):
        self.assertIn("include/assay/plugin.h", paths())
        self.assertGreater(sum(map(is_code, paths())), 150)

    def test_no_file_breaks_a_rule(self):
        found = [finding for path, text in files(lambda path: True) for rule in source_rules.RULES for finding in rule(path, text)]
        self.assertEqual([], [str(finding) for finding in found])


def report():
    """Prints the longest source files; style.md aims at 150 lines."""
    lengths = sorted(((text.count("\n"), path) for path, text in files(is_code)), reverse=True)
    over = sum(count > 150 for count, _ in lengths)
    print(f"{len(lengths)} source files, {over} above 150 lines; the longest:", file=sys.stderr)
    for count, path in lengths[:8]:
        print(f"  {count:4} {path}", file=sys.stderr)


if __name__ == "__main__":
    report()
    unittest.main()
