"""Command line: python3 -m reports.gpu_record RECORD.json [-o PAGE.html]: what 'gpu_ladder' or 'gpu_axes' measured, as one page.

Exit code 0: written; 2: the input or the output is unusable.
"""
import sys

from reports import gpu_axes, gpu_ladder
from reports.load import InputError, read_json
from reports.render import page_program

PAGES = {"assay-gpu-ladder/1": gpu_ladder.write_page, "assay-gpu-axes/1": gpu_axes.write_page}


def write_page(source, output):
    """The page that the record's schema asks for."""
    record = read_json(source)
    schema = record.get("schema") if isinstance(record, dict) else None
    write = PAGES.get(schema) if isinstance(schema, str) else None
    if write is None:
        raise InputError(f"'{source}' is no record that a page is made of: its schema is {schema!r}; give one of {' or '.join(PAGES)}")
    return write(source, output)


def main(arguments=None):
    return page_program(arguments, write_page, "gpu_record", "report", "record of a GPU", "gpu_ladder or gpu_axes")


if __name__ == "__main__":
    sys.exit(main())
