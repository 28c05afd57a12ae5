"""Rules on the text of single files: ASCII, no paths of one machine, no network in CMake, length, guards, licence, names."""
import re
from pathlib import PurePosixPath

from tree import HEADERS, Finding, is_code

MOST_LINES = 400
# Put together here, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(r"(?<![\w.$}])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me", "tm" + "p", "mn" + "t", "User" + "s")) + r")/\w")
NETWORK = re.compile(r"\b((?i:Fetch" + r"Content\w*|External" + r"Project\w*|CPM\w*)|git\s+clone|curl|wget)\b|\b(?i:file\s*\(\s*DOWN" + r"LOAD)")
GUARD = re.compile(r"^#ifndef (\w+)\n#define \1\b", re.MULTILINE)
SPDX = ("SPDX-FileCopyrightText:", "SPDX-License-Identifier:")
EMPTY_NAMES = {"util", "utils", "common", "helper", "helpers", "manager", "misc"}


def lines_with(path, text, pattern, why):
    return [Finding(path, number, f"{why}: '{match[0]}'") for number, line in enumerate(text.splitlines(), 1) if (match := pattern.search(line))]


def ascii_findings(path, text):
    if not is_code(path):
        return []
    return lines_with(path, text, re.compile(r"[^\x00-\x7f]"), "source text is ASCII; write other letters as escapes or keep them in data files")


def machine_path_findings(path, text):
    return lines_with(path, text, MACHINE_PATH, "this path exists on one machine only")


def network_findings(path, text):
    if not path.endswith(("CMakeLists.txt", ".cmake")):
        return []
    return lines_with(path, text, NETWORK, "nothing is fetched at configure time; use a system package")


def length_findings(path, text):
    count = text.count("\n")
    if not is_code(path) or count <= MOST_LINES:
        return []
    return [Finding(path, MOST_LINES + 1, f"{count} lines, the most is {MOST_LINES}; split it by topic")]


def guard_findings(path, text):
    if PurePosixPath(path).suffix not in HEADERS or "#pragma once" in text.splitlines():
        return []
    if path.endswith(".h") and GUARD.search(text):  # a C header, read by compilers that may not know the pragma
        return []
    return [Finding(path, 1, "header without '#pragma once'")]


def licence_findings(path, text):
    if not path.startswith("include/assay/"):
        return []
    head = "\n".join(text.splitlines()[:5])
    return [Finding(path, 1, f"the first lines lack '{mark}'") for mark in SPDX if mark not in head]


def name_findings(path, text):
    del text
    words = set(re.split(r"[/._-]", path.lower()))
    return [Finding(path, 1, f"'{word}' says nothing; name what is in it") for word in sorted(words & EMPTY_NAMES)]


RULES = (ascii_findings, machine_path_findings, network_findings, length_findings, guard_findings, licence_findings, name_findings)
