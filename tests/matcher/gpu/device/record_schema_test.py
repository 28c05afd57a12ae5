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


validator.validate(record)
assert not validator.is_valid(damaged(lambda r: r.update(unknown=1)))
assert not validator.is_valid(damaged(lambda r: r.update(gpus=[])))
for key in schema["required"]:
    assert not validator.is_valid(damaged(lambda r: r.pop(key))), key
rows = "cells" if "cells" in record else "rungs"
for key in schema["properties"][rows]["items"]["required"]:
    assert not validator.is_valid(damaged(lambda r: r[rows][0].pop(key))), key
    assert not validator.is_valid(damaged(lambda r: r[rows][0].update({key: {"no": "such value"}}))), key
