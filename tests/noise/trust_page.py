"""docs/trust.md from the raw data: every figure on the page is counted here."""
import math
import statistics

NAMES = {"assay": "Assay (`gate`)", "hyperfine": "hyperfine", "google_benchmark": "Google Benchmark, compare.py", "criterion": "criterion's rule"}
REGIMES = {"idle": "left alone", "bursts": "CPU bursts", "memory_bursts": "memory bursts"}
EXTRAS = (1, 2, 3, 5, 10)


def upper_bound(hits, trials, confidence=0.95):
    """Of a probability, given hits of trials: Clopper and Pearson 1934, one-sided."""
    low, high = hits / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if sum(math.comb(trials, k) * middle**k * (1 - middle) ** (trials - k) for k in range(hits + 1)) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


class Trials:
    """The rows that were measured in their regime, by question."""

    def __init__(self, rows):
        self.all = rows
        self.kept = [row for row in rows if row["left_out"] == "0"]

    def of(self, tool, regime, extra, budget=1.0):
        return [row for row in self.kept if (row["tool"], row["regime"], int(row["extra_percent"]), float(row["budget_seconds"])) == (tool, regime, extra, budget)]


def count(rows, *verdicts):
    return sum(row["verdict"] in verdicts for row in rows)


def share(rows, *verdicts):
    if not rows:
        return "not measured"
    return f"{count(rows, *verdicts)} of {len(rows)}"


def percent(rows, *verdicts):
    return f"{100 * count(rows, *verdicts) / len(rows):.0f} %" if rows else "-"


def with_bound(rows, *verdicts):
    if not rows:
        return "not measured"
    hits = count(rows, *verdicts)
    return f"{hits} of {len(rows)} (below {100 * upper_bound(hits, len(rows)):.1f} %)"


def seconds(rows):
    walls = sorted(float(row["wall_seconds"]) for row in rows)
    return f"{statistics.median(walls):.2f} ({walls[int(0.9 * len(walls))]:.2f})" if walls else "-"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]) + "\n"


def false_alarms(trials):
    return table(["", *REGIMES.values()],
                 [[name, *(with_bound(trials.of(tool, regime, 0), "slower", "faster") for regime in REGIMES)] for tool, name in NAMES.items()])


def power(trials, regime):
    return table([REGIMES[regime], *(f"+{extra} %" for extra in EXTRAS)],
                 [[name, *(share(trials.of(tool, regime, extra), "slower") for extra in EXTRAS)] for tool, name in NAMES.items()])


def times(trials):
    return table(["seconds, median (90 %)", *REGIMES.values()],
                 [[name, *(seconds(trials.of(tool, regime, 0)) for regime in REGIMES)] for tool, name in NAMES.items()])


def outcomes(trials):
    rows = []
    for regime, words in REGIMES.items():
        for extra in (0, *EXTRAS):
            found = trials.of("assay", regime, extra)
            if not found:
                continue
            pairs = [int(row["samples"]) for row in found if row["samples"]]
            rows.append([words, f"+{extra} %" if extra else "none", len(found), *(percent(found, verdict) for verdict in ("slower", "faster", "same", "undecided", "unfit")),
                         f"{statistics.median(pairs):.0f}" if pairs else "-", seconds(found)])
    return table(["machine", "extra work", "trials", "REGRESSED", "IMPROVED", "NOT_SLOWER", "INCONCLUSIVE", "75: unfit", "pairs", "seconds"], rows)


def met(rows, least, *verdicts):
    """Proved where the lower 95 % bound reaches the goal."""
    if not rows:
        return "not measured"
    hits = count(rows, *verdicts)
    if 1 - upper_bound(len(rows) - hits, len(rows)) >= least:
        return "met"
    return "met so far, too few trials to prove it" if hits >= least * len(rows) else "missed"


def goals(trials):
    identical = {regime: trials.of("assay", regime, 0) for regime in (*REGIMES, "hog")}
    alarms = sum(count(identical[regime], "slower") for regime in REGIMES)
    taken = sum(len(identical[regime]) for regime in REGIMES)
    enough = all(len(identical[regime]) >= 600 for regime in REGIMES)
    two, narrow = (trials.of("assay_margin_1", "idle", extra, 3.0) for extra in (2, 0))
    five, three = {r: trials.of("assay", r, 5) for r in REGIMES}, trials.of("assay", "idle", 3, 3.0)
    long = [row for regime in ("bursts", "memory_bursts") for row in trials.of("assay", regime, 5, 10.0)]
    noisy = [row for regime in ("bursts", "memory_bursts") for row in identical[regime]]
    hog = identical["hog"]
    idle = identical["idle"]
    unfit = met(idle, 0.99, "slower", "faster", "same", "undecided")
    rows = [
        ["F4", "identical code called slower: 0 of 600 in each regime", f"{alarms} of {taken}", "missed" if alarms else "met" if enough else "met so far, fewer than 600 trials"],
        ["F5", "with a hog on every core at least 99 % end unfit or INCONCLUSIVE", share(hog, "unfit", "undecided"), met(hog, 0.99, "unfit", "undecided")],
        ["F5", "left alone at most 1 % end unfit", share(idle, "unfit"), unfit],
        ["F6", "+5 % left alone: seen in at least 99 %", share(five["idle"], "slower"), met(five["idle"], 0.99, "slower")],
        ["F7", "+2 % at margin 1 %, left alone, 3 s: at least 90 %", share(two, "slower"), met(two, 0.90, "slower")],
        ["F7", "at that margin identical code called slower: never", share(narrow, "slower"), "missed" if count(narrow, "slower") else "met"],
        ["F7", "+3 % at margin 2 %, left alone, 3 s: at least 90 %", share(three, "slower"), met(three, 0.90, "slower")],
        ["F8", "+5 % under bursts, 10 s: at least 95 %", share(long, "slower"), met(long, 0.95, "slower")],
        ["F9", "identical code proved NOT_SLOWER, left alone: at least 99 %", share(idle, "same", "faster"), met(idle, 0.99, "same", "faster")],
        ["F9", "the same under bursts: at least 80 %", share(noisy, "same", "faster"), met(noisy, 0.80, "same", "faster")],
    ]
    return table(["goal", "", "measured", ""], rows)


TEXT = """# Can the verdicts be trusted?

A gate that is red for nothing is switched off after a week. So how often it is wrong is measured, not promised, and beside it
three tools that people use today: same machine, same work, same seconds. Everything on this page is counted from
[`reports/published/trust.csv`](../reports/published/trust.csv), one line a comparison, by `tests/noise/trust.py page`;
`tests/noise/trust.py measure` takes more lines.

Machine: {machine}; the gate of commit {commits}. {kept} comparisons, {dates}; {left_out} more were left out because other programs used over 10 % of a
processor meanwhile.

## Identical code called different

Both sides run the same code. Any verdict *slower* or *faster* is wrong. In brackets the upper 95 % bound of the rate
(Clopper and Pearson).

{false_alarms}
The machine is left alone; or a seeded load keeps each processor busy a fifth of the time in bursts of 20 ms on average
(`assay-noise --duty 0.2`), with arithmetic or with walks through 64 MiB.

## Slower code called slower

The second side does 1, 2, 3, 5 or 10 % more of the same work. The gate's margin is 2 %: +1 % must not turn it red, +2 % is the
margin itself (at most 0.5 % may be called slower), from +3 % on it should be seen.

{power}
A tool that calls a third of identical code different also "sees" small slowdowns; read this table below the first.

## What it costs

Wall seconds of one comparison of identical code. All tools may use one second; the gate ends at the look that decides, and its
time holds what the others do not do: starting workers, comparing answers, a memory run, a second stage for what came out slower.

{times}
## The gate in detail

{outcomes}
INCONCLUSIVE is not a wrong answer: it says that a second was too short for that noise, and the report names the smallest effect
it could have seen. *75: unfit* asks to try again (docs/measurement.md, "Contaminated").

## Goals

{goals}
F10 (instruction counts), F11 (interval coverage) are tests: `exact_counts_test`, `trace_test` (10 families of recorded noise,
94 to 98 % of the 95 % intervals hold the true value, under ten seconds in every CI run).

## How each tool was asked

- **The work** is a chain of dependent steps, so 5 % more steps take 5 % longer (`tests/noise/work.hpp`; the gate's stub plugin
  runs the same steps). One sample of the gate is about 5 ms.
- **Assay**: `assay gate` with one cell, margin 2 %, at most 192 pairs in two launches, confirmation with 24 pairs in three; the
  modules differ by a few bytes behind their end, or they would not be measured at all.
- **hyperfine** {hyperfine_version}: `hyperfine -N --warmup 3`, both commands in one call, runs of 6 ms, as many as the second allows; its own
  significance script (`scripts/welch_ttest.py` of its repository) calls p < 0.05 different; with the normal distribution in
  Student's place, as here, that is 5.2 % of equal pairs instead of 5 %.
- **Google Benchmark**: 9 repetitions, what its `compare.py` asks for, one side after the other; `compare.py` calls p < 0.05 of the
  two-sided Mann-Whitney test different (`tools/gbench/report.py`).
- **criterion's rule** (its Rust library cannot be had here): 100 linear samples, one side after the other; different if p < 0.05
  in its bootstrapped t-test and the interval of the mean's change lies beyond its noise threshold of 1 %
  (`src/analysis/compare.rs`); 10,000 resamples instead of 100,000.
- The last three take a median or mean in the order A, then B. That, more than their tests, is what a drifting machine punishes: the
  design of an experiment beats the test (docs/measurement.md, "Pairs, not series").

## What this does not show

One machine, one kind of work, one second. Other machines drift in other ways; `assay doctor` says how fit yours is, every run
carries its own control, and the script above gives you this page for your machine. Trials of one day are not independent of
that day.
"""


def write_page(rows, questions, path):
    trials = Trials(rows)
    if not trials.kept:
        raise SystemExit("trust.py: no raw data yet; run 'trust.py measure' first")
    dates = sorted({row["utc"][:10] for row in trials.kept})
    machines = sorted({row["machine"] for row in trials.kept})
    path.write_text(TEXT.format(machine="; ".join(machines), commits=", ".join(sorted({row["commit"] for row in trials.kept})), kept=len(trials.kept), left_out=len(rows) - len(trials.kept),
                                dates=dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}",
                                false_alarms=false_alarms(trials), power="\n".join(power(trials, regime) for regime in REGIMES),
                                times=times(trials), outcomes=outcomes(trials), goals=goals(trials),
                                hyperfine_version=max(row["hyperfine"] for row in trials.kept)), encoding="utf-8")
    wanted = sum(question.trials for question in questions)
    print(f"{path}: {len(trials.kept)} of {wanted} trials")
