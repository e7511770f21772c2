#!/usr/bin/env python3
"""Reads what WRITE_SHEET writes as XLSX with nothing but zip and XML, and holds it against what it should say."""
import io
import subprocess
import sys
import xml.etree.ElementTree as xml
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MARK = "张三（S1） 2026-09-24 15:20:00 Ab3"
WANTED = [
    ["办件", "次数", "时间", "导出标记"],
    ["A-1", 3.0, "2026-09-24 15:20:05", MARK],
    ['=HYPERLINK("http://evil.example","看")', -7.0, None, MARK],
    ["+86 130", 0.0, "@SUM(A1)", MARK],
    ["-2+3", 5e9, "\t=1", MARK],
    ['一行，"引号"\n又一行', None, "<b>&_x0001_", MARK],
    [None, None, None, MARK],
]


def moment_of(serial):
    """Days since 1899-12-30, as spreadsheets count."""
    import datetime
    moment = datetime.datetime(1899, 12, 30) + datetime.timedelta(days=serial)
    return (moment + datetime.timedelta(milliseconds=500)).replace(microsecond=0).isoformat(" ")


def main():
    written = subprocess.run([sys.argv[1]], stdout=subprocess.PIPE, check=True).stdout
    book = zipfile.ZipFile(io.BytesIO(written))
    assert book.testzip() is None
    parts = {name: book.read(name).decode() for name in book.namelist()}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            xml.fromstring(part)
    sheet = xml.fromstring(parts["xl/worksheets/sheet1.xml"])
    assert not list(sheet.iter(MAIN + "f")), "there is a formula"
    formats = {
        int(one.get("numFmtId")): one.get("formatCode") for one in xml.fromstring(parts["xl/styles.xml"]).iter(MAIN + "numFmt")
    }
    styles = [int(one.get("numFmtId")) for one in next(xml.fromstring(parts["xl/styles.xml"]).iter(MAIN + "cellXfs"))]
    as_text = 49  # "@"
    rows = []
    for row in sheet.iter(MAIN + "row"):
        cells = [None] * 4
        for cell in row:
            column = ord(cell.get("r")[0]) - ord("A")
            style = styles[int(cell.get("s", 0))]
            if cell.get("t") == "inlineStr":
                assert style == as_text or formats.get(style) == "@", "a text could become a formula: " + cell.get("r")
                cells[column] = "".join(cell.itertext())
            elif (value := cell.find(MAIN + "v")) is not None:
                number = float(value.text)
                cells[column] = moment_of(number) if formats.get(style) == "yyyy-mm-dd hh:mm:ss" else number
        rows.append(cells)
    assert rows == WANTED, f"{rows} is not {WANTED}"
    footer = next(sheet.iter(MAIN + "oddFooter")).text
    assert MARK in footer, footer
    assert next(sheet.iter(MAIN + "oddHeader")).text == "&C推送 && 办件"
    print("the sheet reads back: 7 rows, no formula, the mark in each and at the foot")


main()
