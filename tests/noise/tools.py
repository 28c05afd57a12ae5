"""One comparison by each tool, asked the same question with the same budget: is the second slower?

Every function returns a Trial. The rules of the others are theirs (sources in docs/trust.md): hyperfine's significance script,
Google Benchmark's compare.py, and criterion's comparison, each on data taken the way that tool takes it: A, then B.
"""
import dataclasses
import json
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

try:
    import numpy
except ModuleNotFoundError:
    sys.exit("trust.py: needs numpy; run it with a python that has it, such as /usr/bin/python3")

ALPHA = 0.05  # what all three use
CRITERION_NOISE = 0.01
CRITERION_RESAMPLES = 10_000  # its default is 100,000; fewer only make its p coarser


@dataclasses.dataclass
class Trial:
    verdict: str  # slower | faster | same | undecided | unfit
    ratio: float | None = None
    samples: int | None = None  # of each side


def significant(difference, p_value):
    if p_value >= ALPHA:
        return "same"
    return "slower" if difference > 0 else "faster"


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, **options)


def normal_two_sided(z):
    return math.erfc(abs(z) / math.sqrt(2))


def welch(first, second):
    """p of Welch's t-test with the normal distribution for Student's: with 62 runs a side 5.2 % of equal pairs fall below 0.05."""
    error = math.sqrt(first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second))
    return normal_two_sided((second.mean() - first.mean()) / error)


def mann_whitney(first, second):
    """Two-sided p, normal approximation with continuity and tie correction, as scipy computes it from 9 values a side on."""
    both = numpy.concatenate([first, second])
    values, inverse, counts = numpy.unique(both, return_inverse=True, return_counts=True)
    ranks = (numpy.cumsum(counts) - (counts - 1) / 2)[inverse]
    n, m = len(first), len(second)
    u = ranks[:n].sum() - n * (n + 1) / 2
    ties = (counts**3 - counts).sum() / ((n + m) * (n + m - 1))
    error = math.sqrt(n * m / 12 * (n + m + 1 - ties))
    return min(1.0, normal_two_sided(max(0.0, abs(u - n * m / 2) - 0.5) / error))


def criterion_rule(first, second, seed):
    """(p of its bootstrapped t-test, interval of the change of the mean): compare.rs of criterion 0.5."""
    random = numpy.random.default_rng(seed)

    def t(a, b):
        return (a.mean(-1) - b.mean(-1)) / numpy.sqrt(a.var(-1, ddof=1) / a.shape[-1] + b.var(-1, ddof=1) / b.shape[-1])

    pooled = numpy.concatenate([second, first])
    drawn = random.choice(pooled, (CRITERION_RESAMPLES, len(pooled)))
    null = t(drawn[:, :len(second)], drawn[:, len(second):])
    above = (null >= t(second, first)).mean()
    p_value = 2 * min(above, 1 - above)
    a = random.choice(second, (CRITERION_RESAMPLES, len(second))).mean(-1)
    b = random.choice(first, (CRITERION_RESAMPLES, len(first))).mean(-1)
    return p_value, numpy.quantile(a / b - 1, [0.025, 0.975])


def hyperfine_version():
    """"1.15.0", or "" where it is not installed."""
    program = shutil.which("hyperfine")
    return run(program, "--version").stdout.split()[-1] if program else ""


def hyperfine(build, extra, budget, seed, folder):
    work = build / "bin/assay-work"
    runs = max(50, int(budget / 2 / 0.008))  # a run takes 6 ms, its start another 1 or 2
    out = Path(folder) / "hyperfine.json"
    run("hyperfine", "-N", "--warmup", 3, "--runs", runs, "--export-json", out, f"{work} --units 100", f"{work} --units 100 --extra {extra}")
    first, second = (numpy.array(result["times"]) for result in json.loads(out.read_text())["results"])
    return Trial(significant(second.mean() - first.mean(), welch(first, second)), second.mean() / first.mean(), runs)


def google_benchmark(build, extra, budget, seed, folder):
    sides = []
    for percent in (0, extra):
        out = Path(folder) / f"benchmark-{len(sides)}.json"
        run(build / "bin/assay-work-benchmark", f"--benchmark_filter=^work/{percent}$", "--benchmark_repetitions=9",
            f"--benchmark_min_time={budget / 2 / 9 * 0.8:.4f}", f"--benchmark_out={out}", "--benchmark_out_format=json")
        rows = json.loads(out.read_text())["benchmarks"]
        sides.append(numpy.array([row["real_time"] for row in rows if row["run_type"] == "iteration"]))
    first, second = sides
    ratio = numpy.median(second) / numpy.median(first)
    return Trial(significant(ratio - 1, mann_whitney(first, second)), ratio, len(first))


def criterion(build, extra, budget, seed, folder):
    sides = []
    for percent in (0, extra):
        text = run(build / "bin/assay-work", "--extra", percent, "--linear", 100, "--warm-up", budget * 0.1, "--seconds", budget * 0.4).stdout
        units, seconds = numpy.loadtxt(text.splitlines(), delimiter=",", unpack=True)
        sides.append(seconds / units)
    first, second = sides
    p_value, (low, high) = criterion_rule(first, second, seed)
    verdict = "same"
    if p_value < ALPHA and low > CRITERION_NOISE:
        verdict = "slower"
    elif p_value < ALPHA and high < -CRITERION_NOISE:
        verdict = "faster"
    return Trial(verdict, second.mean() / first.mean(), len(first))


STUB_HOME = Path(__file__).resolve().parents[1] / "stub_plugins/home"
SUITE = {"schema": "assay-suite/1", "id": "trust", "summary": "One variant, two builds.", "profile": "dirty", "datasets": ["people-400"],
         "cases": [{"workload": "stub.table", "parameters": {"rounds": "1000"}, "baseline": "stub.adjustable", "candidate": "stub.adjustable"}],
         "budget_seconds": 1, "launches": 2, "reference": None, "limits": {"seconds": 10, "memory_bytes": 1 << 30}}
POLICY = {"schema": "assay-policy/1", "suite": "trust", "margin": 0.02, "timing": {"pairs": 192, "launches": 2},
          "confirmation": {"pairs": 24, "launches": 3}}
VERDICTS = {"REGRESSED": "slower", "IMPROVED": "faster", "NOT_SLOWER": "same", "INCONCLUSIVE": "undecided"}


def assay(build, extra, budget, seed, folder, margin=POLICY["margin"]):
    """`assay gate` on one cell: two builds of one variant, the head with extra work. The policy is POLICY with this margin."""
    folder = Path(folder)
    for side, percent in (("base", 0), ("head", extra)):
        (folder / side).mkdir()
        module = folder / side / "stub.adjustable.so"
        module.write_bytes((build / "stub_plugins/stub.adjustable.so").read_bytes() + side.encode())  # other bytes, the same code
        Path(f"{module}.knobs").write_text(f"extra={percent}")
    home = folder / "home"
    shutil.copytree(STUB_HOME / "workloads", home / "workloads")
    (home / "suites").mkdir()
    (home / "suites/trust.json").write_text(json.dumps({**SUITE, "seed": seed}))
    (folder / "policy.json").write_text(json.dumps({**POLICY, "budget_seconds": budget, "margin": margin}))
    environment = {**os.environ, "ASSAY_HOME": str(home), "ASSAY_STATE": str(build / "test_state")}
    process = subprocess.run([build / "bin/assay", "gate", "--policy", folder / "policy.json", "--baseline", folder / "base", "--candidate", folder / "head",
                              "-q", "-o", folder / "run"], env=environment, capture_output=True, text=True)
    if process.returncode not in (0, 3, 75):
        raise RuntimeError(f"assay gate ended with {process.returncode}: {process.stderr}")
    cell = json.loads((folder / "run/gate.json").read_text())["cells"][0]
    verdict = "unfit" if process.returncode == 75 else VERDICTS[cell["verdict"]]
    return Trial(verdict, cell["ratio"], cell["pairs"])


def assay_margin_1(*question):
    return assay(*question, margin=0.01)


TOOLS = {"assay": assay, "assay_margin_1": assay_margin_1, "hyperfine": hyperfine, "google_benchmark": google_benchmark, "criterion": criterion}
