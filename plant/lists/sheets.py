"""A list as a file, written while it is read: CSV, and Excel (ECMA-376, SpreadsheetML) with typed cells.

Neither form ever holds the whole list: CSV goes out line by line, and the workbook is a ZIP archive whose one large
entry, the sheet, is compressed as its rows come in.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain
from math import isfinite
from typing import Any
from xml.sax.saxutils import escape

from plant.lists.looks import Plain

Rows = Iterable[Sequence[Plain]]
# What makes a spreadsheet take a cell for a formula, also in its wide forms (OWASP, CSV injection).
FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")
MOST_ROWS = 1_048_576  # of a sheet, its head included
LONGEST = 32_767  # characters of a cell
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (a sheet's calendar knows no zones)
MIMES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
QUOTE = {'"': "&quot;"}
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # 0 as it is, 1 a moment, 2 the head
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def as_csv(head: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """Lines that spreadsheets open with the right characters and without running anything."""
    out = io.StringIO()
    writer = csv.writer(out)
    yield b"\xef\xbb\xbf"
    for cells in chain([head], rows):
        writer.writerow([spelled(cell) for cell in cells])
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()


def spelled(cell: Plain) -> str:
    """A cell of a CSV file."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return "" if cell is None else str(cell)


class _Outlet(io.RawIOBase):
    """Where the archive writes to, and from where its bytes are taken as they come."""

    def __init__(self) -> None:
        self.pending = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.pending += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self.pending)
        self.pending.clear()
        return taken


def as_xlsx(title: str, head: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """A workbook of one sheet with a frozen head and filters on it."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (*PARTS.items(), ("xl/workbook.xml", _workbook(title))):
            archive.writestr(name, HEAD + text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(_opening(head).encode())
            number = 1
            for number, cells in enumerate(rows, start=2):
                sheet.write(row(number, cells).encode())
                if len(outlet.pending) > io.DEFAULT_BUFFER_SIZE:
                    yield outlet.take()
            last = f"{letters(max(len(head), 1))}{number}"
            sheet.write(f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'.encode())
    yield outlet.take()


def _workbook(title: str) -> str:
    name = "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31] or "1"
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{escape(name, QUOTE)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _opening(head: Sequence[str]) -> str:
    widths = "".join(f'<col min="{at}" max="{at}" width="20" customWidth="1"/>' for at in range(1, len(head) + 1))
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    cells = "".join(_text(f"{letters(at)}1", word, ' s="2"') for at, word in enumerate(head, start=1))
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData><row r="1">{cells}</row>'
    )


def row(number: int, cells: Sequence[Plain]) -> str:
    """One row of a sheet."""
    drawn = "".join(cell(f"{letters(at)}{number}", value) for at, value in enumerate(cells, start=1))
    return f'<row r="{number}">{drawn}</row>'


def cell(place: str, value: Plain) -> str:
    """One cell: numbers and moments as such, everything else as text, which is never a formula."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return f'<c r="{place}" s="1"><v>{(value - EPOCH) / timedelta(days=1):.9f}</v></c>'
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and isfinite(value):
        return f'<c r="{place}"><v>{value}</v></c>'
    return _text(place, value.isoformat() if isinstance(value, date) else str(value))


def _text(place: str, text: str, style: str = "") -> str:
    said = "".join(letter for letter in text[:LONGEST] if letter >= " " or letter in "\n\t")
    said = said.replace("\ufffe", "").replace("\uffff", "").encode("utf-8", "ignore").decode()
    return f'<c r="{place}" t="inlineStr"{style}><is><t xml:space="preserve">{escape(said)}</t></is></c>'


def letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
