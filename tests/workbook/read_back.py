"""The workbook of a reconciliation, read back: read_back.py WRITE_REPORT DIRECTORY.

What it has to say stands in the JSON report beside it. Values are read by xlsx2csv; what a value is, the frozen heads
and the filters by zipfile and the XML within.
"""

import csv
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml
import zipfile

writer, directory = sys.argv[1], pathlib.Path(sys.argv[2])
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEETS = ["汇总", "差异", "按市", "按企业"]

shutil.rmtree(directory, ignore_errors=True)
subprocess.run([writer, directory], check=True)
workbook = next(directory.glob("*.xlsx"))
report = json.loads(next(directory.glob("*.json")).read_text(encoding="utf-8"))
items = report["items"]


def same(there, wanted, what):
    if there != wanted:
        sys.exit(f"{what}: {there!r}, wanted {wanted!r}")


def rows_of(name):
    text = subprocess.run(
        ["xlsx2csv", "--sheetname", name, workbook], check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout
    return list(csv.reader(io.StringIO(text)))


def structure():
    """Each sheet's XML by name."""
    with zipfile.ZipFile(workbook) as parts:
        same(parts.testzip(), None, "the archive")
        names = [s.get("name") for s in xml.fromstring(parts.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
        same(names, SHEETS, "the sheets")
        return {n: xml.fromstring(parts.read(f"xl/worksheets/sheet{i}.xml")) for i, n in enumerate(names, 1)}


def heads_stay_and_lists_filter(sheets, rows):
    for name, sheet in sheets.items():
        pane = sheet.find(f".//{MAIN}pane")
        same((pane.get("state"), pane.get("ySplit")), ("frozen", "1"), f"{name}: the frozen heads")
        page = sheet.find(f"{MAIN}pageSetup")
        same((page.get("paperSize"), page.get("orientation")), ("9", "landscape"), f"{name}: A4")
        found = sheet.find(f"{MAIN}autoFilter")
        if name == "汇总":
            continue
        same(int(re.search(r"(\d+)$", found.get("ref"))[1]), len(rows[name]), f"{name}: the filter's last row")


def numbers_are_text(sheet):
    """No cell of the findings is a number but the age in the last column, nor a formula."""
    same(sheet.findall(f".//{MAIN}f"), [], "formulas")
    for row in list(sheet.iter(f"{MAIN}row"))[1:]:
        for cell in row:
            column = re.match(r"[A-Z]+", cell.get("r"))[0]
            same(cell.get("t") == "inlineStr", column != "U", f"{cell.get('r')} is text")


def findings_are_there(rows):
    heads, *found = rows
    at = {head: i for i, head in enumerate(heads)}
    columns = {"证书编号": "number", "类别代码": "class", "字段代码": "field", "省系统": "provincial", "部平台": "national",
               "原因": "cause", "怎么办": "help", "企业": "company", "期限": "due"}
    same(len(found), len(items), "findings")
    for row, item in zip(found, items):
        for head, key in columns.items():
            same(row[at[head]], item[key], f"{item['number']} {head}")
    text = "\n".join(",".join(row) for row in found)
    for number in ("11010519491231002X", "440524188001010014", "H1234567890"):
        assert number not in text, "an identity number in clear"
    assert "110105********002X" in text


def sums_agree(rows):
    total = report["counts"]["findings"]
    for name in ("按市", "按企业"):
        same(sum(int(row[-1].replace(",", "")) for row in rows[name][1:]), total, f"{name} adds up")
    same(len(rows["按市"]) - 1, len(report["authorities"]), "cities")
    for row, authority in zip(rows["按市"][1:], report["authorities"]):
        same((row[0], row[1]), (authority["city"], authority["name"]), "a city")
        for telephone in authority["telephones"]:
            assert telephone["number"] in row[2], "a telephone"
    companies = {(item["company"] or "（未注明企业）") for item in items}
    same({row[0] for row in rows["按企业"][1:]}, companies, "enterprises")
    summary = {row[0]: row[1:] for row in rows["汇总"] if row}
    same(int(summary["差异项"][0].replace(",", "")), total, "汇总")
    same(int(summary["合计"][-1].replace(",", "")), total, "汇总, 合计")


sheets = structure()
rows = {name: rows_of(name) for name in SHEETS}
heads_stay_and_lists_filter(sheets, rows)
numbers_are_text(sheets["差异"])
findings_are_there(rows["差异"])
sums_agree(rows)
print(f"{len(items)} findings on {len(SHEETS)} sheets read back")
