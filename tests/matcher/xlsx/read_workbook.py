"""Prints a workbook as JSON, read with the standard library: [{"name", "frozen_rows", "rows": [[cell...]...]}...].

A cell is null, or {"type": "number" or "text", "value": string as in the file, "format": number format, "bold": bool}."""
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BUILT_IN = {0: "General", 2: "0.00"}


def read_styles(archive):
    """(number format, bold) of each style."""
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    formats = {int(f.get("numFmtId")): f.get("formatCode") for f in root.iter(MAIN + "numFmt")}
    fonts = [font.find(MAIN + "b") is not None for font in root.find(MAIN + "fonts")]
    return [((BUILT_IN | formats)[int(style.get("numFmtId"))], fonts[int(style.get("fontId"))]) for style in root.find(MAIN + "cellXfs")]


def unescaped(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def read_cell(cell, styles):
    number_format, bold = styles[int(cell.get("s", 0))]
    if cell.get("t") == "inlineStr":
        text = "".join(part.text or "" for part in cell.iter(MAIN + "t"))
        return {"type": "text", "value": unescaped(text), "format": number_format, "bold": bold}
    value = cell.find(MAIN + "v")
    return None if value is None else {"type": "number", "value": value.text, "format": number_format, "bold": bold}


def column_of(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference)[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def read_sheet(name, root, styles):
    rows = []
    for row in root.iter(MAIN + "row"):
        rows += [[]] * (int(row.get("r")) - 1 - len(rows))
        cells = {column_of(cell.get("r")): read_cell(cell, styles) for cell in row}
        rows.append([cells.get(column) for column in range(max(cells, default=-1) + 1)])
    pane = root.find(f".//{MAIN}pane")
    frozen = pane is not None and pane.get("state") == "frozen"
    return {"name": name, "frozen_rows": int(pane.get("ySplit")) if frozen else 0, "rows": rows}


def main(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        styles = read_styles(archive)
        relations = {r.get("Id"): r.get("Target") for r in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
        sheets = [(sheet.get("name"), relations[sheet.get(RELATION)]) for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(MAIN + "sheet")]
        print(json.dumps([read_sheet(name, ElementTree.fromstring(archive.read("xl/" + target)), styles) for name, target in sheets]))


main(sys.argv[1])
