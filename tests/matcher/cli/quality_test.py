"""scripts/quality.py on its two smallest sets: figures that agree with each other, and with a naive join written here."""
import csv
import itertools
import json
import os
import subprocess
import sys
import tempfile
import unicodedata
import unittest
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("ASSAY_SHARED_DIR", ROOT.parent / "shared")) / "data" / "public"
PROGRAM = Path(os.environ.get("MATCHER_PROGRAM", ROOT / "build/release/bin/matcher"))
SETS = ("febrl1", "fake_1000")
MISSING = [str(path) for path in (DATA / "febrl" / "dataset1.csv", DATA / "splink" / "fake_1000.csv", PROGRAM) if not path.is_file()]


def measure(folder):
    """The figures and the page of the smallest sets."""
    subprocess.run([sys.executable, ROOT / "scripts/quality.py", "--data", DATA, "--matcher", PROGRAM, "--sets", *SETS, "--output",
                    folder / "quality.md", "--json", folder / "quality.json"], check=True, stdout=subprocess.DEVNULL)
    return json.loads((folder / "quality.json").read_text(encoding="utf-8")), (folder / "quality.md").read_text(encoding="utf-8")


def entries(one):
    """Every measurement of a set that is given in full."""
    groups = [one["default"], *(one[group] for group in ("best_names", "best_all", "best_names_chosen", "best_all_chosen"))]
    groups += [entry for algorithm in one["algorithms"].values() for entry in algorithm.values()]
    return [entry for entry in groups if entry]


def normal(text):
    plain = unicodedata.normalize("NFKD", text.strip()).encode("ascii", "ignore").decode()
    return " ".join(plain.lower().split())


def calendar_date(text):
    try:
        return datetime.strptime(text.strip(), "%Y%m%d")
    except ValueError:
        return None


def naive_join(path):
    """(found, correct) of equal birthdate, first and last name, by looking at every pair."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    persons = [(normal(row["given_name"]), normal(row["surname"]), calendar_date(row["date_of_birth"]), row["rec_id"].split("-")[1])
               for row in rows]
    found = [(one[3], other[3]) for one, other in itertools.combinations(persons, 2) if all(one[:3]) and one[:3] == other[:3]]
    return len(found), sum(one == other for one, other in found)


@unittest.skipIf(MISSING, f"not there: {', '.join(MISSING)}")
class Quality(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            cls.figures, cls.page = measure(Path(folder))

    def test_every_measurement_agrees_with_itself(self):
        for one in self.figures["sets"]:
            for entry in entries(one):
                with self.subTest(set=one["name"], setting=entry["setting"]):
                    figures = entry["quality"]
                    self.assertEqual(one["facts"]["true_pairs"], figures["true_pairs"])
                    self.assertLessEqual(figures["correct"], min(figures["found"], figures["true_pairs"]))
                    self.assertAlmostEqual(figures["correct"], figures["precision"] * figures["found"], places=6)
                    self.assertAlmostEqual(figures["correct"], figures["recall"] * figures["true_pairs"], places=6)
                    harmonic = 2 / (1 / figures["precision"] + 1 / figures["recall"])
                    self.assertAlmostEqual(harmonic, figures["f1"], places=9)

    def test_every_lost_pair_has_one_cause(self):
        for one in self.figures["sets"]:
            for entry in entries(one):
                if entry["lost"]:
                    self.assertEqual(entry["quality"]["true_pairs"] - entry["quality"]["correct"], sum(entry["lost"].values()))

    def test_keys_reach_every_pair_that_is_found(self):
        for one in self.figures["sets"]:
            for entry in entries(one):
                for key in entry["keys"] or ():
                    self.assertLessEqual(key["only_here"], key["true_pairs"])
                if entry["keys"]:
                    self.assertLessEqual(entry["quality"]["found"], entry["pairs_tested"])

    def test_higher_threshold_finds_no_more(self):
        for one in self.figures["sets"]:
            for curve in one["curves"]:
                found = [row[1] for row in curve["rows"]]
                self.assertEqual(sorted(found, reverse=True), found, curve)

    def test_best_setting_is_the_best_of_the_sweep(self):
        for one in self.figures["sets"]:
            points = [2 * correct / (found + one["facts"]["true_pairs"]) for curve in one["curves"] for _, found, correct in curve["rows"]]
            groups = [one[group] for group in ("best_names", "best_all", "best_names_chosen", "best_all_chosen")]
            self.assertAlmostEqual(max(points), max(entry["quality"]["f1"] for entry in groups if entry), places=12)

    def test_a1_on_febrl1_is_the_naive_join(self):
        a1 = self.figures["sets"][0]["algorithms"]["A1"]["at_95"]["quality"]
        self.assertEqual(naive_join(DATA / "febrl" / "dataset1.csv"), (a1["found"], a1["correct"]))

    def test_page_names_every_set_and_shows_no_missing_value_as_a_number(self):
        for name in SETS:
            self.assertIn(f"\n## {name}\n", self.page)
        for word in ("None", "nan", "{"):
            self.assertNotIn(word, self.page)


if __name__ == "__main__":
    unittest.main()
