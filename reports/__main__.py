"""Command line: python3 -m reports RUN_DIR [-o report.html]. Exit code 0: written; 2: the input or the output is unusable."""
import argparse
import sys
from pathlib import Path


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(prog="python3 -m reports", description="Make one self-contained HTML page of a run folder.")
    parser.add_argument("run_dir", type=Path, help="folder with run.json, records/ and ledger-*.json")
    parser.add_argument("-o", "--output", type=Path, help="page to write (default: RUN_DIR/report.html)")
    return parser.parse_args(arguments)


def main(arguments=None):
    options = parse_arguments(arguments)
    try:
        from reports.load import InputError
        from reports.render import write_report
    except ModuleNotFoundError as missing:
        print(f"assay report: python package '{missing.name}' is missing; install python3-{missing.name}", file=sys.stderr)
        return 2
    try:
        print(write_report(options.run_dir, options.output))
    except InputError as error:
        print(f"assay report: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
