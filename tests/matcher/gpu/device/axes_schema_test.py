"""axes_schema_test.py RECORD: the record that axes_test wrote keeps its schema, and a damaged one does not."""
import copy
import json
import sys
from pathlib import Path

try:
    import jsonschema
except ImportError:
    sys.exit(print("skipped: no jsonschema; install python3-jsonschema"))

SCHEMA = Path(__file__).resolve().parents[4] / "reports" / "schema" / "assay-gpu-axes-1.json"
validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
record = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))

validator.validate(record)
for damage in (lambda r: r.pop("leaks"), lambda r: r.update(gpus=[]), lambda r: r["cells"][0].update(wait="never"),
               lambda r: r["cells"][0].update(streams=5), lambda r: r.update(unknown=1)):
    damaged = copy.deepcopy(record)
    damage(damaged)
    assert not validator.is_valid(damaged)
