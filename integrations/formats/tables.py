"""Files of rows, CSV, Excel and XML, read row by row and written again."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from integrations.formats import safe_xml
from plant.console import books, files
from plant.console.books import Head
from plant.console.files import FileRefused, Line
from plant.spoken import spoken as _

MOST_ROWS, MOST_BYTES = 50_000, 20_000_000
ROW = "row"
CSV, XLSX, XML = "csv", "xlsx", "xml"
KINDS = (CSV, XLSX, XML)
TYPES = {
    CSV: "text/csv; charset=utf-8", XML: "application/xml",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def opened(name: str, content: bytes, *, encoding: str = "", tag: str = ROW) -> tuple[list[str], Iterator[Line]]:
    """The headings of a file, and its rows one after the other."""
    if content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _xml(content, tag)
    return files.opened(name, content, encoding=encoding, most=MOST_ROWS, most_bytes=MOST_BYTES)


def _xml(content: bytes, tag: str) -> tuple[list[str], Iterator[Line]]:
    """Every element of that name is a row; its attributes and children are cells."""
    headings: dict[str, None] = {}
    for one in safe_xml.elements(content, tag):
        headings |= dict.fromkeys(_cells(one))
    if not headings:
        message = _("The document holds no element “%(tag)s” with something in it. Take the template.")
        raise FileRefused(message % {"tag": tag})
    return list(headings), _rows(content, tag)


def _rows(content: bytes, tag: str) -> Iterator[Line]:
    for number, one in enumerate(safe_xml.elements(content, tag), 1):
        if number > MOST_ROWS:
            raise FileRefused(_("More than %(most)s rows. Divide the file.") % {"most": MOST_ROWS})
        yield Line(number, _cells(one))


def _cells(one: Element) -> dict[str, str]:
    inside = {safe_xml.local(part): "".join(part.itertext()).strip() for part in one}
    return {name.rpartition("}")[2]: value.strip() for name, value in one.attrib.items()} | inside


def written(kind: str, title: str, columns: Sequence[Head], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a file of that kind: headed by titles, in XML by the names that stay the same in every language."""
    if kind == XLSX:
        return books.workbook(title, columns, rows)
    if kind == XML:
        return as_xml([column.name for column in columns], rows)
    lines = (line for part in ([[column.title for column in columns]], rows) for line in part)
    return "".join(files.as_csv(lines)).encode()


def template(kind: str, title: str, columns: Sequence[Head]) -> bytes:
    """An empty file with what to write into its columns."""
    if kind == XLSX:
        return books.empty(title, columns)
    if kind == XML:
        return as_xml([column.name for column in columns], [[""] * len(columns)])
    return "".join(files.as_csv(books.empty_rows(columns))).encode()


def as_xml(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """An element for each row with an element for each cell that says something."""
    root, is_empty = Element("rows"), True
    for row in rows:
        one = SubElement(root, ROW)
        is_empty = False
        for name, value in zip(names, row, strict=True):
            safe_xml.add(one, name, value)
    if is_empty:
        root.text = ""
    return safe_xml.written(root)
