"""record_schema_test.py RECORD: the record that a test wrote keeps its schema, and a damaged one does not."""
import copy
import json
import sys
from pathlib import Path

try:
    import jsonschema
except ImportError:
    sys.exit(print("skipped: no jsonschema; install python3-jsonschema"))

SCHEMAS = Path(__file__).resolve().parents[4] / "reports" / "schema"
record = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
schema = json.loads((SCHEMAS / f"{record['schema'].replace('/', '-')}.json").read_text(encoding="utf-8"))
validator = jsonschema.Draft202012Validator(schema)


def damaged(change):
    copied = copy.deepcopy(record)
    change(copied)
    return copied


def every_field_counts(rows, schema):
    """rows: the list in a record, and schema that of its items: none of what is required may be missing or be something else."""
    for key in schema["required"]:
        assert not validator.is_valid(damaged(lambda r: rows(r)[0].pop(key))), key
        assert not validator.is_valid(damaged(lambda r: rows(r)[0].update({key: {"no": "such value"}}))), key


validator.validate(record)
assert not validator.is_valid(damaged(lambda r: r.update(unknown=1)))
assert not validator.is_valid(damaged(lambda r: r.update(gpus=[])))
for key in schema["required"]:
    assert not validator.is_valid(damaged(lambda r: r.pop(key))), key

properties = schema["properties"]
if "cells" in record:
    flow = properties["tile_sweep"]["properties"]["flows"]["items"]
    every_field_counts(lambda r: r["cells"], properties["cells"]["items"])
    every_field_counts(lambda r: r["tile_sweep"]["flows"], flow)
    every_field_counts(lambda r: r["tile_sweep"]["flows"][0]["points"], flow["properties"]["points"]["items"])
else:
    rung = properties["rungs"]["items"]
    every_field_counts(lambda r: r["rungs"], rung)
    every_field_counts(lambda r: r["rungs"][1]["sizes"], rung["properties"]["sizes"]["items"])
