"""Files of rows: read with limits, written so that no spreadsheet takes a cell for a formula."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from plant.errors import Refusal

MOST_ROWS, MOST_COLUMNS, MOST_BYTES, MOST_UNPACKED, LONGEST_CELL = 12_000, 60, 8_000_000, 120_000_000, 10_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
REMARK = "#"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
NO_TABLE = gettext_lazy("This is neither an Excel workbook (.xlsx) nor a CSV file. Save it as one of them.")


class FileRefused(Refusal):
    """A file that can't be read as rows."""

    code = "file-refused"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file: its number there, its cells by heading, and what is wrong with the way it is written."""

    number: int
    cells: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """The headings and rows of a file."""

    headings: list[str]
    lines: list[Line]


def read(name: str, content: bytes) -> Table:
    """The rows of an Excel or CSV file."""
    headings, lines = opened(name, content)
    return Table(headings, list(lines))


def opened(
    name: str, content: bytes, *, encoding: str = "", most: int = MOST_ROWS, most_bytes: int = MOST_BYTES
) -> tuple[list[str], Iterator[Line]]:
    """The headings of a file at once, its rows as they are asked for; no encoding means that it is found out."""
    if len(content) > most_bytes:
        raise FileRefused(_("The file is larger than %(most)s MB. Divide it.") % {"most": most_bytes // 1_000_000})
    is_book = name.lower().endswith((".xlsx", ".xlsm")) or content[:4] == b"PK\x03\x04"
    return headed(_book(content) if is_book else _text(decoded(content, encoding)), most)


def decoded(content: bytes, encoding: str = "") -> str:
    """UTF-8, or what Chinese Excel writes, unless it is said to be something else; nothing is guessed into it."""
    names = [encoding] if encoding else ["utf-16"] if content.startswith(UTF_16) else ["utf-8-sig", "gb18030"]
    for one in names:
        try:
            return content.decode("utf-8-sig" if one == "utf-8" else one).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    if b"\0" in content:
        raise FileRefused(NO_TABLE)
    message = _("The characters of the file can't be read as %(encoding)s. Save it as CSV UTF-8.")
    raise FileRefused(message % {"encoding": encoding or "UTF-8, GB18030"})


def _text(text: str) -> Iterator[list[Any]]:
    """Comma, semicolon or tab."""
    if "\0" in text:
        raise FileRefused(NO_TABLE)
    first = next((line for line in text.splitlines() if line and not line.startswith(REMARK)), "")
    mark = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    except csv.Error as error:
        message = _("The CSV file is damaged: %(why)s. Save it again as CSV UTF-8.")
        raise FileRefused(message % {"why": error}) from error


def _book(content: bytes) -> Iterator[list[Any]]:
    """The first sheet of a workbook; formulas stay as they are typed, and are refused cell by cell."""
    damaged = _("The workbook can't be opened. Save it again as .xlsx and take that.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise FileRefused(_("The workbook holds too much to be read at once. Divide it."))
            if any(_declares(parts, part) for part in parts.infolist() if part.filename.endswith(".xml")):
                raise FileRefused(damaged)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        for row in book.worksheets[0].iter_rows(max_col=MOST_COLUMNS + 1):
            yield [Formula() if cell.data_type == "f" else cell.value for cell in row]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError, IndexError) as error:
        raise FileRefused(damaged) from error


def _declares(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """A document type has no place in a workbook; it is how small files grow without end."""
    with parts.open(part) as content:
        return b"<!DOCTYPE" in content.read(2000).upper()


class Formula:
    """A cell that would be calculated."""


def headed(rows: Iterator[list[Any]], most: int) -> tuple[list[str], Iterator[Line]]:
    """The first row that says something names the columns; blank rows and remarks count for nothing."""
    numbered = ((number, row) for number, row in enumerate(rows, 1) if _says(row))
    _number, first = next(numbered, (0, []))
    if not first:
        raise FileRefused(_("The file is empty. Take the template: its first row names the columns."))
    headings = [cell(value).strip() for value in first]
    while not headings[-1]:
        headings.pop()
    _check(headings)
    return [heading for heading in headings if heading], _lines(numbered, headings, most)


def _says(row: list[Any]) -> bool:
    return any(value not in (None, "") for value in row) and not str(row[0]).startswith(REMARK)


def _lines(numbered: Iterator[tuple[int, list[Any]]], headings: list[str], most: int) -> Iterator[Line]:
    for count, (number, row) in enumerate(numbered):
        if count >= most:
            raise FileRefused(_("More than %(most)s rows. Divide the file.") % {"most": most})
        yield _line(number, headings, row)


def _check(headings: list[str]) -> None:
    named = [heading for heading in headings if heading]
    if len(headings) > MOST_COLUMNS:
        raise FileRefused(_("More than %(most)s columns. Take the template.") % {"most": MOST_COLUMNS})
    if twice := {heading for heading in named if named.count(heading) > 1}:
        raise FileRefused(_("The column “%(name)s” stands there twice.") % {"name": min(twice)})


def _line(number: int, headings: list[str], row: list[Any]) -> Line:
    cells, faults = {}, {}
    for heading, value in zip(headings, row, strict=False):
        if not heading:
            continue
        if isinstance(value, Formula):
            faults[heading] = _("The cell holds a formula. Put its value there.")
        cells[heading] = unguarded(cell(value).strip())
        if len(cells[heading]) > LONGEST_CELL:
            faults[heading] = _("The cell holds more than %(most)s characters.") % {"most": LONGEST_CELL}
    return Line(number, cells, faults)


def cell(value: Any) -> str:
    """A cell's value as it would be typed."""
    if value is None or isinstance(value, Formula):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)


def guarded(text: str) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula; plain numbers stay numbers."""
    return f"'{text}" if text.startswith(FORMULA) and not is_number(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def is_number(text: str) -> bool:
    """Digits with sign, point and exponent, as a program would write them."""
    try:
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """CSV line by line, with the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([guarded(text) for text in row])
