"""Checks JSON files against a JSON Schema: validate_json.py SCHEMA FILE...; prints each error, exit 1 if there is one."""
import json
import sys

import jsonschema


def main(schema_path, *paths):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.Draft202012Validator(schema)
    found = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            value = json.load(file, parse_constant=lambda name: sys.exit(f"{path}: {name} is no JSON"))
        for error in validator.iter_errors(value):
            found += 1
            print(f"{path}: {error.json_path}: {error.message[:200]}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
