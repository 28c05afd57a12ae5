"""The public data sets of the quality measurement: how the matcher reads each, what is true, what is odd, what peers publish."""
import csv
import gzip
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

NAMES_ONLY = "names and birthdate"
ALL_COLUMNS = "chosen columns"
DEFAULT_KEYS = ("birthdate", "last+first:1", "birthyear+soundex(last)")
NAME_KEYS = {
    "README keys": DEFAULT_KEYS,
    "narrow keys": ("birthdate", "birthyear+soundex(first)+soundex(last)", "birthmonth+last", "birthyear+last+first:1"),
    "name keys": ("birthdate", "first:3+last:3", "metaphone(first)+metaphone(last)", "last+first:1"),
}
SPLINK_SOURCE = "docs/benchmarks/2026-06-09-splink-bakeoff.md in benseverndev-oss/goldenmatch at 4ab28c98fda0"


@dataclass(frozen=True)
class DataSet:
    name: str
    files: tuple  # one file: pairs within it; two: pairs between them
    date_column: str
    date_format: str  # of Python; the matcher's is in `reading`
    reading: tuple  # options of the matcher that say how the files are written
    mapped: tuple  # further --map options for ALL_COLUMNS
    all_keys: tuple  # blocking keys for ALL_COLUMNS
    true_name: object  # (row) -> name of the true person
    id_column: str
    unmapped: tuple = ()  # names in `reading` that ALL_COLUMNS leaves out
    sibling: str = ""  # set from the same generator whose best settings are tried here
    peers: tuple = ()  # (program, F1, source)
    oddities: tuple = field(default=())


def febrl(number, files, sibling="", peers=(), oddities=()):
    return DataSet(
        name=f"febrl{number}", files=files, date_column="date_of_birth", date_format="%Y%m%d",
        reading=("--map", "id=rec_id", "--map", "first_name=given_name", "--map", "last_name=surname", "--map",
                 "birthdate=date_of_birth", "--date-format", "yyyymmdd", "--trim", "--text-ids"),
        mapped=("--map", "barangay_code=soc_sec_id", "--map", "city_code=postcode", "--map", "middle_name=suburb"),
        all_keys=("barangay", "birthdate+last:1", "city+middle", "city+birthdate", "middle+birthdate", "city+last+first"),
        true_name=lambda row: row["rec_id"].split("-")[1], id_column="rec_id", sibling=sibling, peers=peers,
        oddities=("a space follows every comma (read with `--trim`)",
                  "`soc_sec_id` is almost an identifier: rows that share it are nearly always one person, which no real "
                  "register without a common number offers; so the two groups of settings are shown apart", *oddities))


def splink(name, file, mapped, all_keys, peers=(), oddities=()):
    return DataSet(
        name=name, files=(file,), date_column="dob", date_format="%Y-%m-%d",
        reading=("--map", "id=unique_id", "--map", "last_name=surname", "--map", "birthdate=dob", "--text-ids"),
        mapped=mapped, all_keys=all_keys, true_name=lambda row: row["cluster"], id_column="unique_id", peers=peers, oddities=oddities)


def blockingpy(name, file, sibling=""):
    return DataSet(
        name=name, files=(file,), date_column="data_ur", date_format="%Y/%m/%d",
        reading=("--map", "id=Unnamed: 0", "--map", "first_name=imie", "--map", "middle_name=imie2", "--map", "last_name=nazwisko",
                 "--map", "birthdate=data_ur", "--date-format", "yyyy/mm/dd", "--text-ids"),
        mapped=("--map", "city_code=kraj"), unmapped=("middle_name=imie2",),
        all_keys=("city+birthdate", "monthday+city+first:1+last:1", "monthday+city+last:2"),
        true_name=lambda row: row["true_id"], id_column="Unnamed: 0", sibling=sibling,
        oddities=("the column without a name numbers the rows; the id is the column `Unnamed: 0`, whose `rec-N` agrees with `true_id`",
                  "the second given name `imie2` and the municipality `gmina` are mostly empty, so they identify few persons",
                  "the errors in dates are in the year, so the keys ask for `monthday`; \"chosen columns\" leaves the second given name "
                  "out, because it is another one in the copies of a person"))


DATA_SETS = (
    febrl("1", ("febrl/dataset1.csv",)),
    febrl("2", ("febrl/dataset2.csv",)),
    febrl("3", ("febrl/dataset3.csv",), sibling="febrl2",
          peers=(("Splink", 0.965, SPLINK_SOURCE), ("GoldenMatch", 0.996, SPLINK_SOURCE))),
    febrl("4", ("febrl/dataset4a.csv", "febrl/dataset4b.csv"), sibling="febrl2"),
    splink("fake_1000", "splink/fake_1000.csv",
           ("--map", "barangay_code=email", "--map", "city_code=city"),
           ("barangay", "birthdate", "first:3+last:3", "city+birthyear+last:1", "birthmonth+soundex(first)",
            "metaphone(first)+metaphone(last)"),
           oddities=("every row has a birthdate, but the birthdates of one person often differ (see the losses below)",)),
    splink("historical_50k", "splink/historical_50k.csv.gz",
           ("--map", "barangay_code=postcode_fake", "--map", "city_code=birth_place", "--map", "middle_name=full_name"),
           ("barangay", "city+soundex(last)", "birthdate+soundex(last)", "city+birthdate"),
           peers=(("Splink", 0.757, SPLINK_SOURCE), ("GoldenMatch", 0.827, SPLINK_SOURCE)),
           oddities=("names are often titles or nicknames (first name `sir`, last name `baronet`); the whole name is in "
                     "`full_name`, which \"chosen columns\" maps onto `middle_name` so that it counts in the score",)),
    blockingpy("blockingpy_1500", "blockingpy/data_1000.csv"),
    blockingpy("blockingpy_15000", "blockingpy/data_10000.csv", sibling="blockingpy_1500"),
)


@dataclass
class Prepared:
    """A data set as files the matcher can read, and what is true about it."""
    data_set: DataSet
    paths: list  # of the tables
    truth_path: object
    groups: list  # per table: the true person of each id
    facts: dict


def rows_of(path):
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def is_date(text, date_format):
    try:
        return datetime.strptime(text, date_format).strftime(date_format).rjust(len(text), "0") == text
    except ValueError:
        return False


def impossible_dates(records, column, date_format):
    """How many dates no calendar has; the matcher reads them as missing (--bad-dates empty)."""
    return sum(1 for record in records if record[column] and not is_date(record[column], date_format))


def true_pair_count(groups):
    if len(groups) == 1:
        return sum(size * (size - 1) // 2 for size in Counter(groups[0].values()).values())
    left, right = (Counter(group.values()) for group in groups)
    return sum(size * right[name] for name, size in left.items())


def write_truth(path, groups):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if len(groups) == 1:
            writer.writerow(("id", "cluster"))
            writer.writerows(groups[0].items())
            return
        writer.writerow(("left_id", "right_id"))
        right_ids = {}
        for row_id, name in groups[1].items():
            right_ids.setdefault(name, []).append(row_id)
        writer.writerows((row_id, other) for row_id, name in groups[0].items() for other in right_ids.get(name, ()))


def oddity_counts(records, data_set, first="first_name", last="last_name"):
    """Counts behind the remarks on the data: pairs of one person whose names are exchanged or whose dates differ."""
    names = dict(option.split("=") for option in data_set.reading if "=" in option)
    first_column, last_column = names.get(first, first), names.get(last, last)
    dates = [record[data_set.date_column].strip() for record in records]
    ids = Counter(record[data_set.id_column] for record in records)
    people = {}
    for record in records:
        people.setdefault(data_set.true_name(record), []).append(
            (record[first_column], record[last_column], record[data_set.date_column]))
    pairs = [pair for members in people.values() for pair in combinations(members, 2)]
    exchanged = sum(1 for one, other in pairs if one[0] and one[1] and one[0] != one[1] and one[:2] == (other[1], other[0]))
    same_date = sum(1 for one, other in pairs if one[2] and one[2] == other[2])
    days = -4 if data_set.date_format == "%Y%m%d" else -5
    same_day = sum(1 for one, other in pairs if one[2] and one[2][days:] == other[2][days:])
    first_of_january = sum(1 for date in dates if date[-4:] == "0101" or date[-5:] in ("01-01", "01/01"))
    return {"persons": len(people), "dates_missing": dates.count(""), "dates_on_1_january": first_of_january,
            "ids_used_twice": sum(1 for count in ids.values() if count > 1), "pairs_with_names_exchanged": exchanged,
            "pairs_with_same_date": same_date, "pairs_with_same_month_and_day": same_day,
            "first_name_missing": sum(not record[first_column].strip() for record in records),
            "last_name_missing": sum(not record[last_column].strip() for record in records)}


def prepare(data_set, data_folder, folder):
    """The files as they are, and a truth file below folder."""
    paths, groups, records, digests, impossible = [], [], [], {}, 0
    for file in data_set.files:
        source = data_folder / file
        digests[file] = hashlib.sha256(source.read_bytes()).hexdigest()
        rows = rows_of(source)
        header = [name.strip() for name in rows[0]]
        paths.append(source)
        table = [dict(zip(header, (value.strip() for value in row))) for row in rows[1:]]
        impossible += impossible_dates(table, data_set.date_column, data_set.date_format)
        records += table
        groups.append({record[data_set.id_column]: data_set.true_name(record) for record in table})
    truth_path = folder / f"{data_set.name}_truth.csv"
    write_truth(truth_path, groups)
    facts = {"files": digests, "rows": len(records), "true_pairs": true_pair_count(groups), "impossible_dates": impossible,
             **oddity_counts(records, data_set)}
    return Prepared(data_set, paths, truth_path, groups, facts)
